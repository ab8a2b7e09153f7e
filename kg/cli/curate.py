"""``kg correct``, ``review``, ``forget``, ``diff``, ``verify``: what people decide and check."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GRAPH, AsJson, At
from kg.cli.talk import say
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.diff import Change
    from kg.pipeline import Review


@app.command("correct")
def correct_command(
    op: Annotated[
        str, typer.Argument(metavar="OP", help="merge split rename retype alias stop reject accept")
    ],
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME [RELATION] [OTHER]", help="What it is about; names, any of them."
        ),
    ],
    *,
    entity_type: Annotated[
        str,
        typer.Option("--type", metavar="TYPE", help="Method, Task or Dataset; any if not given."),
    ] = "",
    paper: Annotated[str, typer.Option("--paper", metavar="ID", help="Only in this paper.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")] = "",
    at: At = GRAPH,
) -> None:
    """Add a line to corrections.tsv: merge "PPO" "Proximal Policy Optimization"."""
    from kg.corrections import parse_correction
    from kg.pipeline import GraphFolder, correct, next_line

    folder = GraphFolder(at)
    claim = op in ("reject", "accept")
    if len(words) > (3 if claim else 2):
        raise UsageError(f"{op} takes {'HEAD RELATION TAIL' if claim else 'NAME OTHER'}")
    name, relation, other = words[0], "", ""
    if claim and len(words) == 3:
        relation, other = words[1:]
    elif len(words) == 2:
        other = words[1]
    cells = (op, entity_type, name, other, relation, paper, note)
    if any(set("\t\r\n") & set(cell) for cell in cells):
        raise UsageError("a correction is one line, its columns parted by tabs: leave both out")
    line = parse_correction("\t".join(cells), next_line(folder))
    correct(folder, line, say=say)
    typer.echo(f"{folder.corrections}:{line.line}: {op} {' '.join(words)}")


@app.command("forget")
def forget_command(
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="Its id, DOI, key or title.")],
    *,
    as_json: AsJson = False,
    at: At = GRAPH,
) -> None:
    """Remove a paper and all that only it said, from every run too."""
    from kg.pipeline import GraphFolder, forget

    papers = forget(GraphFolder(at), paper, say=say)
    if as_json:
        typer.echo(json.dumps([one.id for one in papers]))
    else:
        for one in papers:
            typer.echo(f"forgotten: {one.id}  {one.title}")


@app.command("diff")
def diff_command(
    places: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[OLD NEW]", help="Two graphs: folders, or exports as JSON Lines."),
    ] = None,
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="RUN", help="A run's number, or a date.")
    ] = "",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page.")
    ] = None,
    as_json: AsJson = False,
    at: At = GRAPH,
) -> None:
    """Say what changed in the last run, since a run, or between two graphs, and why."""
    from kg.pipeline import GraphFolder, diff_places, diff_since

    if places and (len(places) != 2 or since):
        raise UsageError("give two graphs, OLD NEW, or none; --since goes with none")
    changes = diff_places(*places) if places else diff_since(GraphFolder(at), since)
    if as_json:
        typer.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False))
        return
    if html:
        from kg.view import write_changes

        heading = f"{places[0]} → {places[1]}" if places else f"What changed in {at}"
        rows = [asdict(change) for change in changes]
        write_changes(rows, html, heading=heading, counted=_counted(changes))
        typer.echo(f"{html}: {_counted(changes)}")
        return
    for change in changes:
        typer.echo(str(change))
    say(_counted(changes))


@app.command("verify")
def verify_command(
    manifest: Annotated[
        Path | None, typer.Argument(metavar="[MANIFEST]", help="What stands beside an export.")
    ] = None,
    *,
    as_json: AsJson = False,
    at: At = GRAPH,
) -> None:
    """Make the graph again from the ledger, and compare it with store and manifest."""
    from kg.pipeline import GraphFolder, verify

    found = dict(verify(GraphFolder(at), manifest))
    if as_json:
        typer.echo(json.dumps(found))
    else:
        for what, digest in found.items():
            typer.echo(f"{digest[:12]}  {what}")


@app.command("review")
def review_command(
    *,
    as_list: Annotated[
        bool, typer.Option("--list", help="Print what is open and ask nothing.")
    ] = False,
    as_json: AsJson = False,
    at: At = GRAPH,
) -> None:
    """Walk through near names and doubtful claims, the most useful first: y, n, skip or undo."""
    from kg.pipeline import GraphFolder, Review, fresh_store

    folder = GraphFolder(at)
    with folder.open() as ledger:
        review = Review(folder, ledger)
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in review.open], ensure_ascii=False))
        elif as_list:
            for one in review.open:
                typer.echo(f"{one.score:.2f}  {one.question}")
        else:
            _walk(review)
    if not (as_list or as_json):
        fresh_store(folder, say=say)


def _walk(review: "Review") -> None:
    """Ask until there is no more, or the input ends, or the person does."""
    ahead = review.open[::-1]
    while ahead:
        suggestion = ahead.pop()
        typer.echo(f"\n{suggestion.question}?  ({suggestion.score:.2f}; {len(ahead):,} more)")
        for sentence in suggestion.sentences:
            typer.echo(f"  {sentence}")
        answer = _asked()
        if answer == "quit":
            return
        if answer == "undo":
            last = review.undo()
            ahead += [suggestion] if last is None else [suggestion, last]
        elif answer in ("yes", "no"):
            review.answer(suggestion, yes=answer == "yes")


def _asked() -> str:
    """Return yes, no, skip, undo or quit; the end of the input is quit."""
    words = ("yes", "no", "skip", "undo", "quit")
    while True:
        typer.echo("[y]es [n]o [s]kip [u]ndo [q]uit: ", nl=False)
        line = sys.stdin.readline()
        given = line.strip().lower()
        found = [word for word in words if given and word.startswith(given)]
        if not line or found:
            return found[0] if found else "quit"


def _counted(changes: "list[Change]") -> str:
    from collections import Counter

    counts = Counter((change.kind, change.what) for change in changes)
    many = {"paper": "papers", "entity": "entities", "claim": "claims"}
    said = (
        f"{n:,} {kind if n == 1 else many[kind]} {what}"
        for (kind, what), n in sorted(counts.items())
    )
    return ", ".join(said) or "no difference"
