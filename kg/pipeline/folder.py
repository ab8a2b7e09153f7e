"""A graph's folder: ledger, store, rejects, page; and how its store is kept in step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from kg import schema
from kg.assemble import VERSION as ASSEMBLE_VERSION
from kg.assemble import assemble
from kg.errors import LedgerError, QueryError, StoreError, UsageError
from kg.ids import digest
from kg.ledger import Ledger
from kg.lexicon import read_lexicon
from kg.load import load
from kg.model import RelationType
from kg.network import read_marker
from kg.stores.kglite import KgliteStore

Say = Callable[[str], None]

_COUNTS = {
    "entities": "MATCH (n:Method|Task|Dataset) RETURN count(n) AS n",
    "claims": f"MATCH (:Method|Task|Dataset)-[r:{'|'.join(RelationType)}]->() RETURN count(r) AS n",
    "evidence": "MATCH (n:Evidence) RETURN count(n) AS n",
    "doubtful": "MATCH (n:Graph) RETURN n.doubtful AS n",
}


class Condition(StrEnum):
    """What a store is, beside its ledger."""

    FRESH = "is up to date"
    MISSING = "is not there yet"
    STALE = "is older than the ledger"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """The folder in which all of a graph lies."""

    path: Path

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.path / "ledger.sqlite"

    @property
    def store(self) -> KgliteStore:
        """The store."""
        return KgliteStore(self.path / "graph.kgl")

    @property
    def rejects(self) -> Path:
        """What could not be used, one JSON object a line."""
        return self.path / "rejects.jsonl"

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


def store_digest(ledger: Ledger) -> str:
    """Return the digest of all that the store is made from."""
    versions = (ASSEMBLE_VERSION, str(schema.VERSION))
    return digest(
        *versions, ledger.digest(), read_lexicon().digest, ledger.recall("claim_threshold")
    )


def store_condition(store: KgliteStore, ledger: Ledger) -> Condition:
    """Say whether the store holds what the ledger says."""
    if not store.exists():
        return Condition.MISSING
    try:
        fresh = read_marker(store)["digest"] == store_digest(ledger)
    except (StoreError, QueryError):
        return Condition.UNREADABLE
    return Condition.FRESH if fresh else Condition.STALE


def fresh_store(folder: GraphFolder, *, say: Say) -> KgliteStore:
    """Return the store, brought up to date with the ledger first where it is not.

    While another process ingests, a store answers as it was before, and ``say`` is told.
    """
    with folder.open() as ledger:
        store = folder.store
        condition = store_condition(store, ledger)
        if condition == Condition.STALE and folder.is_written():
            say("an ingest is under way: this answers from the graph as it was before")
            return store
        if condition != Condition.FRESH:
            say(f"the store {condition}: building it from the ledger")
            store = rebuild(folder, ledger)
    return store


def rebuild(folder: GraphFolder, ledger: Ledger) -> KgliteStore:
    """Assemble the graph and put it into the store, unless another process just did."""
    with FileLock(folder.path / "store.lock"):
        store = folder.store
        if store_condition(store, ledger) == Condition.FRESH:
            return store
        wanted = store_digest(ledger)
        threshold = float(ledger.recall("claim_threshold") or 0)
        graph = assemble(ledger.extractions(), read_lexicon(), claim_threshold=threshold)
        load(graph, store, graph_id=ledger.graph_id, graph_digest=wanted)
    return store


def folder_status(folder: GraphFolder) -> dict[str, str | int]:
    """Say what the folder holds: papers, extractors, rejects, and how the store stands."""
    with folder.open() as ledger:
        state, store = ledger.state(), folder.store
        condition = store_condition(store, ledger)
        found: dict[str, str | int] = {
            "folder": str(folder.path),
            "graph": ledger.graph_id,
            "papers": state.papers,
            "to extract": state.pending,
            "extractors": ", ".join(f"{n} by {one}" for one, n in state.extractors.items()),
            "rejects": state.rejects,
            "store": str(condition),
        }
        if state.unfinished:
            found["ingest"] = "was broken off; the same command goes on"
        if condition in (Condition.FRESH, Condition.STALE):
            found |= {name: store.read(query, {})[0]["n"] for name, query in _COUNTS.items()}
    return found
