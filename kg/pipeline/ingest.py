"""Files → ledger → store: read, extract what is new, assemble and load."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from kg.errors import ReadError
from kg.extract import Workers, check_model
from kg.files import write_whole
from kg.ids import digest
from kg.ledger import BATCH, Ledger, Outcome
from kg.model import Paper, Reject
from kg.pipeline.folder import GraphFolder
from kg.pipeline.store import StoreChoice, bring_up_to_date
from kg.read import Input, open_inputs, read_papers

FEW = 5_000
"""Up to so many papers, starting processes costs more than it gains."""

Progress = Callable[[str, int, int | None], None]
"""Is told the stage, how many papers are done, and of how many where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest; what is None is chosen, or stays as the folder has it."""

    model: str = "rules"
    claim_threshold: float | None = None
    workers: int | None = None
    reextract: bool = False
    store: str | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSummary:
    """What an ingest did; ``broken`` are files that could not be read to their ends.

    ``notes`` are what there is to say about the graph: corrections that do not hold, and the like.
    """

    read: int
    new: int
    changed: int
    unchanged: int
    title_only: int
    rejected: int
    extracted: int
    broken: tuple[str, ...]
    notes: tuple[str, ...] = ()


def ingest(
    folder: GraphFolder, paths: Sequence[Path], options: IngestOptions, progress: Progress
) -> IngestSummary:
    """Take the files into the folder's graph; what was finished before a kill is not done again.

    All files and the store are looked at first: where one cannot be used, nothing is done.
    """
    check_model(options.model)
    if not paths:
        folder.open().__exit__()
    inputs = open_inputs(paths)
    StoreChoice().changed(options.store, options.database if options.store else None)
    with folder.writing(), Ledger(folder.ledger, create=True) as ledger:
        choice = StoreChoice.recall(ledger).changed(options.store, options.database)
        store = choice.open(folder)
        store.exists()
        choice.remember(ledger)
        counts, broken = _read(ledger, inputs, progress)
        if not inputs:
            ledger.begin_run((), contents="--reextract")
        extracted = _extract(ledger, options, progress)
        ledger.end_reading()
        _write_rejects(folder, ledger)
        progress("assemble", 0, None)
        done = bring_up_to_date(folder, ledger, store)
    return IngestSummary(
        read=sum(counts[outcome] for outcome in Outcome),
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        title_only=counts["title only"],
        rejected=counts["rejected"] + counts[Outcome.OUTDONE] + counts[Outcome.REFUSED],
        extracted=extracted,
        broken=broken,
        notes=tuple(done.notes),
    )


def _read(
    ledger: Ledger, inputs: Sequence[Input], progress: Progress
) -> tuple[Counter[str], tuple[str, ...]]:
    if not inputs:
        return Counter(), ()
    counts: Counter[str] = Counter()
    broken: list[str] = []
    contents = digest(*sorted(source.digest() for source in inputs))
    ledger.begin_run({source.name for source in inputs}, contents=contents)
    for batch in batches(_all_papers(inputs, broken)):
        papers = [one for one in batch if isinstance(one, Paper)]
        rejects = [one for one in batch if isinstance(one, Reject)]
        counts.update(ledger.put_papers(papers, rejects))
        counts["rejected"] += len(rejects)
        counts["title only"] += sum(not paper.abstract.strip() for paper in papers)
        progress("read", sum(counts[outcome] for outcome in Outcome), None)
    ledger.end_reading()
    return counts, tuple(broken)


def _all_papers(inputs: Sequence[Input], broken: list[str]) -> Iterator[Paper | Reject]:
    """Yield all that the inputs hold; one that breaks off is noted, and the next is read."""
    for source in inputs:
        try:
            yield from read_papers(source)
        except ReadError as error:
            broken.append(str(error))
            yield Reject(source=source.name, line=0, reason=str(error))


def batches(items: Iterable[Paper | Reject]) -> Iterator[list[Paper | Reject]]:
    """Yield the items in lists of a batch's length."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _extract(ledger: Ledger, options: IngestOptions, progress: Progress) -> int:
    state = ledger.state()
    wanted = state.papers if options.reextract else state.pending
    if options.claim_threshold is not None:
        ledger.remember("claim_threshold", str(options.claim_threshold))
    if not wanted:
        return 0
    workers = options.workers or (1 if wanted <= FEW else os.cpu_count() or 1)
    done = 0
    with Workers(options.model, workers) as pool:
        ledger.remember("extractor_threshold", str(pool.extractor.claim_threshold))
        pending = ledger.pending(pool.extractor.digest if options.reextract else "")
        for extractions in pool.extract_batches(pending):
            ledger.put_extractions(extractions)
            done += len(extractions)
            progress("extract", done, wanted)
    return done


def _write_rejects(folder: GraphFolder, ledger: Ledger) -> None:
    """Write the rejects file anew, or remove it where nothing was rejected."""
    lines = [json.dumps(asdict(r), ensure_ascii=False) + "\n" for r in ledger.rejects()]
    if not lines:
        folder.rejects.unlink(missing_ok=True)
        return
    write_whole(folder.rejects, lines)
