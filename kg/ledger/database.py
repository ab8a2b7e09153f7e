"""The ledger's file: opened, made, held to one version; transactions and one-line errors."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from kg.errors import LedgerError

_PAPERS_AND_EXTRACTIONS = """
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
# paper.since is the run that wrote the body, other_record whether it came with the record of
# another extractor than the present one
_RUNS_AND_THE_PAST = """
ALTER TABLE paper RENAME COLUMN ingest TO run;
ALTER TABLE paper ADD COLUMN since INTEGER NOT NULL DEFAULT 1;
ALTER TABLE paper ADD COLUMN other_record INTEGER NOT NULL DEFAULT 0;
ALTER TABLE extraction ADD COLUMN since INTEGER NOT NULL DEFAULT 1;
UPDATE meta SET name = 'run' WHERE name = 'ingest';
CREATE TABLE run (number INTEGER PRIMARY KEY, at TEXT NOT NULL, settings TEXT NOT NULL) STRICT;
CREATE TABLE origin (               -- which sources bring a paper, and in which run each last did
    paper TEXT, source TEXT, run INTEGER NOT NULL, PRIMARY KEY (paper, source)
) STRICT;
INSERT INTO origin SELECT id, json_extract(body, '$.source'), run FROM paper;
CREATE TABLE past_paper (           -- what stood at the end of the runs since <= n < until
    id TEXT NOT NULL, text_digest TEXT NOT NULL, body TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL
) STRICT;
CREATE TABLE past_extraction (
    paper TEXT NOT NULL, text_digest TEXT NOT NULL, body TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL
) STRICT;
CREATE INDEX past_paper_id ON past_paper (id);
CREATE INDEX past_extraction_paper ON past_extraction (paper);
"""
_MIGRATIONS = (_PAPERS_AND_EXTRACTIONS, _RUNS_AND_THE_PAST)
"""What leads from each version to the next; a new ledger begins at version 0."""
VERSION = len(_MIGRATIONS)


class Database:
    """An open SQLite file with the ledger's tables; a context manager."""

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

    def __enter__(self) -> Self:
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
        if 0 < version < VERSION:
            self._copy(self.path.with_suffix(f".v{version}.sqlite"))
        if version < VERSION:
            self._migrate()

    def _copy(self, to: Path) -> None:
        """Keep the older version as it was."""
        with closing(sqlite3.connect(to)) as copy:
            self._db.backup(copy)

    def _migrate(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        for migration in _MIGRATIONS[version:]:
            for statement in migration.split(";\n"):
                self._db.execute(statement)
        if version == 0:
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


def _advice(error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return f"{text}; free some space and run the same command again: what was finished is kept"
    if "locked" in text:
        return f"{text}: another process writes; try again when it is done"
    if "not a database" in text or "malformed" in text:
        return f"{text}; restore it from a copy, or move it away and ingest again"
    return text
