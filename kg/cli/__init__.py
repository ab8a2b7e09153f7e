"""The face of kg: commands, and what they say."""

import os
import signal
import sys
from pathlib import Path

from kg.cli import commands, curate, ingest, view
from kg.cli.app import app
from kg.cli.talk import say
from kg.errors import KgError, StoppedError

__all__ = ["app", "commands", "curate", "ingest", "main", "view"]


def main() -> None:
    """Run the command; an error of ours is one line and its exit code, no traceback."""
    if sys.stdin is None:  # closed by the caller, as stdout may be
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - to the end
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    signal.signal(signal.SIGINT, _stop)
    try:
        app()
    except KgError as error:
        say(f"kg: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"kg: {where}{error.strerror or error}")
        sys.exit(1)


def _stop(*_: object) -> None:
    """Stop as an error of ours does: Typer would end without a word."""
    raise StoppedError(
        "stopped; what was finished is kept, and the same command goes on from there"
    )
