"""A graph's folder: where its ledger, store, rejects and page lie, and who writes into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import LedgerError, UsageError
from kg.ledger import Ledger


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """The folder in which all of a graph lies."""

    path: Path

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.path / "ledger.sqlite"

    @property
    def store(self) -> Path:
        """The file of the embedded store."""
        return self.path / "graph.kgl"

    @property
    def rejects(self) -> Path:
        """What could not be used, one JSON object a line."""
        return self.path / "rejects.jsonl"

    @property
    def corrections(self) -> Path:
        """What people decided, one correction a line."""
        return self.path / "corrections.tsv"

    @property
    def page(self) -> Path:
        """Where the view is written unless told otherwise."""
        return self.path / "view.html"

    def open(self) -> Ledger:
        """Open the ledger of a graph that is there; UsageError where none is."""
        if not self.ledger.is_file():
            raise UsageError(
                f"{self.path} holds no graph; `kg ingest FILE --at {self.path}` makes one, "
                "`kg demo` shows one"
            )
        return Ledger(self.ledger)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one process that ingests into this folder."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / "ingest.lock", timeout=1):
                yield
        except Timeout as error:
            raise LedgerError(
                f"{self.path}: another kg ingests into this folder; wait for it to end"
            ) from error
        except (FileExistsError, NotADirectoryError) as error:
            raise UsageError(f"{self.path}: not a folder") from error

    def is_written(self) -> bool:
        """Say whether some process ingests just now."""
        lock = FileLock(self.path / "ingest.lock")
        try:
            with lock.acquire(timeout=0):
                return False
        except Timeout:
            return True
