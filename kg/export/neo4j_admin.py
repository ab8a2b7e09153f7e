"""Graph → a folder that ``neo4j-admin database import full`` takes as a new database.

A header and a data file for each label and for each relationship type between two labels, a script
with the command, and what the server is told afterwards. The importer drops empty lists, so the
server is told of them too.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import schema
from kg.errors import StoreError, UsageError
from kg.model import Graph
from kg.rows import Table, tables

BETWEEN_VALUES = "\x1f"
"""Stands between the values of a list: a control, which no text of ours holds."""

USUAL_BUFFER = 4 * 1024 * 1024
"""How many UTF-16 units a value may have unless the importer is told otherwise."""

_SCRIPT = """\
#!/bin/sh
# Import this graph into a new database of Neo4j 5.26 or later, while its server is stopped:
#     sh import.sh [DATABASE [OPTION…]]
# Then start the server and tell it the rest:
#     cypher-shell -d DATABASE -f constraints.cypher
set -eu
cd "$(dirname "$0")"
database=${1:-neo4j}
[ $# -eq 0 ] || shift
exec "${NEO4J_HOME:+$NEO4J_HOME/bin/}neo4j-admin" database import full "$database" \\
    --report-file="${TMPDIR:-/tmp}/kg-import.report"
"""


def make_folder(folder: Path) -> None:
    """Make the folder; UsageError if anything is in it."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(f"{folder} is no empty folder; name a new one")
    folder.mkdir(parents=True, exist_ok=True)


def write_import(graph: Graph, folder: Path, *, graph_id: str, graph_digest: str) -> None:
    """Write all files, the script last; equal graphs give equal bytes."""
    files: list[str] = []
    empty_lists: list[str] = []
    longest = 0
    for table in tables(graph, graph_id=graph_id, graph_digest=graph_digest):
        if not table.rows:
            continue
        name = "-".join((table.kind, *(table.ends or ())))
        _write(folder / f"{name}-header.csv", [_header(table)])
        longest = max(longest, _write(folder / f"{name}.csv", _lines(table)))
        option = "relationships" if table.ends else "nodes"
        files.append(f"--{option}={table.kind}={name}-header.csv,{name}.csv")
        empty_lists += _statements_for_empty_lists(table)
    statements = [*schema.CONSTRAINTS, *schema.FULLTEXT, *empty_lists, "CALL db.awaitIndexes(300)"]
    _write(folder / "constraints.cypher", [statement + ";" for statement in statements])
    options = ["--id-type=string", "--array-delimiter=U+001F", "--multiline-fields=true"]
    if 2 * longest > USUAL_BUFFER:
        options.append(f"--read-buffer-size={2 * longest}")
    _write(folder / "import.sh", [" \\\n    ".join((_SCRIPT.strip(), *options, *files, '"$@"'))])


def _write(path: Path, lines: Iterable[str]) -> int:
    """Write the lines; return the length of the longest."""
    longest = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            longest = max(longest, len(line))
    return longest


def _header(table: Table) -> str:
    start, end = table.ends or ("", "")
    keys = [f":START_ID({start})", f":END_ID({end})"] if start else [f"id:ID({table.kind})"]
    names = (*table.properties, *schema.STAMP)
    return ",".join((*keys, *(f"{name}:{schema.VALUES.get(name, 'string')}" for name in names)))


def _lines(table: Table) -> Iterator[str]:
    names = (*(("source", "target") if table.ends else ("id",)), *table.properties, *schema.STAMP)
    for row in table.rows:
        yield ",".join(_field(row[name]) for name in names)


def _field(value: object) -> str:
    r"""Return a value as a field; nothing at all is null.

    >>> print(*map(_field, (None, "", 'so "x" ', True, 0.5, 1, [])), sep=",")
    ,"","so ""x"" ",true,0.5,1,""
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    text = _joined(value) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'


def _joined(values: list[object]) -> str:
    texts = [str(value) for value in values]
    if texts == [""] or any(BETWEEN_VALUES in text for text in texts):
        raise StoreError(f"neo4j-admin cannot take the list {texts}; load over Bolt instead")
    return BETWEEN_VALUES.join(texts)


def _statements_for_empty_lists(table: Table) -> Iterator[str]:
    for name in table.properties:
        if any(row[name] == [] for row in table.rows):
            pattern = f"()-[x:{table.kind}]->()" if table.ends else f"(x:{table.kind})"
            yield (
                f"MATCH {pattern} WHERE x.kg IS NOT NULL AND x.{name} IS NULL "
                f"CALL (x) {{ SET x.{name} = [] }} IN TRANSACTIONS OF 10000 ROWS"
            )
