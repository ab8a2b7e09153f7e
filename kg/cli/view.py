"""``kg view``: the graph, or what one chooses of it, as a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GRAPH, At, Open, Output, split_parameters
from kg.cli.talk import say
from kg.model import EntityType

if TYPE_CHECKING:
    from kg.pipeline import Choice, GraphFolder


@app.command("view")
def view_command(
    parameters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PARAMETER=VALUE]…", help="What --query asks with."),
    ] = None,
    *,
    around: Annotated[
        str, typer.Option("--around", metavar="NAME", help="What is said of a thing.")
    ] = "",
    depth: Annotated[
        int, typer.Option("--depth", min=1, max=3, help="How many claims away from it.")
    ] = 1,
    task: Annotated[
        str, typer.Option("--task", metavar="NAME", help="A task's methods and datasets.")
    ] = "",
    paper: Annotated[str, typer.Option("--paper", metavar="ID", help="What a paper says.")] = "",
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="The shortest ways from A to B."),
    ] = None,
    query: Annotated[
        str, typer.Option("--query", metavar="NAME", help="What a question answers.")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="Papers published since then.")
    ] = "",
    ingested_since: Annotated[
        str, typer.Option("--ingested-since", metavar="DATE", help="Papers ingested since then.")
    ] = "",
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", help="Only this type; may be repeated.")
    ] = None,
    least: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Only claims as sure as that.")
    ] = 0.0,
    output: Output = None,
    open_page: Open = False,
    at: At = GRAPH,
) -> None:
    """Write the graph, or a part of it, as one HTML page that opens offline."""
    from kg.pipeline import Choice, GraphFolder

    folder = GraphFolder(at)
    choice = Choice(
        around=around,
        depth=depth,
        task=task,
        paper=paper,
        between=between,
        query=query,
        parameters=tuple(split_parameters(parameters or []).items()),
        since=since,
        ingested_since=ingested_since,
        types=tuple(types or ()),
        least=least,
    )
    write_view(folder, output or folder.page, choice, open_page=open_page)


def write_view(
    folder: "GraphFolder", path: Path, choice: "Choice | None" = None, *, open_page: bool
) -> None:
    """Write the page and say where it is and what it shows."""
    from kg.pipeline import Choice, chosen, fresh_store
    from kg.view import write_page

    choice = choice or Choice()
    choice.check()
    part = chosen(folder, fresh_store(folder, say=say), choice, say=say)
    page = write_page(part.graph, path, heading=part.heading, whole=part.whole, start=part.start)
    typer.echo(f"{path}: {page}")
    if open_page:
        typer.launch(str(path.resolve()))
