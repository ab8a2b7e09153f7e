"""Store → Graph: read the nouns back, so that views and exports show what the store holds."""

from collections.abc import Iterator, Sequence

from kg import schema
from kg.errors import BrokenStoreError
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
from kg.stores import Row, Store


def find_marker(store: Store) -> Row | None:
    """Return the marker node: the graph's id, schema version, digest, doubtful claims; or None."""
    wanted = ", ".join(f"n.{name} AS {name}" for name in ("id", *schema.NODES["Graph"]))
    rows = store.read(f"MATCH (n:Graph) WHERE n.kg = n.id RETURN {wanted} ORDER BY id", {})
    return rows[0] if rows else None


def read_marker(store: Store) -> Row:
    """Return the marker node of a store that must have one."""
    marker = find_marker(store)
    if marker is None:
        raise BrokenStoreError(f"{store.place}: holds no graph of kg")
    return marker


def read_graph(store: Store) -> Graph:
    """Read the whole graph, and nothing that others put beside it; equal to what was loaded."""
    marker = read_marker(store)
    found = _Rows(store, marker["id"])
    return Graph(
        papers=tuple(map(_paper, found.nodes("Paper"))),
        entities=tuple(sorted(_entities(found), key=lambda entity: entity.id)),
        mentions=tuple(sorted(_mentions(found), key=lambda m: (m.paper, m.entity))),
        claims=tuple(sorted(_claims(found), key=lambda claim: claim.id)),
        evidence=tuple(_evidence(found)),
        doubtful=marker["doubtful"],
    )


class _Rows:
    """The rows of one graph in a store."""

    def __init__(self, store: Store, graph_id: str) -> None:
        self._store = store
        self._ours = {"kg": graph_id}

    def nodes(self, label: str) -> list[Row]:
        wanted = ", ".join(f"n.{name} AS {name}" for name in ("id", *schema.NODES[label]))
        query = f"MATCH (n:{label}) WHERE n.kg = $kg RETURN {wanted} ORDER BY id"
        return self._store.read(query, self._ours)

    def edges(self, kind: str) -> Iterator[Row]:
        pairs, properties = schema.EDGES[kind]
        wanted = ", ".join(
            ["a.id AS source", "b.id AS target", *(f"r.{name} AS {name}" for name in properties)]
        )
        for start, end in pairs:
            yield from self._store.read(
                f"MATCH (a:{start})-[r:{kind}]->(b:{end}) WHERE r.kg = $kg "
                f"RETURN {wanted} ORDER BY source, target",
                self._ours,
            )


def _paper(row: Row) -> Paper:
    lists = {"ids": tuple(row["ids"]), "authors": tuple(row["authors"])}
    return Paper(**{**row, **lists})


def _entities(found: _Rows) -> Iterator[Entity]:
    for entity_type in EntityType:
        for row in found.nodes(entity_type):
            lists = {name: tuple(row[name]) for name in ("aliases", "merged_by", "homonyms")}
            yield Entity(**{**row, **lists}, type=entity_type)


def _mentions(found: _Rows) -> Iterator[EntityMention]:
    proposals = {(row["source"], row["target"]): row for row in found.edges("PROPOSES")}
    for row in found.edges("MENTIONS"):
        proposal = proposals.get((row["source"], row["target"]))
        yield EntityMention(
            paper=row["source"],
            entity=row["target"],
            count=row["count"],
            in_title=row["in_title"],
            surfaces=tuple(row["surfaces"]),
            spans=_spans(row["spans"]),
            proposed=proposal is not None,
            proposed_confidence=proposal["confidence"] if proposal else 0.0,
            proposed_sentence=proposal["sentence"] if proposal else "",
        )


def _claims(found: _Rows) -> Iterator[Claim]:
    for relation in RelationType:
        for row in found.edges(relation):
            subject, object_ = row.pop("source"), row.pop("target")
            yield Claim(**row, subject=subject, relation=relation, object=object_)


def _evidence(found: _Rows) -> Iterator[Evidence]:
    subjects = {row["source"]: row["target"] for row in found.edges("SUBJECT")}
    objects = {row["source"]: row["target"] for row in found.edges("OBJECT")}
    for row in found.nodes("Evidence"):
        changed = {
            "relation": RelationType(row["relation"]),
            "sentences": tuple(row["sentences"]),
            "sentence_spans": _spans(row["sentence_spans"]),
            "subject_span": Span(*row["subject_span"]),
            "object_span": Span(*row["object_span"]),
            "subject": subjects[row["id"]],
            "object": objects[row["id"]],
            "paper": row.pop("paper_id"),
        }
        yield Evidence(**{**row, **changed})


def _spans(offsets: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in zip(offsets[::2], offsets[1::2], strict=True))
