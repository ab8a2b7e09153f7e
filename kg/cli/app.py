"""The program: what all commands hang on."""

from typing import Annotated

import typer

from kg import __version__

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _kg(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Turn a pile of abstracts into a knowledge graph of methods, tasks and datasets."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
