"""The ledger: what was read and what was extracted, paper by paper, in one SQLite file.

It is the truth from which all else is rebuilt. Each method that writes is one transaction, safe
against ``kill -9``; readers are never blocked by the one writer.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from kg.errors import LedgerError
from kg.ids import digest, key
from kg.model import Extraction, Paper, Reject
from kg.record import NOTHING, to_findings, with_paper

VERSION = 1
BATCH = 500

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE paper (
    id TEXT PRIMARY KEY,
    text_digest TEXT NOT NULL,   -- of title and abstract
    digest TEXT NOT NULL,        -- of the whole body
    ingest INTEGER NOT NULL,     -- the ingest that last brought it
    known_as TEXT NOT NULL,      -- key of the title that it had before that ingest, or empty
    body TEXT NOT NULL
) STRICT;
CREATE TABLE extraction (
    paper TEXT PRIMARY KEY REFERENCES paper (id),
    text_digest TEXT NOT NULL,
    extractor TEXT NOT NULL,
    digest TEXT NOT NULL,        -- of the body
    body TEXT NOT NULL
) STRICT;
CREATE TABLE reject (source TEXT, line INTEGER, reason TEXT, UNIQUE (source, line, reason)) STRICT;
CREATE INDEX paper_state ON paper (id, text_digest, digest);
CREATE INDEX extraction_state ON extraction (paper, text_digest, extractor, digest);
"""
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


class Ledger:
    """An open ledger; a context manager."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file, or make it where ``create`` says so; LedgerError where that fails."""
        self.path = path
        if not create and not path.is_file():
            raise LedgerError(f"{path}: no ledger here")
        with self._one_line_errors():
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise LedgerError(
                f"{self.path}: written by a newer kg (ledger version {version}, this kg knows "
                f"{VERSION}); update kg"
            )
        if version == VERSION:
            return
        self._db.execute("BEGIN IMMEDIATE")
        if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES.split(";\n"):
                self._db.execute(statement)
            self.remember("graph", secrets.token_hex(8))
            self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._db.execute("COMMIT")

    @contextmanager
    def _one_line_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(f"{self.path}: {_advice(error)}") from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._one_line_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def recall(self, name: str) -> str:
        """Return the note of that name, or ''."""
        with self._one_line_errors():
            row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Keep a note."""
        with self._one_line_errors():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @property
    def graph_id(self) -> str:
        """The id of this graph: made once, and copied with the folder."""
        return self.recall("graph")

    def begin_ingest(self, sources: Iterable[str]) -> int:
        """Return the number of a new ingest, or of the one that was broken off.

        What an earlier ingest rejected from these sources is taken back.
        """
        number = int(self.recall("ingest") or 0)
        with self._transaction():
            if not self.recall("reading"):
                number += 1
            self.remember("ingest", str(number))
            self.remember("reading", "yes")
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
        body = json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True)
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
        self._give_way(paper, "comes with two texts; the longer one was taken")
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
                rows = self._db.execute(query, (extractor, last, BATCH)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [_paper(body) for _, body in rows]

    def put_extractions(self, extractions: Iterable[Extraction]) -> None:
        """Keep a batch; each takes the place of the paper's earlier one."""
        with self._transaction():
            for extraction in extractions:
                body = json.dumps(to_findings(extraction), ensure_ascii=False, sort_keys=True)
                paper = extraction.paper
                row = (paper.id, _text_digest(paper), extraction.extractor, digest(body), body)
                self._db.execute("INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?, ?)", row)

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


def _paper(body: str) -> Paper:
    fields = json.loads(body)
    return Paper(**{**fields, "ids": tuple(fields["ids"]), "authors": tuple(fields["authors"])})


def _advice(error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return f"{text}; free some space and run the same command again: what was finished is kept"
    if "locked" in text:
        return f"{text}: another process writes; try again when it is done"
    if "not a database" in text or "malformed" in text:
        return f"{text}; restore it from a copy, or move it away and ingest again"
    return text
