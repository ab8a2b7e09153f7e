"""Which entities a paper proposes itself, and the sentence that says so."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.cues import CALLED, OWN, PROPOSE, STOPS_PROPOSING
from kg.extract.mentions import Group
from kg.model import Span

# Measured on annotation/train.jsonl without every tenth line, papers that mark what they propose:
# of the entities that the rule names, (right + 1) / (all + 2).
PRECISION: dict[str, float] = {
    "title": 0.858,
    "propose, called": 0.853,
    "we propose": 0.639,
    "our": 0.551,
}
"""How often each rule is right."""


class Proposal(NamedTuple):
    """That an entity is the paper's own, by which rule and in which sentence."""

    entity: str
    rule: str
    sentence: Span

    @property
    def confidence(self) -> float:
        """The precision of the rule."""
        return PRECISION[self.rule]


def find_proposals(
    text: str, sentences: Sequence[Span], groups: Sequence[Group]
) -> dict[str, Proposal]:
    """Return the best proposal of each entity that has one."""
    best: dict[str, Proposal] = {}
    for proposal in _proposals(text, sentences, groups):
        known = best.get(proposal.entity)
        if known is None or known.confidence < proposal.confidence:
            best[proposal.entity] = proposal
    return best


def _proposals(text: str, sentences: Sequence[Span], groups: Sequence[Group]) -> Iterator[Proposal]:
    places = sorted((span, group.id) for group in groups for span in group.spans)
    for sentence in sentences:
        inside = [place for place in places if sentence.start <= place[0].start < sentence.end]
        cue = PROPOSE.search(text, sentence.start, sentence.end)
        for span, entity in inside:
            if span.start == 0 and text.startswith((":", " :"), span.end):
                yield Proposal(entity, "title", sentence)
            if OWN.search(text, sentence.start, span.start):
                yield Proposal(entity, "our", sentence)
            if not cue or span.start < cue.end():
                continue
            if CALLED.search(text, cue.end(), span.start):
                yield Proposal(entity, "propose, called", sentence)
            elif not STOPS_PROPOSING.search(text, cue.end(), span.start):
                yield Proposal(entity, "we propose", sentence)
