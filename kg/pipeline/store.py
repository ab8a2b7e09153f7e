"""The store of a folder: which one it is, and how it is kept in step with the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from filelock import FileLock

from kg import schema
from kg.assemble import Assembly, Cycle
from kg.corrections import Outcome, State
from kg.errors import BrokenStoreError, QueryError, UsageError, nearest
from kg.ledger import Ledger
from kg.load import Loaded, all_tables, differences, load
from kg.model import Graph, RelationType
from kg.network import find_marker
from kg.pipeline.assembly import Settings, no_cycle_search
from kg.pipeline.folder import GraphFolder
from kg.stores import Store
from kg.stores.kglite import KgliteStore

Say = Callable[[str], None]

EMBEDDED = "kglite"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_COUNTS = {
    "entities": "MATCH (n:Method|Task|Dataset) WHERE n.kg = $kg RETURN count(n) AS n",
    "claims": f"MATCH (:Method|Task|Dataset)-[r:{'|'.join(RelationType)}]->() "
    "WHERE r.kg = $kg RETURN count(r) AS n",
    "evidence": "MATCH (n:Evidence) WHERE n.kg = $kg RETURN count(n) AS n",
    "doubtful": "MATCH (n:Graph) WHERE n.id = $kg RETURN n.doubtful AS n",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What bringing a store up to date did, and what there is to say about the graph."""

    loaded: Loaded
    outcomes: tuple[Outcome, ...] = ()
    cycles: tuple[Cycle, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What others had built on, which corrections do not hold, and what goes round."""
        notes = [str(one) for one in self.outcomes if one.state != State.APPLIED]
        if kept := self.loaded.kept:
            named = ", ".join(kept[:5]) + (" …" if len(kept) > 5 else "")
            notes.append(
                f"{len(kept)} hold what others put there, and lost only what was ours: {named}"
            )
        return notes + [str(cycle) for cycle in self.cycles]


class Condition(StrEnum):
    """What a store is, beside its ledger."""

    FRESH = "is up to date"
    MISSING = "is not there yet"
    STALE = "is older than the ledger"
    HALF = "is half loaded: a load was broken off or is under way"
    OTHER = "holds another graph"
    UNREADABLE = "cannot be read"


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """Which store: ``kglite``, in the folder, or the address of a Neo4j and its database."""

    address: str = EMBEDDED
    database: str = ""

    @classmethod
    def recall(cls, ledger: Ledger) -> "StoreChoice":
        """Return what the folder uses."""
        return cls(ledger.recall("store") or EMBEDDED, ledger.recall("database"))

    def remember(self, ledger: Ledger) -> None:
        """Have the folder use this one from now on."""
        ledger.remember("store", self.address)
        ledger.remember("database", self.database)

    def changed(self, address: str | None, database: str | None) -> "StoreChoice":
        """Return what is chosen where that is given; UsageError says what cannot be."""
        if address is None and database is None:
            return self
        if address is None and self.address == EMBEDDED:
            raise UsageError("--database goes with a server: --store neo4j://HOST:7687")
        return StoreChoice(checked(address or self.address), database or "")

    def open(self, folder: GraphFolder) -> Store:
        """Return the store; a server is asked whether it answers only at the first question."""
        if self.address == EMBEDDED:
            return KgliteStore(folder.store)
        from kg.stores.neo4j import Neo4jStore  # noqa: PLC0415 - the driver takes long to import

        return Neo4jStore(self.address, self.database)


def checked(address: str) -> str:
    """Return the address if a store can be there.

    >>> checked("neo4j+s://example.org")
    'neo4j+s://example.org'
    >>> checked("neo4j://me:secret@example.org")
    Traceback (most recent call last):
    kg.errors.UsageError: credentials go in NEO4J_USERNAME and NEO4J_PASSWORD, not in the address
    """
    parts = urlsplit(address)
    if parts.username is not None or parts.password is not None:
        raise UsageError("credentials go in NEO4J_USERNAME and NEO4J_PASSWORD, not in the address")
    if address == EMBEDDED or (parts.scheme in SCHEMES and parts.hostname):
        return address
    known = (EMBEDDED, *(f"{scheme}://" for scheme in SCHEMES))
    raise UsageError(
        f"no store is named {address!r}; say kglite or neo4j://HOST:7687{nearest(address, known)}"
    )


def store_condition(store: Store, ledger: Ledger, wanted: str) -> Condition:
    """Say whether the store holds the ledger's graph of that digest."""
    try:
        marker = find_marker(store) if store.exists() else None
    except (BrokenStoreError, QueryError):
        return Condition.UNREADABLE
    if marker is None:
        return Condition.MISSING
    if marker["id"] != ledger.graph_id:
        return Condition.OTHER
    if marker["digest"].startswith(schema.LOADING):
        return Condition.HALF
    return Condition.FRESH if marker["digest"] == wanted else Condition.STALE


def fresh_store(folder: GraphFolder, *, say: Say) -> Store:
    """Return the store, brought up to date with the ledger first where it is not.

    While another process ingests, a store answers as it was before, and ``say`` is told.
    """
    with folder.open() as ledger:
        store = StoreChoice.recall(ledger).open(folder)
        wanted = Settings.of(folder, ledger).digest(ledger)
        condition = store_condition(store, ledger, wanted)
        if condition in (Condition.STALE, Condition.HALF) and folder.is_written():
            say("an ingest is under way: this answers from the graph as it was before")
            return store
        if condition != Condition.FRESH:
            say(f"the store {condition}: building it from the ledger")
            for note in bring_up_to_date(folder, ledger, store).notes:
                say(note)
        tell_mixed(ledger, say)
    return store


def bring_up_to_date(folder: GraphFolder, ledger: Ledger, store: Store) -> Done:
    """Load what the ledger says into the store, unless another process just did."""
    with FileLock(folder.path / "store.lock"):
        settings = Settings.of(folder, ledger)
        wanted = settings.digest(ledger)
        if store_condition(store, ledger, wanted) == Condition.FRESH:
            ledger.note_run(settings.to_json(wanted))
            return Done(Loaded())
        return load_made(ledger, store, settings, wanted, settings.assemble(ledger))


def load_store(
    folder: GraphFolder,
    *,
    address: str | None,
    database: str | None,
    rebuild: bool,
    infer: bool | None,
    say: Say,
) -> tuple[str, Loaded]:
    """Make a store hold what the ledger says, row by row, and use it from now on.

    ``infer`` adds what follows from the claims, or leaves it out, from now on.
    Returns where it is, and what was done.
    """
    with folder.open() as ledger, FileLock(folder.path / "store.lock"):
        choice = StoreChoice.recall(ledger).changed(address, database)
        store = choice.open(folder)
        if infer is not None:
            ledger.remember("infer", "yes" if infer else "")
        ledger.begin_run((), contents="load")
        ledger.end_reading()
        settings = Settings.of(folder, ledger)
        wanted = settings.digest(ledger)
        found = settings.assemble(ledger)
        done = load_made(ledger, store, settings, wanted, found, rebuild=rebuild)
        choice.remember(ledger)
    for note in done.notes:
        say(note)
    return store.place, done.loaded


def tell_mixed(ledger: Ledger, say: Say) -> None:
    """Say where the graph is not of one extractor, or not of all papers."""
    state = ledger.state()
    if state.pending:
        say(f"{state.pending:,} papers wait to be extracted: run kg ingest again")
    if len(state.extractors) > 1:
        counts = " and ".join(f"{n:,}" for n in state.extractors.values())
        say(f"{counts} papers are of different extractors; kg ingest --reextract makes them one")


def load_made(
    ledger: Ledger,
    store: Store,
    settings: Settings,
    wanted: str,
    found: Assembly,
    *,
    rebuild: bool = False,
) -> Done:
    """Load a graph that was assembled with these settings; ``wanted`` is their digest.

    It is taken before the assembly: what changes in between makes the store stale, not wrong.
    """
    with no_cycle_search():
        loaded = load(
            found.graph, store, graph_id=ledger.graph_id, graph_digest=wanted, rebuild=rebuild
        )
    ledger.note_run(settings.to_json(wanted))
    return Done(loaded, found.outcomes, found.cycles)


def folder_status(
    folder: GraphFolder, *, address: str | None = None, database: str | None = None
) -> Mapping[str, str | int]:
    """Say what the folder holds: papers, extractors, rejects, and how the store stands.

    A store that is named is compared with the ledger row by row.
    """
    with folder.open() as ledger:
        choice = StoreChoice.recall(ledger).changed(address, database)
        state, store = ledger.state(), choice.open(folder)
        settings = Settings.of(folder, ledger)
        condition = store_condition(store, ledger, settings.digest(ledger))
        found: dict[str, str | int] = {
            "folder": str(folder.path),
            "graph": ledger.graph_id,
            "papers": state.papers,
            "to extract": state.pending,
            "extractors": ", ".join(f"{n} by {one}" for one, n in state.extractors.items()),
            "rejects": state.rejects,
            "corrections": len(settings.corrections),
            "store": str(condition),
        }
        if choice.address != EMBEDDED:
            found["server"] = store.place
        if state.unfinished:
            found["ingest"] = "was broken off; the same command goes on"
        if condition in (Condition.FRESH, Condition.STALE):
            ours = {"kg": ledger.graph_id}
            found |= {name: store.read(query, ours)[0]["n"] for name, query in _COUNTS.items()}
        if address is not None and condition in (Condition.FRESH, Condition.STALE, Condition.HALF):
            found["differs"] = _differing(settings.assemble(ledger).graph, ledger.graph_id, store)
    return found


def _differing(graph: Graph, graph_id: str, store: Store) -> str:
    """Say what a load would do, label by label and type by type."""
    found = all_tables(graph, graph_id=graph_id, graph_digest="")
    tables = [table for table in found if table.kind != "Graph"]
    said: dict[str, list[int]] = {}
    for one in differences(tables, store.read, graph_id):
        if one:
            counts = said.setdefault(one.table.kind, [0, 0])
            counts[0] += len(one.write)
            counts[1] += len(one.remove)
    parts = (f"{kind} {new:,} to write, {old:,} to remove" for kind, (new, old) in said.items())
    return "; ".join(parts) or "nothing"
