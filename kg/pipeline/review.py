"""A walk through what a person should look at; each answer is kept at once."""

import json
from dataclasses import replace

from kg.corrections import make_correction
from kg.ledger import Ledger
from kg.pipeline.assembly import Settings
from kg.pipeline.curate import append_correction, drop_last_correction, next_line
from kg.pipeline.folder import GraphFolder
from kg.review import Suggestion, suggest

LEAST = 0.05
"""Claims of less confidence are not worth a question."""


class Review:
    """The suggestions that are open, and the answers given; ``undo`` takes back the last."""

    def __init__(self, folder: GraphFolder, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger
        self._answered: list[str] = json.loads(ledger.recall("reviewed") or "[]")
        self._given: list[tuple[Suggestion, bool]] = []
        settings = Settings.of(folder, ledger)
        everything = replace(settings, claim_threshold=min(LEAST, settings.claim_threshold))
        self.open = suggest(
            everything.assemble(ledger).graph, settings.claim_threshold, answered=self._answered
        )

    def answer(self, suggestion: Suggestion, *, yes: bool) -> None:
        """Keep an answer: as a correction where it makes one."""
        columns = suggestion.yes if yes else suggestion.no
        if columns:
            columns = {**columns, "note": "reviewed"}
            append_correction(self._folder, make_correction(columns, next_line(self._folder)))
        self._answered.append(suggestion.id)
        self._given.append((suggestion, bool(columns)))
        self._remember()

    def undo(self) -> Suggestion | None:
        """Take back the last answer of this walk, and return what it was about."""
        if not self._given:
            return None
        suggestion, written = self._given.pop()
        if written:
            drop_last_correction(self._folder)
        self._answered.remove(suggestion.id)
        self._remember()
        return suggestion

    def _remember(self) -> None:
        self._ledger.remember("reviewed", json.dumps(self._answered))
