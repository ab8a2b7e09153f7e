"""The ledger: what was read and what was extracted, paper by paper, in one SQLite file.

It is the truth from which all else is rebuilt. Each method that writes is one transaction, safe
against ``kill -9``; readers are never blocked by the one writer.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from kg.ids import digest, key
from kg.ledger.history import History, Run, paper_from
from kg.model import Extraction, Paper, Reject
from kg.record import to_findings

BATCH = 500
AT_ONCE = 128
"""Papers that are extracted between two transactions: what a kill may cost."""

__all__ = ["AT_ONCE", "BATCH", "Ledger", "LedgerState", "Outcome", "Run"]

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


class Ledger(History):
    """An open ledger; a context manager. LedgerError where its file fails."""

    def put_papers(self, papers: Iterable[Paper], rejects: Iterable[Reject] = ()) -> list[Outcome]:
        """Put a batch of the run under way; return what became of each paper.

        Of two texts under one id in one run that one stays which came without the record of another
        extractor, then the longer one, then that of the least digest, so that the order of files
        does not matter; a later run replaces what an earlier one brought, unless the title is
        another one too. What gives way is noted as a reject.
        """
        with self._transaction():
            run = self.run
            self._add_rejects(rejects)
            return [self._put(paper, run, other_record=False) for paper in papers]

    def put_records(
        self, records: Iterable[Extraction], rejects: Iterable[Reject] = (), *, extractor: str
    ) -> list[Outcome]:
        """Put papers with what was extracted from them elsewhere; return what became of each.

        Of two records of one text in one run that of this extractor stays, then that of the least
        digest.
        """
        with self._transaction():
            run = self.run
            self._add_rejects(rejects)
            outcomes = []
            for new in records:
                other = new.extractor != extractor
                outcomes.append(self._put(new.paper, run, other_record=other))
                self._put_record(new, run, extractor)
            return outcomes

    def _put_record(self, new: Extraction, run: int, extractor: str) -> None:
        """Keep a record if its text stands, and no better record of it came in this run."""
        row = self._db.execute(
            "SELECT e.extractor, e.digest, e.since FROM paper p LEFT JOIN extraction e "
            "ON e.paper = p.id AND e.text_digest = p.text_digest "
            "WHERE p.id = ? AND p.text_digest = ?",
            (new.paper.id, _text_digest(new.paper)),
        ).fetchone()
        if row is None:
            return
        old_extractor, old_digest, since = row
        rank = new.extractor != extractor, digest(_json(to_findings(new)))
        if since != run or rank < (old_extractor != extractor, old_digest):
            self._write_extraction(new, run)

    def _put(self, paper: Paper, run: int, *, other_record: bool) -> Outcome:
        row = self._db.execute(
            "SELECT digest, run, known_as, body, other_record FROM paper WHERE id = ?", (paper.id,)
        ).fetchone()
        self._db.execute(
            "INSERT OR REPLACE INTO origin VALUES (?, ?, ?)", (paper.id, paper.source, run)
        )
        body = _json(asdict(paper))
        new = _Standing(paper, digest(body), other_record)
        if row is None:
            self._write_paper(new, body, run, known_as="")
            return Outcome.NEW
        old_digest, old_run, known_as, old_body, old_other = row
        old = _Standing(paper_from(old_body), old_digest, bool(old_other))
        same_run = old_run == run
        known_as = known_as if same_run else key(old.paper.title)
        if new.digest == old.digest:
            kept = min(new, old, key=_rank) if same_run else new
            self._write_paper(kept, body, run, known_as)
            return Outcome.UNCHANGED
        if known_as and key(paper.title) != known_as:
            self._give_way(paper, f"has another title in the ledger: {old.paper.title!r}")
            return Outcome.REFUSED
        if same_run and _rank(old) <= _rank(new):
            return self._outdo(paper, by=old.paper)
        self._write_paper(new, body, run, known_as)
        if same_run:
            return self._outdo(old.paper, by=paper)
        return Outcome.UNCHANGED if old.paper.text == paper.text else Outcome.CHANGED

    def _outdo(self, paper: Paper, *, by: Paper) -> Outcome:
        if paper.text == by.text:
            return Outcome.UNCHANGED
        alike = key(paper.title) == key(by.title)
        why = f"comes with two texts: {by.text[:60]!r} was taken, not {paper.text[:60]!r}"
        self._give_way(paper, why if alike else f"{why}; if these are two papers, rename a file")
        return Outcome.OUTDONE

    def _give_way(self, paper: Paper, why: str) -> None:
        self._add_rejects([Reject(source=paper.source, line=0, reason=f"{paper.id} {why}")])

    def _write_paper(self, new: "_Standing", body: str, run: int, known_as: str) -> None:
        one = new.paper.id
        self._keep_past("paper", one, new.digest, run)
        self._db.execute(
            "INSERT INTO paper (id, text_digest, digest, run, known_as, body, since, other_record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "since = CASE digest WHEN excluded.digest THEN since ELSE excluded.since END, "
            "text_digest = excluded.text_digest, digest = excluded.digest, run = excluded.run, "
            "known_as = excluded.known_as, body = excluded.body, "
            "other_record = excluded.other_record",
            (one, _text_digest(new.paper), new.digest, run, known_as, body, run, new.other_record),
        )

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
            yield [paper_from(body) for _, body in rows]

    def put_extractions(self, extractions: Iterable[Extraction]) -> None:
        """Keep a batch; each takes the place of the paper's earlier one."""
        with self._transaction():
            run = self.run
            for extraction in extractions:
                self._write_extraction(extraction, run)

    def _write_extraction(self, extraction: Extraction, run: int) -> None:
        body, paper = _json(to_findings(extraction)), extraction.paper
        found = digest(body)
        row = paper.id, _text_digest(paper), extraction.extractor, found, body, run
        self._keep_past("extraction", paper.id, found, run)
        self._db.execute(
            "INSERT INTO extraction (paper, text_digest, extractor, digest, body, since) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (paper) DO UPDATE SET "
            "since = CASE digest WHEN excluded.digest THEN since ELSE excluded.since END, "
            "text_digest = excluded.text_digest, extractor = excluded.extractor, "
            "digest = excluded.digest, body = excluded.body",
            row,
        )

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

    def input_digest(self) -> str:
        """Return the digest of all papers; what was found in them does not count."""
        with self._one_line_errors():
            return digest(*(d for (d,) in self._db.execute("SELECT digest FROM paper ORDER BY id")))

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


@dataclass(frozen=True, slots=True)
class _Standing:
    paper: Paper
    digest: str
    other_record: bool


def _rank(one: _Standing) -> tuple[bool, int, str, str]:
    """Order the texts of one id in one run, the one that stays first."""
    return one.other_record, -len(one.paper.text), _text_digest(one.paper), one.digest


def _text_digest(paper: Paper) -> str:
    return digest(paper.title, paper.abstract)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
