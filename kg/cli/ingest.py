"""``kg ingest``: files, records or a recipe into a graph."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GRAPH, AsJson, At, Database, Infer, Processes, StoreAt
from kg.cli.talk import clear_progress, say, show_progress, told
from kg.errors import UsageError

if TYPE_CHECKING:  # the stages are imported inside the commands, so that help answers at once
    from kg.pipeline import GraphFolder, IngestOptions, IngestSummary


@app.command("ingest")
def ingest_command(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE…|RECIPE]", help="Files, - for standard input, or a recipe."),
    ] = None,
    *,
    at: At = GRAPH,
    store: StoreAt = None,
    database: Database = None,
    workers: Processes = None,
    reextract: Annotated[
        bool, typer.Option("--reextract", help="Extract again what another extractor did.")
    ] = False,
    records: Annotated[
        bool, typer.Option("--records", help="The files are records of kg extract --all.")
    ] = False,
    mirror: Annotated[
        bool, typer.Option("--mirror", help="Forget what is gone from the files since last time.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Forget even more than a fifth of a file's papers.")
    ] = False,
    infer: Infer = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if any is rejected.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read papers into the graph: JSON Lines, BibTeX, or the text of a web page."""
    from kg.pipeline import GraphFolder, IngestOptions

    if not files and not reextract:
        raise UsageError("say which files to ingest: kg ingest FILE…, or kg ingest demo")
    folder = GraphFolder(at)
    options = IngestOptions(
        workers=workers,
        reextract=reextract,
        records=records,
        mirror=mirror,
        yes=yes,
        infer=infer,
        store=store,
        database=database,
    )
    summary = ingest_into(folder, files or [], options)
    typer.echo(json.dumps(asdict(summary)) if as_json else told(folder.path, summary))
    for note in (*summary.notes, *(f"kg: {broken}" for broken in summary.broken)):
        say(note)
    if summary.broken or (strict and summary.rejected):
        raise typer.Exit(1)


def ingest_into(
    folder: "GraphFolder", files: list[str], options: "IngestOptions | None" = None
) -> "IngestSummary":
    """Ingest files, or what a recipe names; an option that is given stands before the recipe's."""
    from kg.pipeline import IngestOptions, Recipe, find_recipe, ingest

    recipe_path = find_recipe(files[0]) if len(files) == 1 else None
    recipe = Recipe.read(recipe_path) if recipe_path else Recipe(files=tuple(map(Path, files)))
    options = options or IngestOptions()
    if options.store is None:
        database = options.database or recipe.database
        options = replace(options, store=recipe.store, database=database)
    options = replace(
        options,
        model=recipe.model,
        claim_threshold=recipe.claim_threshold,
        infer=recipe.infer if options.infer is None else options.infer,
    )
    try:
        return ingest(folder, recipe.files, options, progress=show_progress, say=say)
    finally:
        clear_progress()
