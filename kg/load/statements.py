"""What a loader says in Cypher: every name comes from the schema, every value is a parameter."""

from collections.abc import Sequence

from kg import schema
from kg.rows import HIGH, LOW, Table

MARKERS = (
    "MATCH (n:Graph) WHERE n.kg = n.id "
    "RETURN n.id AS id, n.schema AS schema, n.digest AS digest, n.sums AS sums"
)


def write(table: Table) -> str:
    """Make what is not there, change what is; only what is ours can be met."""
    kind, names = table.kind, (*table.properties, *schema.STAMP)
    if table.ends is None:
        meet, thing = f"MERGE (n:{kind} {{id: row.id, kg: row.kg}})", "n"
    else:
        start, end = table.ends
        meet, thing = (
            (
                f"MATCH (a:{start} {{id: row.source}}) MATCH (b:{end} {{id: row.target}}) "
                f"MERGE (a)-[r:{kind} {{kg: row.kg}}]->(b)"
            ),
            "r",
        )
    changed = ", ".join(f"{thing}.{name} = row.{name}" for name in names)
    return f"UNWIND $rows AS row {meet} SET {changed} RETURN count(*) AS n"


def revisions(table: Table) -> str:
    """Ask for key and revision of all that is ours."""
    if table.ends is None:
        return f"MATCH (n:{table.kind}) WHERE n.kg = $kg RETURN n.id AS id, n.rev AS rev"
    start, end = table.ends
    return (
        f"MATCH (a:{start})-[r:{table.kind}]->(b:{end}) WHERE r.kg = $kg "
        "RETURN a.id AS source, b.id AS target, r.rev AS rev"
    )


def add_up(kind: str, ends: tuple[str, str] | None) -> str:
    """Ask how many are ours and what their revisions add up to, as ``rows.Sum`` does."""
    pattern = f"({{}}:{kind})" if ends is None else f"(:{ends[0]})-[{{}}:{kind}]->(:{ends[1]})"
    return (
        f"MATCH {pattern.format('x')} WHERE x.kg = $kg RETURN count(x) AS count, "
        f"sum(toInteger(x.rev) % {LOW}) AS low, sum(toInteger(x.rev) / {HIGH}) AS high"
    )


def of_others(label: str) -> str:
    """Ask for the ids of nodes of our label that are not ours."""
    return (
        f"MATCH (n:{label}) WHERE n.id IS NOT NULL AND (n.kg IS NULL OR n.kg <> $kg) "
        "RETURN n.id AS id"
    )


def delete(table: Table) -> str:
    """Delete what is ours and has nothing of others on it."""
    bare = _bare(table.properties, is_node=table.ends is None)
    return f"{_met(table)} AND {bare} DELETE x RETURN count(*) AS n"


def strip(table: Table) -> str:
    """Take what is ours off what others built on; a node keeps its id, without our label."""
    gone = [f"x.{name}" for name in (*table.properties, *schema.STAMP)]
    if table.ends is None:
        gone.append(f"x:{table.kind}")
        return f"{_met(table)} REMOVE {', '.join(gone)} RETURN row.id AS what"
    what = f"row.source + ' {table.kind} ' + row.target"
    return f"{_met(table)} REMOVE {', '.join(gone)} RETURN {what} AS what"


def clear(batch: int) -> tuple[str, str]:
    """Delete a batch of our edges, of our nodes, whatever they are called; not the marker."""
    of_nodes = sorted({name for names in schema.NODES.values() for name in names})
    of_edges = sorted({name for _, names in schema.EDGES.values() for name in names})
    ours = "UNWIND $rows AS row MATCH {} WHERE x.kg = row.kg AND {} WITH x LIMIT {} DELETE x "
    edges = ours.format("()-[x]->()", _bare(of_edges, is_node=False), batch)
    nodes = ours.format("(x)", "NOT x:Graph AND " + _bare(of_nodes, is_node=True), batch)
    return edges + "RETURN count(*) AS n", nodes + "RETURN count(*) AS n"


def _met(table: Table) -> str:
    if table.ends is None:
        pattern = f"(x:{table.kind} {{id: row.id}})"
    else:
        start, end = table.ends
        pattern = f"(:{start} {{id: row.source}})-[x:{table.kind}]->(:{end} {{id: row.target}})"
    return f"UNWIND $rows AS row MATCH {pattern} WHERE x.kg = row.kg"


def _bare(properties: Sequence[str], *, is_node: bool) -> str:
    names = ", ".join(repr(name) for name in ("id", *properties, *schema.STAMP))
    only_ours = f"all(name IN keys(x) WHERE name IN [{names}])"
    return f"{only_ours} AND size(labels(x)) = 1 AND NOT (x)--()" if is_node else only_ours
