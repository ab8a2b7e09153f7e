"""Graph → rows → store: nodes before edges, each sorted, each stamped with graph and digest."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum

from kg import schema
from kg.ids import digest
from kg.model import Graph, Span
from kg.stores import Row, Store

BATCH = 5_000
Edges = dict[tuple[str, str, str], list[Row]]


def load(graph: Graph, store: Store, *, graph_id: str, graph_digest: str) -> int:
    """Put the whole graph into the store in place of what is there; return the number of rows."""
    count = 0
    with store.rebuild() as writer:
        for statement, rows in statements(graph, graph_id=graph_id, graph_digest=graph_digest):
            for start in range(0, len(rows), BATCH):
                batch = [_stamped(row, graph_id) for row in rows[start : start + BATCH]]
                writer.write(statement, batch)
                count += len(batch)
    return count


def statements(
    graph: Graph, *, graph_id: str, graph_digest: str
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each statement with all its rows: nodes by label, then edges by type and labels."""
    marker = {
        "id": graph_id,
        "schema": schema.VERSION,
        "digest": graph_digest,
        "doubtful": graph.doubtful,
    }
    yield _node_statement("Graph"), [marker]
    yield _node_statement("Paper"), [_node(paper, "Paper") for paper in graph.papers]
    for label in schema.ENTITY_LABELS:
        rows = [_node(entity, label) for entity in graph.entities if entity.type == label]
        yield _node_statement(label), rows
    rows = [_node(evidence, "Evidence", paper_id="paper") for evidence in graph.evidence]
    yield _node_statement("Evidence"), rows
    edges = _edges(graph)
    for kind, start, end in sorted(edges):
        rows = sorted(edges[kind, start, end], key=lambda row: (row["source"], row["target"]))
        yield _edge_statement(kind, start, end), rows


def _node_statement(label: str) -> str:
    assert label in schema.NODES, label
    names = (*schema.NODES[label], *schema.STAMP)
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET {_set('n', names)}"


def _edge_statement(kind: str, start: str, end: str) -> str:
    ends, properties = schema.EDGES[kind]
    assert (start, end) in ends, (kind, start, end)
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.source}}) "
        f"MATCH (b:{end} {{id: row.target}}) "
        f"MERGE (a)-[r:{kind}]->(b) SET {_set('r', (*properties, *schema.STAMP))}"
    )


def _set(variable: str, names: Sequence[str]) -> str:
    return ", ".join(f"{variable}.{name} = row.{name}" for name in names)


def _stamped(row: Row, graph_id: str) -> Row:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return {**row, "kg": graph_id, "rev": digest(text)}


def _row(thing: object, properties: Sequence[str], **renamed: str) -> Row:
    """Return the properties of a noun as a store takes them; ``renamed`` gives other attributes."""
    return {name: _plain(getattr(thing, renamed.get(name, name))) for name in properties}


def _plain(value: object) -> object:
    """Return strings, numbers and flat lists of them; spans become start, end, start, end.

    >>> _plain((Span(0, 2), Span(5, 9))), _plain(Span(1, 3)), _plain(("a", "b"))
    ([0, 2, 5, 9], [1, 3], ['a', 'b'])
    """
    if isinstance(value, tuple):
        spans = value and isinstance(value[0], Span)
        return [offset for span in value for offset in span] if spans else list(value)
    return str(value) if isinstance(value, StrEnum) else value


def _node(thing: object, label: str, **renamed: str) -> Row:
    return _row(thing, ("id", *schema.NODES[label]), **renamed)


def _edges(graph: Graph) -> Edges:
    labels = {entity.id: str(entity.type) for entity in graph.entities}
    edges: Edges = defaultdict(list)

    def join(kind: str, start: tuple[str, str], end: tuple[str, str], row: Row) -> None:
        edges[kind, start[0], end[0]].append({"source": start[1], "target": end[1], **row})

    def entity(one: str) -> tuple[str, str]:
        return labels[one], one

    for c in graph.claims:
        properties = schema.EDGES[c.relation][1]
        join(str(c.relation), entity(c.subject), entity(c.object), _row(c, properties))
    for m in graph.mentions:
        ends = ("Paper", m.paper), entity(m.entity)
        join("MENTIONS", *ends, _row(m, schema.EDGES["MENTIONS"][1]))
        if m.proposed:
            proposal = {"confidence": m.proposed_confidence, "sentence": m.proposed_sentence}
            join("PROPOSES", *ends, proposal)
    for e in graph.evidence:
        here = ("Evidence", e.id)
        join("SUBJECT", here, entity(e.subject), {})
        join("OBJECT", here, entity(e.object), {})
        join("FROM_PAPER", here, ("Paper", e.paper), {})
    return edges
