"""Relations by cue words: within a sentence, and to the paper's own entity across two."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kg import ids, schema
from kg.extract.cues import BETWEEN, FAVOURED, FRAMES, HEDGE, MASK, NEGATION, Between
from kg.extract.mentions import Group
from kg.extract.proposals import Proposal
from kg.model import EntityType, Relation, RelationType, Span

# Measured on annotation/train.jsonl without every tenth line, on which the thresholds are chosen:
# of the rule's relations whose ends both stand for annotated entities, (right + 1) / (all + 2),
# right as tools/score.py counts. "far" is a frame whose own entity stands in another sentence.
TRUTH: dict[str, float] = {
    "SUBTASK_OF: such as": 0.950,
    "SUBTASK_OF: is a": 0.929,
    "USED_FOR: own, for": 0.918,
    "USED_FOR: in": 0.905,
    "EVALUATED_ON: own, evaluate": 0.904,
    "USED_FOR: own, any": 0.903,
    "BENCHMARK_FOR: own, any": 0.898,
    "EVALUATED_ON: own, any": 0.893,
    "BENCHMARK_FOR: task benchmark": 0.881,
    "USED_FOR: to solve": 0.874,
    "USED_FOR: task using": 0.866,
    "USED_FOR: for": 0.862,
    "BENCHMARK_FOR: for": 0.844,
    "USED_FOR: applied to": 0.826,
    "EVALUATED_ON: evaluated on": 0.826,
    "USED_FOR: to": 0.802,
    "EVALUATED_ON: on": 0.781,
    "USED_FOR: own, problem": 0.778,
    "SUBCLASS_OF: such as": 0.772,
    "COMPARED_WITH: outperforms": 0.738,
    "EVALUATED_ON: on data": 0.736,
    "BENCHMARK_FOR: task on data": 0.727,
    "COMPARED_WITH: own, outperforms": 0.673,
    "COMPARED_WITH: compared with": 0.667,
    "USED_FOR: own, problem, far": 0.667,
    "EVALUATED_ON: own, evaluate, far": 0.639,
    "EVALUATED_ON: own, any, far": 0.636,
    "PART_OF: own, with": 0.630,
    "SUBCLASS_OF: called": 0.600,
    "SUBCLASS_OF: variant of": 0.593,
    "COMPARED_WITH: better than": 0.589,
    "SUBTASK_OF: last words": 0.582,
    "SUBCLASS_OF: is a": 0.574,
    "TRAINED_ON: trained on": 0.571,
    "USED_FOR: own, for, far": 0.554,
    "PART_OF: based on": 0.550,
    "USED_FOR: own, any, far": 0.524,
    "PART_OF: own, uses": 0.495,
    "COMPARED_WITH: own, outperforms, far": 0.490,
    "SUBCLASS_OF: last words": 0.486,
    "PART_OF: uses": 0.465,
    "TRAINED_ON: own, train": 0.455,
    "PART_OF: own, any": 0.435,
    "COMPARED_WITH: own, compare": 0.427,
    "BENCHMARK_FOR: own, any, far": 0.425,
    "PART_OF: -based": 0.400,
    "SUBTASK_OF: in": 0.398,
    "PART_OF: with": 0.392,
    "PART_OF: own, with, far": 0.367,
    "PART_OF: own, uses, far": 0.350,
    "PART_OF: into": 0.320,
    "TRAINED_ON: own, train, far": 0.278,
    "PART_OF: own, any, far": 0.275,
    "SUBCLASS_OF: own, extends": 0.264,
    "COMPARED_WITH: own, compare, far": 0.211,
    "SUBCLASS_OF: own, extends, far": 0.103,
}
"""How often each rule is right where its mentions are."""

LEAST = 0.05
"""Candidates that are no surer are left out."""
FARTHEST = 160
"""Characters between two mentions at most."""
WIDEST = 400
"""Characters before a mention that are searched for the words of a frame."""


class Place(NamedTuple):
    """One mention, with its entity and the number of its sentence."""

    span: Span
    entity: str
    type: EntityType
    sentence: int
    confidence: float


class Candidate(NamedTuple):
    """A relation that a rule sees between two mentions."""

    rule: str
    relation: RelationType
    head: Place
    tail: Place

    @property
    def confidence(self) -> float:
        """How often the rule is right, times how often the mentions are."""
        truth = TRUTH.get(self.rule, 0.0)
        return round(truth * self.head.confidence * self.tail.confidence, 3)


def _by_types() -> dict[tuple[EntityType, EntityType], list[Between]]:
    found: dict[tuple[EntityType, EntityType], list[Between]] = defaultdict(list)
    for between in BETWEEN:
        for head, tail in schema.SIGNATURES[between.relation]:
            found[(head, tail) if between.head_first else (tail, head)].append(between)
    return dict(found)


_BY_TYPES = _by_types()


def find_relations(
    text: str,
    sentences: Sequence[Span],
    groups: Sequence[Group],
    proposals: Mapping[str, Proposal],
) -> tuple[Relation, ...]:
    """Return the relations, each once, by the rule that is surest of it."""
    best: dict[tuple[str, ...], Candidate] = {}
    for candidate in find_candidates(text, sentences, groups, proposals):
        ends = (candidate.head.entity, candidate.tail.entity)
        if candidate.relation in schema.SYMMETRIC:
            ends = (min(ends), max(ends))
        fact = (*ends, candidate.relation)
        known = best[fact].confidence if fact in best else LEAST
        if known < candidate.confidence:
            best[fact] = candidate
    return tuple(_relation(text, sentences, best[fact]) for fact in sorted(best))


def find_candidates(
    text: str,
    sentences: Sequence[Span],
    groups: Sequence[Group],
    proposals: Mapping[str, Proposal],
) -> Iterator[Candidate]:
    """Yield what each rule sees."""
    places = _places(sentences, groups)
    own = [place for place in places if place.entity in proposals]
    for number, sentence in enumerate(sentences):
        inside = [place for place in places if place.sentence == number]
        for left, right in combinations(inside, 2):
            if left.entity != right.entity:
                yield from _between(text, inside, left, right)
        for place in inside:
            start = max(sentence.start, place.span.start - WIDEST)
            yield from _frames(text[start : place.span.start], place, own)
    yield from _heads(groups, places)


def _places(sentences: Sequence[Span], groups: Sequence[Group]) -> list[Place]:
    places = []
    for group in groups:
        for span in group.spans:
            number = max(n for n, sentence in enumerate(sentences) if sentence.start <= span.start)
            places.append(Place(span, group.id, group.type, number, group.confidence))
    return sorted(places)


def _between(text: str, inside: Sequence[Place], left: Place, right: Place) -> Iterator[Candidate]:
    """Yield the relations that the words between two mentions tell."""
    patterns = _BY_TYPES.get((left.type, right.type), [])
    if not patterns or right.span.start - left.span.end > FARTHEST:
        return
    words = _masked(text, left.span.end, right.span.start, inside)
    for between in patterns:
        if between.pattern.fullmatch(words):
            head, tail = (left, right) if between.head_first else (right, left)
            yield Candidate(between.rule, between.relation, head, tail)


def _masked(text: str, start: int, end: int, inside: Sequence[Place]) -> str:
    """Return the stretch with a mask for each mention in it."""
    parts = []
    for place in inside:
        if start <= place.span.start and place.span.end <= end:
            parts.append(text[start : place.span.start] + MASK)
            start = place.span.end
    parts.append(text[start:end])
    return "".join(parts)


def _frames(before: str, place: Place, own: Sequence[Place]) -> Iterator[Candidate]:
    """Yield the relations of a mention to the paper's own entities."""
    nearest: dict[str, Place] = {}
    for other in own:
        known = nearest.get(other.entity)
        if known is None or _distance(place, other) < _distance(place, known):
            nearest[other.entity] = other
    nearest.pop(place.entity, None)
    for frame in FRAMES:
        if not frame.cue.search(before):
            continue
        for other in nearest.values():
            head, tail = (other, place) if frame.own_is_head else (place, other)
            if schema.fits(head.type, frame.relation, tail.type):
                rule = frame.rule + ("" if other.sentence == place.sentence else ", far")
                yield Candidate(rule, frame.relation, head, tail)


def _distance(one: Place, other: Place) -> tuple[int, int]:
    return abs(one.sentence - other.sentence), abs(one.span.start - other.span.start)


_SPECIAL = {
    EntityType.METHOD: RelationType.SUBCLASS_OF,
    EntityType.DATASET: RelationType.SUBCLASS_OF,
    EntityType.TASK: RelationType.SUBTASK_OF,
}


def _heads(groups: Sequence[Group], places: Sequence[Place]) -> Iterator[Candidate]:
    """Yield special and general where one name ends with the other: "deep learning", "learning"."""
    keys = [(group, ids.key(group.name)) for group in groups]
    for special, long in keys:
        for general, short in keys:
            if special.type == general.type and long.endswith("-" + short):
                relation = _SPECIAL[special.type]
                head = next(place for place in places if place.entity == special.id)
                tail = min(
                    (place for place in places if place.entity == general.id),
                    key=lambda place: _distance(head, place),
                )
                yield Candidate(f"{relation}: last words", relation, head, tail)


_CLAUSE = re.compile(r"[,;:]\s")


def _relation(text: str, sentences: Sequence[Span], candidate: Candidate) -> Relation:
    """Return the candidate as a relation of the record."""
    head, tail = candidate.head, candidate.tail
    numbers = sorted({head.sentence, tail.sentence})
    last = sentences[numbers[-1]]
    first, second = sorted((head.span, tail.span))
    start = last.start
    if len(numbers) == 1:
        start = max([start, *(c.end() for c in _CLAUSE.finditer(text, start, first.start))])
    words = text[start : second.end]
    rule = candidate.rule.replace("own, ", "").removesuffix(", far")
    return Relation(
        head=head.entity,
        type=candidate.relation,
        tail=tail.entity,
        confidence=candidate.confidence,
        head_span=head.span,
        tail_span=tail.span,
        sentences=tuple(sentences[number] for number in numbers),
        negated=bool(NEGATION.search(words)),
        hedged=bool(HEDGE.search(words)),
        favoured="subject" if rule in FAVOURED else "",
    )
