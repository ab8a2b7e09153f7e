"""JSON Lines → Graph: an export read back, equal to what was written."""

import json
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.model import (
    Claim,
    Entity,
    EntityMention,
    EntityType,
    Evidence,
    Graph,
    Paper,
    RelationType,
    Span,
)


def read_export(path: Path) -> Graph:
    """Return the graph that the export holds, but for the count of doubtful claims.

    ReadError names the line that cannot be used.
    """
    found: dict[str, list[Any]] = {
        kind: [] for kind in ("paper", "entity", "mention", "claim", "evidence")
    }
    number = 0
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                number += 1
                kind, thing = _thing(json.loads(line))
                found[kind].append(thing)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: no text in UTF-8, so no export of kg") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadError(f"{path}:{number}: no line of kg export --format jsonl") from error
    return Graph(
        papers=tuple(sorted(found["paper"], key=lambda one: one.id)),
        entities=tuple(sorted(found["entity"], key=lambda one: one.id)),
        mentions=tuple(sorted(found["mention"], key=lambda one: (one.paper, one.entity))),
        claims=tuple(sorted(found["claim"], key=lambda one: one.id)),
        evidence=tuple(sorted(found["evidence"], key=lambda one: one.id)),
    )


def _thing(row: dict[str, Any]) -> tuple[str, Any]:
    kind = row.pop("type")
    if kind == "paper":
        return kind, Paper(**_tupled(row))
    if kind == "entity":
        label = EntityType(row.pop("label"))
        return kind, Entity(**_tupled(row), type=label)
    if kind == "mention":
        spans = tuple(Span(*span) for span in row["spans"])
        return kind, EntityMention(**_tupled(row | {"spans": spans}))
    row["relation"] = RelationType(row["relation"])
    if kind == "claim":
        return kind, Claim(**row)
    row["sentence_spans"] = tuple(Span(*span) for span in row["sentence_spans"])
    row |= {name: Span(*row[name]) for name in ("subject_span", "object_span")}
    return "evidence", Evidence(**_tupled(row))


def _tupled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
