"""Where an export goes: standard output, a file, or a folder."""

import hashlib
from pathlib import Path

import typer

from kg.cli.talk import say
from kg.errors import UsageError
from kg.export import export, make_folder, write_import
from kg.files import write_whole
from kg.network import read_graph, read_marker
from kg.pipeline import (
    GraphFolder,
    fresh_store,
    graph_digest,
    make_manifest,
    write_manifest,
)


def export_graph(folder: GraphFolder, form: str, output: Path | None) -> None:
    """Write the whole graph in that form."""
    if form == "neo4j-admin":
        return _export_folder(folder, output)
    graph = read_graph(fresh_store(folder, say=say))
    if output is None:
        for line in export(graph, form):
            typer.echo(line, nl=False)
        return None
    write_whole(output, export(graph, form))
    if output.is_file():
        sha256 = _file_digest(output) if form == "jsonl" else graph_digest(graph)
        _tell(folder, sha256, output.with_name(f"{output.name}.manifest.json"))
    return None


def _export_folder(folder: GraphFolder, output: Path | None) -> None:
    if output is None:
        raise UsageError("neo4j-admin imports a folder: say which one to make with -o DIR")
    store = fresh_store(folder, say=say)
    make_folder(output)
    marker = read_marker(store)
    graph = read_graph(store)
    write_import(graph, output, graph_id=marker["id"], graph_digest=marker["digest"])
    _tell(folder, graph_digest(graph), output / "manifest.json")
    say(f"{output}: stop the server, then `sh {output}/import.sh`; the script says the rest")


def _tell(folder: GraphFolder, sha256: str, path: Path) -> None:
    """Tell beside the export what it was made from."""
    with folder.open() as ledger:
        write_manifest(path, make_manifest(folder, ledger, sha256))


def _file_digest(path: Path) -> str:
    """Return the digest of an export as JSON Lines, which is that of its graph."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
