"""What people decide about a graph: corrections, and papers that are to be forgotten."""

from dataclasses import replace

from filelock import FileLock

from kg.corrections import HEADER, Correction, State
from kg.errors import KgError, UsageError
from kg.files import write_whole
from kg.model import Paper
from kg.pipeline.assembly import Settings
from kg.pipeline.folder import GraphFolder
from kg.pipeline.store import Say, StoreChoice, bring_up_to_date, fresh_store, load_made
from kg.query.find import find_ids


def correct(folder: GraphFolder, correction: Correction, *, say: Say) -> None:
    """Append a line to the folder's corrections if it holds, and bring the store up to date.

    UsageError if it is faulty, KgError if it is stale or in conflict; then nothing is written.
    """
    if correction.fault:
        raise UsageError(correction.fault)
    with folder.open() as ledger, FileLock(folder.path / "corrections.lock"):
        settings = Settings.of(folder, ledger)
        tried = replace(settings, corrections=(*settings.corrections, correction))
        wanted = tried.digest(ledger)
        found = tried.assemble(ledger)
        outcome = found.outcomes[-1]
        if outcome.state != State.APPLIED:
            raise KgError(f"nothing is corrected: {outcome.why}")
        append_correction(folder, correction)
        store = StoreChoice.recall(ledger).open(folder)
        with FileLock(folder.path / "store.lock"):
            done = load_made(ledger, store, tried, wanted, found)
    for note in done.notes:
        say(note)


def append_correction(folder: GraphFolder, correction: Correction) -> None:
    """Add a line to the folder's corrections."""
    before = _text(folder) or f"{HEADER}\n"
    end = "" if before.endswith("\n") else "\n"
    write_whole(folder.corrections, [before, end, f"{correction}\n"])


def drop_last_correction(folder: GraphFolder) -> None:
    """Take the last line of the folder's corrections away."""
    write_whole(folder.corrections, _text(folder).splitlines(keepends=True)[:-1])


def _text(folder: GraphFolder) -> str:
    return folder.corrections.read_text("utf-8") if folder.corrections.is_file() else ""


def next_line(folder: GraphFolder) -> int:
    """Return the number that the next line of the folder's corrections will have."""
    return max(len(_text(folder).splitlines()), 1) + 1


def forget(folder: GraphFolder, name: str, *, say: Say) -> list[Paper]:
    """Remove a paper, all its records, and all that only it said, from every run; return them.

    QueryError where no paper is named so.
    """
    with folder.writing():
        store = fresh_store(folder, say=say)
        (one, *others) = find_ids(store, "paper", name)
        if others:
            raise UsageError(f"{name!r} is the title of several papers: {one}, {', '.join(others)}")
        known = store.read("MATCH (p:Paper) WHERE p.id = $id RETURN p.ids AS ids", {"id": one})
        with folder.open() as ledger:
            papers = ledger.papers_called([one, *known[0]["ids"]])
            ledger.begin_run((), contents=f"forget {one}")
            ledger.forget([paper.id for paper in papers])
            ledger.end_reading()
            for note in bring_up_to_date(folder, ledger, store).notes:
                say(note)
    for copy in sorted(folder.path.glob("ledger.v*.sqlite")):
        say(f"{copy} is a copy from before an update and still has it: remove it")
    return papers
