"""The options that several commands take."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError


class RowFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class GraphFormat(StrEnum):
    """How a graph is exported."""

    JSONL = "jsonl"
    GRAPHML = "graphml"
    NEO4J_ADMIN = "neo4j-admin"


At = Annotated[
    Path,
    typer.Option("--at", envvar="KG_AT", metavar="DIR", help="The folder the graph lies in."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Processes = Annotated[
    int | None, typer.Option("--workers", min=1, metavar="N", help="How many processes extract.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]
Infer = Annotated[
    bool | None,
    typer.Option("--infer/--no-infer", help="Add what follows from the claims, marked."),
]
GRAPH = Path("kg-graph")
StoreAt = Annotated[
    str | None,
    typer.Option("--store", metavar="STORE", help="kglite, or the address neo4j://HOST:7687."),
]
Database = Annotated[
    str | None, typer.Option("--database", metavar="NAME", help="The database on that server.")
]


def split_parameters(arguments: list[str]) -> dict[str, str]:
    """Return what is written as name=value; UsageError names what is not."""
    for argument in arguments:
        if "=" not in argument:
            raise UsageError(f"{argument!r} is no parameter: write it as name=value")
    return dict(argument.split("=", 1) for argument in arguments)
