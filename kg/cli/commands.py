"""The commands: parse, call, print. One verb in the library is one command."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.ingest import ingest_into
from kg.cli.options import (
    GRAPH,
    AsJson,
    At,
    Database,
    GraphFormat,
    Infer,
    Open,
    Output,
    Processes,
    RowFormat,
    StoreAt,
    split_parameters,
)
from kg.cli.talk import say, told, width
from kg.cli.view import write_view


@app.command()
def demo(*, at: At = Path("kg-demo"), open_page: Open = False) -> None:
    """Build the graph of some well-known papers, ask it two questions and draw it."""
    from kg.pipeline import GraphFolder, fresh_store
    from kg.query import format_rows, named_query, run_named
    from kg.shipped import shipped

    folder = GraphFolder(at)
    recipe = shipped("pipelines") / "demo.toml"
    typer.echo(told(folder.path, ingest_into(folder, [str(recipe)])))
    store = fresh_store(folder, say=say)
    for name, value in (("methods-for-task", "image classification"), ("evaluated-on", "Atari")):
        query = named_query(name)
        parameter = query.parameters[0].name
        typer.echo(f'\n{query.summary}\n$ kg query {name} {parameter}="{value}" --at {at}\n')
        rows = run_named(store, query, {parameter: value, "limit": "5"}, say=say)
        typer.echo(format_rows(rows, "table", width=width()))
    write_view(folder, folder.page, open_page=open_page)
    typer.echo(
        "\nTry next (`uv run kg` in the checkout, `kg` after `uv tool install .`):\n"
        f"  kg query --at {at}         the questions that have a name\n"
        f"  kg view --open --at {at}   the page in your browser\n"
        "  kg ingest YOUR-PAPERS.bib      a graph of your own, in kg-graph/"
    )


@app.command("extract")
def extract_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files, or - for stdin.")],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Doubtful finds too, for kg ingest --records.")
    ] = False,
    workers: Processes = 1,
) -> None:
    """Print what is found in each paper, one JSON record a line; no graph is touched."""
    from kg.extract import Workers
    from kg.pipeline.without_folder import extract_files
    from kg.record import to_record

    with Workers("rules", workers or 1) as pool:
        for extraction in extract_files([Path(file) for file in files], pool, say=say):
            threshold = 0.0 if everything else pool.extractor.threshold
            record = to_record(extraction, threshold=threshold)
            typer.echo(json.dumps(record, ensure_ascii=False))


@app.command("query")
def query_command(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|-] [PARAMETER=VALUE]…",
            help="A named question, or - for Cypher on stdin.",
        ),
    ] = None,
    *,
    cypher: Annotated[str | None, typer.Option("--cypher", help="Ask this Cypher.")] = None,
    row_format: Annotated[RowFormat, typer.Option("--format")] = RowFormat.TABLE,
    at: At = GRAPH,
) -> None:
    """Ask a named question or free Cypher, which only reads; without a name, list them."""
    from kg.pipeline import GraphFolder, fresh_store
    from kg.query import check_read_only, format_rows, named_query, run_cypher, run_named

    words = arguments or []
    name = words.pop(0) if cypher is None and words else ""
    given = split_parameters(words)
    if not name and cypher is None:
        return _list_queries()
    text = sys.stdin.read() if name == "-" else cypher
    named = None if text is not None else named_query(name)
    if text is not None:
        check_read_only(text)
    elif named:
        named.bind(given)
    store = fresh_store(GraphFolder(at), say=say)
    if named:
        rows = run_named(store, named, given, say=say)
    else:
        rows = run_cypher(store, text or "", given)
    typer.echo(format_rows(rows, row_format, width=width()), nl=False)
    if not rows:
        say("no rows")
    return None


@app.command("export")
def export_command(
    *,
    graph_format: Annotated[GraphFormat, typer.Option("--format")] = GraphFormat.JSONL,
    output: Output = None,
    at: At = GRAPH,
) -> None:
    """Write the whole graph: JSON Lines, GraphML, or a folder for neo4j-admin's import."""
    from kg.cli.export import export_graph
    from kg.pipeline import GraphFolder

    export_graph(GraphFolder(at), graph_format, output)


@app.command("evaluate")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated papers, JSON Lines.")],
    *,
    records: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Records to score; made if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score an extractor against annotated abstracts."""
    from kg.evaluate import format_scores
    from kg.pipeline.without_folder import evaluate_gold

    scores = evaluate_gold(gold, records)
    typer.echo(json.dumps(scores.to_json()) if as_json else format_scores(scores))


@app.command("load")
def load_command(
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Remove what is there of this graph first.")
    ] = False,
    infer: Infer = None,
    store: StoreAt = None,
    database: Database = None,
    as_json: AsJson = False,
    at: At = GRAPH,
) -> None:
    """Write into the store what differs from the ledger; a store that is named is used from now."""
    from kg.pipeline import GraphFolder, load_store

    place, loaded = load_store(
        GraphFolder(at), address=store, database=database, rebuild=rebuild, infer=infer, say=say
    )
    if as_json:
        typer.echo(json.dumps({"store": place, **asdict(loaded)}))
    elif loaded.written or loaded.removed:
        typer.echo(f"{place}: {loaded.written:,} rows written, {loaded.removed:,} removed")
    else:
        typer.echo(f"{place}: nothing to do")


@app.command()
def status(
    *, store: StoreAt = None, database: Database = None, as_json: AsJson = False, at: At = GRAPH
) -> None:
    """Say what the graph's folder holds and how its store stands, or how another one does."""
    from kg.pipeline import GraphFolder, folder_status

    found = folder_status(GraphFolder(at), address=store, database=database)
    if as_json:
        typer.echo(json.dumps(found))
    else:
        for name, value in found.items():
            typer.echo(f"{name:12} {value}")


def _list_queries() -> None:
    from kg.query import named_queries

    for name, query in named_queries().items():
        typer.echo(f"{name}\n    {query.summary}")
        for parameter in query.parameters:
            typer.echo(f"    {parameter.usage:20} {parameter.about}")
