"""Extraction over many papers, in this process or in several; the result is always the same."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from kg.errors import ExtractError
from kg.extract.extractor import Extractor, load_extractor
from kg.model import Extraction, Paper

CHUNK = 16
"""Papers that a process takes at a time."""

_own: list[Extractor] = []
"""The extractor of a worker process, built once when it starts."""


class Workers:
    """A context that extracts with a model in as many processes as asked for.

    >>> from kg.extract import Workers
    >>> with Workers("rules", workers=1) as workers:  # doctest: +SKIP
    ...     extractions = workers.extract(papers)
    """

    def __init__(self, model: str, workers: int = 1) -> None:
        self.extractor = load_extractor(model)
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1:
            self._pool = ProcessPoolExecutor(
                workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start,
                initargs=(model,),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def extract(self, papers: Sequence[Paper]) -> list[Extraction]:
        """Return one extraction a paper, in the order of the papers."""
        return self._finish(self._begin(papers))

    def extract_batches(self, batches: Iterable[Sequence[Paper]]) -> Iterator[list[Extraction]]:
        """Yield the extractions of each batch, while the next one is under way."""
        under_way: deque[Iterator[Extraction]] = deque()
        for papers in batches:
            under_way.append(self._begin(papers))
            if len(under_way) > 1:
                yield self._finish(under_way.popleft())
        while under_way:
            yield self._finish(under_way.popleft())

    def _begin(self, papers: Sequence[Paper]) -> Iterator[Extraction]:
        if not self._pool:
            return map(self.extractor, papers)
        return self._pool.map(_extract, papers, chunksize=CHUNK)

    def _finish(self, extractions: Iterator[Extraction]) -> list[Extraction]:
        try:
            return list(extractions)
        except BrokenProcessPool as error:
            raise ExtractError(
                "a worker process died (out of memory?): run again with fewer workers"
            ) from error


def _start(model: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    _own.append(load_extractor(model))


def _extract(paper: Paper) -> Extraction:
    return _own[0](paper)
