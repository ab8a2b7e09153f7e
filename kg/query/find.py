"""Find what a name means: the ids of the entities or papers that a person calls so."""

from collections.abc import Callable

from kg.errors import QueryError, nearest
from kg.ids import arxiv_id, doi_id, entity_id, key
from kg.model import EntityType
from kg.schema import ENTITY_LABELS
from kg.stores import Row, Store

_BY_NAME = """
MATCH (n:{label})
WHERE n.kg IS NOT NULL AND (n.id IN $ids OR toLower(n.name) = $low
      OR any(alias IN n.aliases WHERE toLower(alias) = $low))
RETURN n.id AS id ORDER BY id
"""
_ALL_NAMES = """
MATCH (n:{label}) WHERE n.kg IS NOT NULL
RETURN n.id AS id, n.name AS name, n.aliases AS aliases ORDER BY id
"""
_PAPER = """
MATCH (p:Paper)
WHERE p.kg IS NOT NULL
      AND (p.id IN $ids OR any(one IN p.ids WHERE one IN $ids) OR toLower(p.title) = $low
           OR (p.citekey <> '' AND p.citekey = $name))
RETURN p.id AS id ORDER BY id
"""
_ALL_TITLES = (
    "MATCH (p:Paper) WHERE p.kg IS NOT NULL RETURN p.id AS id, p.title AS name ORDER BY id"
)


def find_and_tell(store: Store, kind: str, name: str, *, say: Callable[[str], None]) -> list[str]:
    """Return the ids of what is named so; ``say`` is told where these are several things."""
    ids = find_ids(store, kind, name)
    if len(ids) > 1:
        say(f"{name!r} stands for {len(ids)}: {', '.join(ids)}")
    return ids


def find_ids(store: Store, kind: str, name: str) -> list[str]:
    """Return the ids of what is named so; ``kind`` is a parameter's kind.

    An id stands for itself. A name is looked up among names and aliases of the kind's types, and
    may stand for several entities. QueryError names the nearest where there is none.
    """
    if kind == "paper":
        return _find_paper(store, name)
    labels = [label for label in ENTITY_LABELS if kind in ("entity", label.lower())]
    start, slash, rest = name.partition("/")
    if slash and start.capitalize() in labels:
        labels, name = [start.capitalize()], rest
        rows = _matches(store, labels, ids=[f"{start.lower()}/{rest}"], low="")
    else:
        ids = [entity_id(EntityType(label), key(name)) for label in labels]
        rows = _matches(store, labels, ids=ids, low=name.lower())
    if rows:
        return [row["id"] for row in rows]
    return _find_by_key(store, kind, labels, name)


def _matches(store: Store, labels: list[str], *, ids: list[str], low: str) -> list[Row]:
    parameters = {"ids": ids, "low": low}
    return [row for label in labels for row in store.read(_BY_NAME.format(label=label), parameters)]


def _find_by_key(store: Store, kind: str, labels: list[str], name: str) -> list[str]:
    """Compare the keys of all names, the slow way, or fail with the nearest name."""
    wanted = key(name)
    found: list[str] = []
    names: set[str] = set()
    for label in labels:
        for row in store.read(_ALL_NAMES.format(label=label), {}):
            for form in (row["name"], *row["aliases"]):
                names.add(form)
                if wanted and key(form) == wanted:
                    found.append(row["id"])
    if found:
        return list(dict.fromkeys(found))
    hint = nearest(name, names) or "; `kg query top-entities` shows what there is"
    raise QueryError(f"no {kind} is named {name!r} here{hint}")


def _find_paper(store: Store, name: str) -> list[str]:
    ids = [one for one in (name, arxiv_id(name), doi_id(name)) if one]
    rows = store.read(_PAPER, {"ids": ids, "low": name.lower(), "name": name})
    if rows:
        return [row["id"] for row in rows]
    titles = store.read(_ALL_TITLES, {})
    hint = nearest(name, {row["name"] for row in titles})
    how = "; give its title, arXiv id, DOI or BibTeX key"
    raise QueryError(f"no paper is named {name!r} here{hint or how}")
