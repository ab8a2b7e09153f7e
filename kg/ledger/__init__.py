"""The ledger: what was read and what was extracted, paper by paper, in one SQLite file.

It is the truth from which all else is rebuilt. Each method that writes is one transaction, safe
against ``kill -9``; readers are never blocked by the one writer.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from kg.ids import digest, key
from kg.ledger.database import Database
from kg.model import Extraction, Paper, Reject
from kg.record import NOTHING, to_findings, with_paper

BATCH = 500
AT_ONCE = 128
"""Papers that are extracted between two transactions: what a kill may cost."""

_CURRENT = "extraction e ON e.paper = p.id AND e.text_digest = p.text_digest"


class Outcome(StrEnum):
    """What became of a paper that was put into the ledger."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OUTDONE = "outdone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """How much the ledger holds; ``extractors`` counts papers by the digest of their extractor."""

    papers: int
    pending: int
    rejects: int
    extractors: dict[str, int]
    unfinished: bool


class Ledger(Database):
    """An open ledger; a context manager. LedgerError where its file fails."""

    def begin_ingest(self, sources: Iterable[str], *, contents: str = "") -> int:
        """Return the number of a new ingest, or of the one of these contents that was broken off.

        What an earlier ingest rejected from these sources is taken back.
        """
        number = int(self.recall("ingest") or 0)
        with self._transaction():
            if self.recall("reading") != f"reading {contents}":
                number += 1
            self.remember("ingest", str(number))
            self.remember("reading", f"reading {contents}")
            self._db.executemany("DELETE FROM reject WHERE source = ?", [(s,) for s in sources])
        return number

    def end_ingest(self) -> None:
        """Note that all files were read to their ends."""
        self.remember("reading", "")

    def put_papers(
        self, papers: Iterable[Paper], rejects: Iterable[Reject], *, ingest: int
    ) -> list[Outcome]:
        """Put a batch; return what became of each paper.

        Of two texts under one id in one ingest the longer one stays, then that of the least digest,
        so that the order of files does not matter; a later ingest replaces what an earlier one
        brought, unless the title is another one too. What gives way is noted as a reject.
        """
        with self._transaction():
            self._add_rejects(rejects)
            return [self._put(paper, ingest) for paper in papers]

    def _put(self, paper: Paper, ingest: int) -> Outcome:
        row = self._db.execute(
            "SELECT digest, ingest, known_as, body FROM paper WHERE id = ?", (paper.id,)
        ).fetchone()
        body = _json(asdict(paper))
        new = digest(body)
        if row is None:
            self._write_paper(paper, body, ingest, known_as="")
            return Outcome.NEW
        old_digest, old_ingest, known_as, old_body = row
        old = _paper(old_body)
        known_as = known_as if old_ingest == ingest else key(old.title)
        if new == old_digest:
            self._write_paper(paper, body, ingest, known_as)
            return Outcome.UNCHANGED
        if known_as and key(paper.title) != known_as:
            self._give_way(paper, f"has another title in the ledger: {old.title!r}")
            return Outcome.REFUSED
        if old_ingest == ingest and _rank(old, old_digest) <= _rank(paper, new):
            return self._outdo(paper, by=old)
        self._write_paper(paper, body, ingest, known_as)
        if old_ingest == ingest:
            return self._outdo(old, by=paper)
        return Outcome.UNCHANGED if old.text == paper.text else Outcome.CHANGED

    def _outdo(self, paper: Paper, *, by: Paper) -> Outcome:
        if paper.text == by.text:
            return Outcome.UNCHANGED
        alike = key(paper.title) == key(by.title)
        why = f"comes with two texts: {by.text[:60]!r} was taken, not {paper.text[:60]!r}"
        self._give_way(paper, why if alike else f"{why}; if these are two papers, rename a file")
        return Outcome.OUTDONE

    def _give_way(self, paper: Paper, why: str) -> None:
        self._add_rejects([Reject(source=paper.source, line=0, reason=f"{paper.id} {why}")])

    def _write_paper(self, paper: Paper, body: str, ingest: int, known_as: str) -> None:
        row = (paper.id, _text_digest(paper), digest(body), ingest, known_as, body)
        self._db.execute("INSERT OR REPLACE INTO paper VALUES (?, ?, ?, ?, ?, ?)", row)

    def _add_rejects(self, rejects: Iterable[Reject]) -> None:
        rows = [(r.source, r.line, r.reason) for r in rejects]
        self._db.executemany("INSERT OR IGNORE INTO reject VALUES (?, ?, ?)", rows)

    def pending(self, extractor: str = "") -> Iterator[list[Paper]]:
        """Yield batches of papers whose present text has no extraction (by that extractor)."""
        where, last = ("e.extractor = ?" if extractor else "? = ''"), ""
        query = (
            f"SELECT p.id, p.body FROM paper p LEFT JOIN {_CURRENT} AND {where}"  # noqa: S608
            " WHERE e.paper IS NULL AND p.id > ? ORDER BY p.id LIMIT ?"
        )
        while True:
            with self._one_line_errors():
                rows = self._db.execute(query, (extractor, last, AT_ONCE)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [_paper(body) for _, body in rows]

    def put_extractions(self, extractions: Iterable[Extraction]) -> None:
        """Keep a batch; each takes the place of the paper's earlier one."""
        with self._transaction():
            rows = map(_extraction_row, extractions)
            self._db.executemany("INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?, ?)", rows)

    def extractions(self) -> Iterator[Extraction]:
        """Yield all papers with their present extraction, by id; one still to be read is empty."""
        query = f"SELECT p.body, e.body FROM paper p LEFT JOIN {_CURRENT} ORDER BY p.id"  # noqa: S608
        with self._one_line_errors():
            for paper_body, body in self._db.execute(query):
                paper = replace(_paper(paper_body), own_id="")
                yield with_paper(paper, json.loads(body) if body else NOTHING)

    def rejects(self) -> list[Reject]:
        """Return what could not be used, by source and line."""
        with self._one_line_errors():
            rows = self._db.execute("SELECT * FROM reject ORDER BY source, line, reason")
            return [Reject(source=s, line=n, reason=why) for s, n, why in rows]

    def digest(self) -> str:
        """Return the digest of all papers and extractions; equal contents give equal digests."""
        query = f"SELECT p.id, p.digest, e.digest FROM paper p LEFT JOIN {_CURRENT} ORDER BY p.id"  # noqa: S608
        with self._one_line_errors():
            return digest(*(part or "" for row in self._db.execute(query) for part in row))

    def state(self) -> LedgerState:
        """Count what is there."""
        query = f"SELECT e.extractor, count(*) FROM paper p LEFT JOIN {_CURRENT} GROUP BY 1"  # noqa: S608
        with self._one_line_errors():
            by_extractor = dict(self._db.execute(query))
            (rejects,) = self._db.execute("SELECT count(*) FROM reject").fetchone()
        pending = by_extractor.pop(None, 0)
        return LedgerState(
            papers=pending + sum(by_extractor.values()),
            pending=pending,
            rejects=rejects,
            extractors=dict(sorted(by_extractor.items())),
            unfinished=bool(self.recall("reading")),
        )


def _rank(paper: Paper, paper_digest: str) -> tuple[int, str, str]:
    """Order the texts of one id in one ingest, the one that stays first."""
    return -len(paper.text), _text_digest(paper), paper_digest


def _text_digest(paper: Paper) -> str:
    return digest(paper.title, paper.abstract)


def _extraction_row(extraction: Extraction) -> tuple[str, ...]:
    body, paper = _json(to_findings(extraction)), extraction.paper
    return paper.id, _text_digest(paper), extraction.extractor, digest(body), body


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _paper(body: str) -> Paper:
    fields = json.loads(body)
    return Paper(**{**fields, "ids": tuple(fields["ids"]), "authors": tuple(fields["authors"])})
