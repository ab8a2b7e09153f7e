"""Runs, what stood at the end of each, where papers came from, and forgetting.

A run is one command that changes the graph. What a later run replaces is kept as past, so that the
papers and extractions of any run can be had again; what is forgotten is in no run any more.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kg.ledger.database import Database
from kg.model import Extraction, Paper
from kg.record import NOTHING, with_paper

_STANDING = """
WITH p AS (
    SELECT id, text_digest, body FROM paper WHERE since <= :run
    UNION ALL
    SELECT id, text_digest, body FROM past_paper WHERE since <= :run AND until > :run
), e AS (
    SELECT paper, text_digest, body FROM extraction WHERE since <= :run
    UNION ALL
    SELECT paper, text_digest, body FROM past_extraction WHERE since <= :run AND until > :run
)
SELECT p.body, e.body FROM p
LEFT JOIN e ON e.paper = p.id AND e.text_digest = p.text_digest ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that came to its end: when (UTC, ISO 8601), and with which settings, as JSON."""

    number: int
    at: str
    settings: str


class History(Database):
    """The part of the ledger that remembers."""

    @property
    def run(self) -> int:
        """The number of the run under way, or of the last one; 0 before the first."""
        return int(self.recall("run") or 0)

    def begin_run(self, sources: Iterable[str], *, contents: str) -> int:
        """Return the number of a new run, or of the one of these contents that was broken off.

        What an earlier run rejected from these sources is taken back.
        """
        number = self.run
        with self._transaction():
            if self.recall("reading") != f"reading {contents}":
                number += 1
            self.remember("run", str(number))
            self.remember("reading", f"reading {contents}")
            self._db.executemany("DELETE FROM reject WHERE source = ?", [(s,) for s in sources])
        return number

    def end_reading(self) -> None:
        """Note that all files were read to their ends."""
        self.remember("reading", "")

    def note_run(self, settings: str) -> None:
        """Note that the run's graph was made, with these settings; others make another run."""
        with self._transaction():
            noted = self._db.execute("SELECT settings FROM run WHERE number = ?", (self.run,))
            (known,) = noted.fetchone() or (None,)
            if known == settings:
                return
            if known is not None:
                self.remember("run", str(self.run + 1))
            row = (max(self.run, 1), datetime.now(UTC).isoformat(timespec="seconds"), settings)
            self.remember("run", str(row[0]))
            self._db.execute("INSERT INTO run VALUES (?, ?, ?)", row)

    def runs(self) -> list[Run]:
        """Return the runs that came to their ends, the first one first."""
        with self._one_line_errors():
            rows = self._db.execute("SELECT number, at, settings FROM run ORDER BY number")
            return [Run(*row) for row in rows]

    def extractions(self, *, run: int | None = None) -> Iterator[Extraction]:
        """Yield all papers with their extraction, by id; one still to be read is empty.

        As they stand now, or as they stood at the end of a run.
        """
        with self._one_line_errors():
            for paper_body, body in self._db.execute(_STANDING, {"run": run or self.run}):
                paper = replace(paper_from(paper_body), own_id="")
                yield with_paper(paper, json.loads(body) if body else NOTHING)

    def _keep_past(self, table: str, one: str, digest: str, run: int) -> None:
        """Keep a row of an earlier run that one with another digest is to replace."""
        key = "id" if table == "paper" else "paper"
        self._db.execute(
            f"INSERT INTO past_{table} SELECT {key}, text_digest, body, since, ? FROM {table} "  # noqa: S608
            f"WHERE {key} = ? AND digest <> ? AND since < ?",
            (run, one, digest, run),
        )

    def gone_from(self, sources: Collection[str]) -> tuple[list[Paper], int]:
        """Return the papers that only these sources brought and that this run did not find there.

        And how many papers the sources brought before.
        """
        marks = ",".join("?" * len(sources))
        with self._one_line_errors():
            (before,) = self._db.execute(
                f"SELECT count(DISTINCT o.paper) FROM origin o WHERE o.source IN ({marks}) AND "  # noqa: S608
                "(o.run < ? OR EXISTS (SELECT 1 FROM paper p WHERE p.id = o.paper "
                "AND p.since < ?))",
                (*sources, self.run, self.run),
            ).fetchone()
            rows = self._db.execute(
                f"SELECT body FROM paper p WHERE EXISTS (SELECT 1 FROM origin o WHERE "  # noqa: S608
                f"o.paper = p.id AND o.source IN ({marks}) AND o.run < ?) AND NOT EXISTS "
                f"(SELECT 1 FROM origin o WHERE o.paper = p.id AND NOT (o.source IN ({marks}) "
                "AND o.run < ?)) ORDER BY p.id",
                (*sources, self.run, *sources, self.run),
            )
            return [paper_from(body) for (body,) in rows], before

    def leave_sources(self, sources: Collection[str]) -> None:
        """Note that what this run did not find in these sources is not there any more."""
        rows = [(source, self.run) for source in sources]
        with self._transaction():
            self._db.executemany("DELETE FROM origin WHERE source = ? AND run < ?", rows)

    def papers_called(self, names: Collection[str]) -> list[Paper]:
        """Return the papers that go by any of these ids."""
        marks = ",".join("?" * len(names))
        query = (
            f"SELECT body FROM paper WHERE id IN ({marks}) OR EXISTS (SELECT 1 FROM "  # noqa: S608
            f"json_each(body, '$.ids') WHERE value IN ({marks})) ORDER BY id"
        )
        with self._one_line_errors():
            rows = self._db.execute(query, (*names, *names))
            return [paper_from(body) for (body,) in rows]

    def papers_since(self, date: str) -> set[str]:
        """Return the ids of the papers that came, or came anew, in a run of that date or later."""
        query = (
            "SELECT p.id FROM paper p JOIN run r ON r.number = "
            "(SELECT min(number) FROM run WHERE number >= p.since) WHERE r.at >= ?"
        )
        with self._one_line_errors():
            return {one for (one,) in self._db.execute(query, (date,))}

    def forget(self, ids: Sequence[str]) -> None:
        """Remove papers and all that was found in them, from every run, and from the file."""
        rows = [(one,) for one in ids]
        with self._one_line_errors():
            self._db.execute("PRAGMA secure_delete = ON")
        with self._transaction():
            for table in ("extraction", "past_extraction", "origin"):
                self._db.executemany(f"DELETE FROM {table} WHERE paper = ?", rows)  # noqa: S608
            for table in ("paper", "past_paper"):
                self._db.executemany(f"DELETE FROM {table} WHERE id = ?", rows)  # noqa: S608
            self._db.executemany("DELETE FROM reject WHERE instr(reason, ? || ' ') = 1", rows)
        with self._one_line_errors():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def paper_from(body: str) -> Paper:
    """Return the paper of a ledger's row."""
    fields = json.loads(body)
    return Paper(**{**fields, "ids": tuple(fields["ids"]), "authors": tuple(fields["authors"])})
