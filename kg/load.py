"""Graph → store: nodes before edges, each sorted, each stamped with graph and digest."""

from collections.abc import Iterator, Sequence

from kg import schema
from kg.model import Graph
from kg.rows import Table, stamped, tables
from kg.stores import Row, Store

BATCH = 5_000


def load(graph: Graph, store: Store, *, graph_id: str, graph_digest: str) -> int:
    """Put the whole graph into the store in place of what is there; return the number of rows."""
    count = 0
    with store.rebuild() as writer:
        for statement, rows in statements(graph, graph_id=graph_id, graph_digest=graph_digest):
            for start in range(0, len(rows), BATCH):
                batch = [stamped(row, graph_id) for row in rows[start : start + BATCH]]
                writer.write(statement, batch)
                count += len(batch)
    return count


def statements(
    graph: Graph, *, graph_id: str, graph_digest: str
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each statement with all its rows: nodes by label, then edges by type and labels."""
    for table in tables(graph, graph_id=graph_id, graph_digest=graph_digest):
        yield _statement(table), table.rows


def _statement(table: Table) -> str:
    kind, names = table.kind, (*table.properties, *schema.STAMP)
    if table.ends is None:
        return f"UNWIND $rows AS row MERGE (n:{kind} {{id: row.id}}) SET {_set('n', names)}"
    assert table.ends in schema.EDGES[kind][0], (kind, table.ends)
    start, end = table.ends
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.source}}) "
        f"MATCH (b:{end} {{id: row.target}}) "
        f"MERGE (a)-[r:{kind}]->(b) SET {_set('r', names)}"
    )


def _set(variable: str, names: Sequence[str]) -> str:
    return ", ".join(f"{variable}.{name} = row.{name}" for name in names)
