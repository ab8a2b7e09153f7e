"""Graph → store: only what differs, nodes before edges, each sorted and stamped.

What differs is told from the revisions that the store has of what is ours; what others put beside
it, or onto it, stays. The marker is written first as loading, and last with the graph's digest, so
that a load that broke off is seen, and the next one completes it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg import schema
from kg.errors import StoreError
from kg.load import statements
from kg.model import Graph
from kg.rows import Sum, Table, tables
from kg.stores import Row, Store, Writer

NODES_AT_ONCE = 5_000
EDGES_AT_ONCE = 2_000

Read = Callable[[str, Mapping[str, Any]], list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many rows were written and removed; ``kept`` names what others had built on."""

    written: int = 0
    removed: int = 0
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a table is to be written, and what the store has beside it."""

    table: Table
    write: list[Row]
    remove: list[Row]

    def __bool__(self) -> bool:
        return bool(self.write or self.remove)


def load(
    graph: Graph, store: Store, *, graph_id: str, graph_digest: str, rebuild: bool = False
) -> Loaded:
    """Make the store hold that graph; ``rebuild`` removes first what it holds of it."""
    with store.writing() as writer:
        standing = _standing(writer, store.place, graph_id, rebuild=rebuild)
        same = standing is not None and standing["digest"] == graph_digest and not rebuild
        if standing and same and _is_intact(standing["sums"], writer.read, graph_id):
            return Loaded()
        marker, *rest = all_tables(graph, graph_id=graph_id, graph_digest=graph_digest)
        _refuse_namesakes(writer, store.place, rest, graph_id)
        (final,) = marker.rows
        loading = {**final, "digest": schema.LOADING + graph_digest}
        writer.claim(statements.write(marker), loading)
        cleared = _clear(writer, graph_id) if rebuild and standing else 0
        done = _apply(writer, differences(rest, writer.read, graph_id))
        writer.write(statements.write(marker), [final])
    return Loaded(written=done.written, removed=done.removed + cleared, kept=done.kept)


def _is_intact(sums: list[str], read: Read, graph_id: str) -> bool:
    """Say whether what the store has of this graph adds up to what was loaded."""
    for said in map(Sum.parse, sums):
        (found,) = read(statements.add_up(said.kind, said.ends), {"kg": graph_id})
        if said != Sum(said.kind, said.ends, **found):
            return False
    return True


def all_tables(graph: Graph, *, graph_id: str, graph_digest: str) -> Iterator[Table]:
    """Yield the graph's tables, and an empty one for each kind of edge that it lacks."""
    seen = set()
    for table in tables(graph, graph_id=graph_id, graph_digest=graph_digest):
        seen.add((table.kind, table.ends))
        yield table
    for kind, (pairs, _) in schema.EDGES.items():
        for ends in pairs:
            if (kind, ends) not in seen:
                yield Table(kind, ends, [])


def differences(found: Sequence[Table], read: Read, graph_id: str) -> Iterator[Difference]:
    """Compare each table with what the store has of this graph."""
    for table in found:
        there = {_key(row): row for row in read(statements.revisions(table), {"kg": graph_id})}
        write = []
        for row in table.rows:
            old = there.pop(_key(row), None)
            if old is None or old["rev"] != row["rev"]:
                write.append(row)
        remove = [{**there[key], "kg": graph_id} for key in sorted(there)]
        yield Difference(table, write, remove)


def _key(row: Row) -> tuple[str, ...]:
    return (row["source"], row["target"]) if "target" in row else (row["id"],)


def _standing(writer: Writer, place: str, graph_id: str, *, rebuild: bool) -> Row | None:
    """Return the marker that is there, or None; StoreError if it is not ours to change."""
    for marker in writer.read(statements.MARKERS, {}):
        if marker["id"] != graph_id:
            raise StoreError(
                f"{place}: holds another graph ({marker['id']}, this one is {graph_id}); name a "
                "database of its own with --database"
            )
        if marker["schema"] != schema.VERSION and not rebuild:
            raise StoreError(
                f"{place}: holds this graph in another shape (version {marker['schema']}, this kg "
                f"knows {schema.VERSION}); `kg load --rebuild` builds it anew"
            )
        return marker
    return None


def _refuse_namesakes(writer: Writer, place: str, found: Sequence[Table], graph_id: str) -> None:
    for table in found:
        if table.ends is None:
            others = writer.read(statements.of_others(table.kind), {"kg": graph_id})
            ours = {row["id"] for row in table.rows}
            for other in sorted(row["id"] for row in others if row["id"] in ours):
                raise StoreError(
                    f"{place}: a :{table.kind} with the id {other!r} is there that is not of this "
                    "graph; remove it or give it another id, then run the same command again"
                )


def _clear(writer: Writer, graph_id: str) -> int:
    count = 0
    for statement in statements.clear(EDGES_AT_ONCE):
        while (done := writer.write(statement, [{"kg": graph_id}])[0]["n"]) > 0:
            count += done
    return count


def _apply(writer: Writer, found: Iterator[Difference]) -> Loaded:
    """Write what is to be written, then remove edges, then nodes."""
    written, removals = 0, []
    for difference in found:
        statement = statements.write(difference.table)
        for batch in _batches(difference.table, difference.write):
            (arrived,) = writer.write(statement, batch)
            written += arrived["n"]
            if arrived["n"] != len(batch):
                raise StoreError(
                    f"{len(batch) - arrived['n']} {difference.table.kind} found no ends: somebody "
                    "removes nodes of this graph; run the same command again"
                )
        removals.append((difference.table, difference.remove))
    removed, kept = 0, []
    for table, rows in reversed(removals):
        for batch in _batches(table, rows):
            removed += writer.write(statements.delete(table), batch)[0]["n"]
            kept += [row["what"] for row in writer.write(statements.strip(table), batch)]
    return Loaded(written=written, removed=removed, kept=tuple(sorted(kept)))


def _batches(table: Table, rows: list[Row]) -> Iterator[list[Row]]:
    size = EDGES_AT_ONCE if table.ends else NODES_AT_ONCE
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
