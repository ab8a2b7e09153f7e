"""Graph → rows: each node and edge as stores and imports take it, sorted, with its stamp."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from kg import schema
from kg.model import Graph, Span
from kg.stores import Row


@dataclass(frozen=True, slots=True)
class Table:
    """All nodes of one label (``ends`` is None), or all edges of one type between two labels.

    A node's row holds ``id``, an edge's ``source`` and ``target``, and both their ``properties``.
    """

    kind: str
    ends: tuple[str, str] | None
    rows: list[Row]

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties beside the key and the stamp."""
        return schema.EDGES[self.kind][1] if self.ends else schema.NODES[self.kind]


def tables(graph: Graph, *, graph_id: str, graph_digest: str) -> list[Table]:
    """Return nodes by label, the marker first, then edges by type and labels, each sorted.

    Every row is stamped: ``kg`` is the graph's id, ``rev`` a digest of the rest of the row.
    """
    found = [Table("Paper", None, [_node(paper, "Paper") for paper in graph.papers])]
    for label in schema.ENTITY_LABELS:
        rows = [_node(entity, label) for entity in graph.entities if entity.type == label]
        found.append(Table(label, None, rows))
    rows = [_node(evidence, "Evidence", paper_id="paper") for evidence in graph.evidence]
    found.append(Table("Evidence", None, rows))
    edges = _edges(graph)
    for kind, start, end in sorted(edges):
        rows = sorted(edges[kind, start, end], key=lambda row: (row["source"], row["target"]))
        found.append(Table(kind, (start, end), rows))
    for table in found:
        table.rows[:] = [stamped(row, graph_id) for row in table.rows]
    marker = {
        "id": graph_id,
        "schema": schema.VERSION,
        "digest": graph_digest,
        "doubtful": graph.doubtful,
        "sums": [str(sum_of(table)) for table in found],
    }
    return [Table("Graph", None, [stamped(marker, graph_id)]), *found]


def stamped(row: Row, graph_id: str) -> Row:
    """Return the row with the graph's id as ``kg`` and its own digest, 63 bits, as ``rev``."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True)
    rev = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 1
    return {**row, "kg": graph_id, "rev": rev}


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and what their revisions add up to in two ways.

    Equal sums say that the rows are the same, in whatever order, as a store can say it too.
    """

    kind: str
    ends: tuple[str, str] | None
    count: int
    low: int
    high: int

    def __str__(self) -> str:
        """Return it as the marker keeps it."""
        return " ".join(
            (self.kind, *(self.ends or ()), *map(str, (self.count, self.low, self.high)))
        )

    @classmethod
    def parse(cls, text: str) -> "Sum":
        """Return what the marker keeps."""
        kind, *ends, count, low, high = text.split()
        return cls(kind, (ends[0], ends[1]) if ends else None, int(count), int(low), int(high))


LOW, HIGH = (1 << 31) - 1, 1 << 32
"""A revision is added up modulo the one and divided by the other: neither overflows."""


def sum_of(table: Table) -> Sum:
    """Return the sum of a table's stamped rows."""
    revisions = [row["rev"] for row in table.rows]
    low, high = sum(rev % LOW for rev in revisions), sum(rev // HIGH for rev in revisions)
    return Sum(table.kind, table.ends, len(revisions), low, high)


_PLAIN = frozenset((str, int, float, bool, type(None)))


def _row(thing: object, properties: Sequence[str], **renamed: str) -> Row:
    """Return the properties of a noun as a store takes them; ``renamed`` gives other attributes."""
    return {name: _plain(getattr(thing, renamed.get(name, name))) for name in properties}


def _plain(value: object) -> object:
    """Return strings, numbers and flat lists of them; spans become start, end, start, end.

    >>> _plain((Span(0, 2), Span(5, 9))), _plain(Span(1, 3)), _plain(("a", "b"))
    ([0, 2, 5, 9], [1, 3], ['a', 'b'])
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        spans = value and isinstance(value[0], Span)
        return [offset for span in value for offset in span] if spans else list(value)
    return str(value) if isinstance(value, StrEnum) else value


def _node(thing: object, label: str, **renamed: str) -> Row:
    return _row(thing, ("id", *schema.NODES[label]), **renamed)


def _edges(graph: Graph) -> dict[tuple[str, str, str], list[Row]]:
    labels = {entity.id: str(entity.type) for entity in graph.entities}
    edges: dict[tuple[str, str, str], list[Row]] = defaultdict(list)

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
