"""Files → ledger → store: read, extract what is new, assemble and load."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import KgError
from kg.extract import Workers, check_model, load_extractor
from kg.files import write_whole
from kg.ids import digest
from kg.ledger import Ledger, Outcome
from kg.pipeline.folder import GraphFolder
from kg.pipeline.intake import (
    Progress,
    check_mirror,
    check_records,
    forget_what_is_gone,
    take_papers,
    take_records,
)
from kg.pipeline.store import Say, StoreChoice, bring_up_to_date
from kg.read import open_inputs

FEW = 5_000
"""Up to so many papers, starting processes costs more than it gains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest; what is None is chosen, or stays as the folder has it.

    ``records`` takes the files as extraction records; ``mirror`` forgets what is gone from them,
    more than a fifth of it only with ``yes``; ``infer`` adds what follows from the claims.
    """

    model: str = "rules"
    claim_threshold: float | None = None
    workers: int | None = None
    reextract: bool = False
    records: bool = False
    mirror: bool = False
    yes: bool = False
    infer: bool | None = None
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
    forgotten: int
    broken: tuple[str, ...]
    notes: tuple[str, ...] = ()


def ingest(
    folder: GraphFolder,
    paths: Sequence[Path],
    options: IngestOptions,
    *,
    progress: Progress,
    say: Say,
) -> IngestSummary:
    """Take the files into the folder's graph; what was finished before a kill is not done again.

    All files and the store are looked at first: where one cannot be used, nothing is done.
    """
    check_model(options.model)
    if not paths:
        folder.open().__exit__()
    inputs = open_inputs(paths)
    if options.mirror:
        check_mirror(inputs)
    if options.records:
        check_records(inputs)
    StoreChoice().changed(options.store, options.database if options.store else None)
    with folder.writing(), Ledger(folder.ledger, create=True) as ledger:
        choice = StoreChoice.recall(ledger).changed(options.store, options.database)
        store = choice.open(folder)
        store.exists()
        choice.remember(ledger)
        if options.claim_threshold is not None:
            ledger.remember("claim_threshold", str(options.claim_threshold))
        if options.infer is not None:
            ledger.remember("infer", "yes" if options.infer else "")
        contents = digest(*sorted(source.digest() for source in inputs))
        ledger.begin_run({source.name for source in inputs}, contents=contents)
        if options.records:
            extractor = load_extractor(options.model)
            taken = take_records(ledger, inputs, extractor.digest, progress)
            ledger.remember("extractor_threshold", str(extractor.claim_threshold))
        else:
            taken = take_papers(ledger, inputs, progress)
        extracted = _extract(ledger, options, progress)
        ledger.end_reading()
        refused, forgotten = None, 0
        if options.mirror:
            try:
                forgotten = forget_what_is_gone(ledger, inputs, taken, yes=options.yes, say=say)
            except KgError as error:
                refused = error
        _write_rejects(folder, ledger)
        progress("assemble", 0, None)
        done = bring_up_to_date(folder, ledger, store)
    if refused:
        raise refused
    counts = taken.counts
    return IngestSummary(
        read=taken.read,
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        title_only=counts["title only"],
        rejected=counts["rejected"] + counts[Outcome.OUTDONE] + counts[Outcome.REFUSED],
        extracted=extracted,
        forgotten=forgotten,
        broken=tuple(taken.broken),
        notes=tuple(done.notes),
    )


def _extract(ledger: Ledger, options: IngestOptions, progress: Progress) -> int:
    state = ledger.state()
    wanted = state.papers if options.reextract else state.pending
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
