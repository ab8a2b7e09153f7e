"""What the commands say: to stderr, so that stdout is data alone."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kg.pipeline import IngestSummary


def say(text: str) -> None:
    """Say a line on stderr, in the place of a progress line if there is one."""
    clear_progress()
    typer.echo(text, err=True)


def show_progress(stage: str, done: int, total: int | None) -> None:
    """Show how far a stage is; on a terminal only."""
    if sys.stderr.isatty():
        clear_progress()
        of = f" of {total:,}" if total else ""
        typer.echo(f"{stage} {done:,}{of}" if done else f"{stage} …", err=True, nl=False)


def clear_progress() -> None:
    """Take the progress line away."""
    if sys.stderr.isatty():
        typer.echo("\r\x1b[K", err=True, nl=False)


def width() -> int | None:
    """Return the terminal's width, or None where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def told(folder: Path, summary: "IngestSummary") -> str:
    """Return what an ingest did, in words."""
    if not summary.read and not summary.rejected:
        return f"{folder}: {summary.extracted:,} papers extracted again"
    if not (summary.new or summary.changed or summary.extracted or summary.rejected):
        return f"{folder}: nothing to do, all {summary.unchanged:,} papers are known"
    counts = (
        (summary.new, "new"),
        (summary.changed, "changed"),
        (summary.unchanged, "known"),
        (summary.title_only, "from the title alone"),
        (summary.rejected, "rejected"),
    )
    said = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    rejects = f" (see {folder}/rejects.jsonl)" if summary.rejected else ""
    return (
        f"{folder}: {summary.read:,} papers read: {said}{rejects}; {summary.extracted:,} extracted"
    )
