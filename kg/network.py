"""Store → Graph: read the nouns back, so that views and exports show what the store holds."""

from collections.abc import Iterator, Sequence

from kg import schema
from kg.errors import StoreError
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


def read_marker(store: Store) -> Row:
    """Return the marker node: the graph's id, its schema version, its digest, doubtful claims."""
    rows = store.read(_node_query("Graph"), {})
    if len(rows) != 1:
        raise StoreError("the store holds no graph of kg")
    return rows[0]


def read_graph(store: Store) -> Graph:
    """Read the whole graph; equal to the one that was loaded."""
    return Graph(
        papers=tuple(map(_paper, store.read(_node_query("Paper"), {}))),
        entities=tuple(sorted(_entities(store), key=lambda entity: entity.id)),
        mentions=tuple(sorted(_mentions(store), key=lambda m: (m.paper, m.entity))),
        claims=tuple(sorted(_claims(store), key=lambda claim: claim.id)),
        evidence=tuple(_evidence(store)),
        doubtful=read_marker(store)["doubtful"],
    )


def _node_query(label: str) -> str:
    wanted = ", ".join(f"n.{name} AS {name}" for name in ("id", *schema.NODES[label]))
    return f"MATCH (n:{label}) RETURN {wanted} ORDER BY id"


def _edge_rows(store: Store, kind: str) -> Iterator[Row]:
    ends, properties = schema.EDGES[kind]
    wanted = ", ".join(
        ["a.id AS source", "b.id AS target", *(f"r.{name} AS {name}" for name in properties)]
    )
    for start, end in ends:
        query = f"MATCH (a:{start})-[r:{kind}]->(b:{end}) RETURN {wanted} ORDER BY source, target"
        yield from store.read(query, {})


def _paper(row: Row) -> Paper:
    lists = {"ids": tuple(row["ids"]), "authors": tuple(row["authors"])}
    return Paper(**{**row, **lists})


def _entities(store: Store) -> Iterator[Entity]:
    for entity_type in EntityType:
        for row in store.read(_node_query(entity_type), {}):
            lists = {"aliases": tuple(row["aliases"]), "merged_by": tuple(row["merged_by"])}
            yield Entity(**{**row, **lists}, type=entity_type)


def _mentions(store: Store) -> Iterator[EntityMention]:
    proposals = {(row["source"], row["target"]): row for row in _edge_rows(store, "PROPOSES")}
    for row in _edge_rows(store, "MENTIONS"):
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


def _claims(store: Store) -> Iterator[Claim]:
    for relation in RelationType:
        for row in _edge_rows(store, relation):
            subject, object_ = row.pop("source"), row.pop("target")
            yield Claim(**row, subject=subject, relation=relation, object=object_)


def _evidence(store: Store) -> Iterator[Evidence]:
    subjects = {row["source"]: row["target"] for row in _edge_rows(store, "SUBJECT")}
    objects = {row["source"]: row["target"] for row in _edge_rows(store, "OBJECT")}
    for row in store.read(_node_query("Evidence"), {}):
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
