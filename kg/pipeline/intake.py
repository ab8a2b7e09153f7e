"""Files → ledger: papers, or records of what was found elsewhere; and what is gone from a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from kg.errors import KgError, ReadError, UsageError
from kg.ledger import BATCH, Ledger, Outcome
from kg.model import Extraction, Paper, Reject
from kg.read import Format, Input, read_papers, read_records

Item = TypeVar("Item")

SHARE = 0.2
"""Of a source's papers so many may be gone without a word of the user's."""
SHOWN = 20

Progress = Callable[[str, int, int | None], None]
"""Is told the stage, how many papers are done, and of how many where that is known."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of all that was read; ``broken`` says which files broke off, and why."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many papers were read."""
        return sum(self.counts[outcome] for outcome in Outcome)


def take_papers(ledger: Ledger, inputs: Sequence[Input], progress: Progress) -> Intake:
    """Put all papers of the files into the run under way."""
    taken = Intake()
    for batch in batches(_all_of(inputs, read_papers, taken)):
        papers = [one for one in batch if isinstance(one, Paper)]
        rejects = [one for one in batch if isinstance(one, Reject)]
        taken.counts.update(ledger.put_papers(papers, rejects))
        _count(taken, papers, rejects, progress)
    return taken


def take_records(
    ledger: Ledger, inputs: Sequence[Input], extractor: str, progress: Progress
) -> Intake:
    """Put all records of the files into the run under way; those of this extractor stand first."""
    taken = Intake()
    for batch in batches(_all_of(inputs, read_records, taken)):
        found = [one for one in batch if isinstance(one, Extraction)]
        rejects = [one for one in batch if isinstance(one, Reject)]
        taken.counts.update(ledger.put_records(found, rejects, extractor=extractor))
        _count(taken, [one.paper for one in found], rejects, progress)
    return taken


def _count(
    taken: Intake, papers: Sequence[Paper], rejects: Sequence[Reject], progress: Progress
) -> None:
    taken.counts["rejected"] += len(rejects)
    taken.counts["title only"] += sum(not paper.abstract.strip() for paper in papers)
    progress("read", taken.read, None)


def _all_of(
    inputs: Sequence[Input], read: Callable[[Input], Iterator[Item | Reject]], taken: Intake
) -> Iterator[Item | Reject]:
    """Yield all that the inputs hold; one that breaks off is noted, and the next is read."""
    for source in inputs:
        try:
            yield from read(source)
        except ReadError as error:
            taken.broken.append(str(error))
            yield Reject(source=source.name, line=0, reason=str(error))


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of a batch's length."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def check_records(inputs: Sequence[Input]) -> None:
    """Raise ReadError where a file cannot hold records."""
    for source in inputs:
        if source.format != Format.JSONL:
            raise ReadError(
                f"{source.name}: is {source.format} and holds no records; kg extract --all "
                "prints them"
            )


def check_mirror(inputs: Sequence[Input]) -> None:
    """Raise UsageError where what is read has no name to be known by next time."""
    if not inputs or any(source.name == "stdin" for source in inputs):
        raise UsageError("--mirror goes with files: standard input has no name to be known by")


def forget_what_is_gone(
    ledger: Ledger,
    inputs: Sequence[Input],
    taken: Intake,
    *,
    yes: bool,
    say: Callable[[str], None],
) -> int:
    """Forget the papers that only these files brought and that are not in them any more.

    They are shown first. KgError, and none is forgotten, where a file was not read to its end, or
    where they are more than SHARE of what the files brought and the user did not say yes.
    """
    names = {source.name for source in inputs}
    where = ", ".join(sorted(names))
    if taken.broken:
        raise KgError(f"nothing is forgotten: {taken.broken[0]}")
    gone, before = ledger.gone_from(names)
    for paper in gone[:SHOWN]:
        say(f"gone from {where}: {paper.id}  {paper.title}")
    if len(gone) > SHOWN:
        say(f"… and {len(gone) - SHOWN:,} more")
    if len(gone) > SHARE * before and not yes:
        raise KgError(
            f"{len(gone):,} of {before:,} papers are gone from {where}, more than a fifth: "
            "nothing is forgotten; say --yes to forget them"
        )
    ledger.leave_sources(names)
    ledger.forget([paper.id for paper in gone])
    return len(gone)
