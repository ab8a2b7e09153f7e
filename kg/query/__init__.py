"""Questions → rows: named ones from ``queries/``, and free Cypher that only reads."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from kg.query.find import find_and_tell
from kg.query.guard import check_read_only
from kg.query.named import NamedQuery, named_queries, named_query
from kg.query.table import FORMATS, format_rows
from kg.stores import Row, Store

__all__ = [
    "FORMATS",
    "NamedQuery",
    "check_read_only",
    "format_rows",
    "named_queries",
    "named_query",
    "run_cypher",
    "run_named",
]


def run_named(
    store: Store, query: NamedQuery, given: Mapping[str, str], *, say: Callable[[str], None]
) -> list[Row]:
    """Answer a named question; ``say`` is told where a name stands for several things."""
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    parameters: dict[str, Any] = {}
    for name, value in query.bind(given).items():
        kind = kinds[name]
        if kind == "text":
            parameters[name] = value
        elif kind == "int":
            parameters[name] = int(value)
        else:
            parameters[name] = find_and_tell(store, kind, value, say=say)
    return store.read(query.cypher, parameters)


def run_cypher(store: Store, cypher: str, given: Mapping[str, str]) -> list[Row]:
    """Answer free Cypher; a parameter that reads as JSON is that value, else the text."""
    check_read_only(cypher)
    return store.read(cypher, {name: _value(text) for name, text in given.items()})


def _value(text: str) -> object:
    """Return what the text is as JSON, else the text; NaN and the like are no JSON."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return text


def _no_number(name: str) -> None:
    raise ValueError(name)
