"""Agreement of extraction records with annotated abstracts: precision, recall and F1.

A mention counts where start, end and type agree. An entity of a record stands for that annotated
entity of its type with which it shares most mentions, and a relation counts where both ends stand
for the right ones; negated and hedged relations are not counted.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from kg import schema
from kg.errors import ReadError
from kg.model import EntityType

Json = dict[str, Any]
Place = tuple[int, int, str]
"""Start, end and type of a mention."""

SAMPLES = 1000
"""Resamplings of the papers, from which the 95 % interval of F1 is read."""
LOW, HIGH = 25, 974

_URL = re.compile(r"https?://\S+|www\.\S+")
_NOTHING: Json = {"mentions": [], "entities": [], "relations": []}


class Tally(NamedTuple):
    """What agrees, what only the record says, what only the annotation says."""

    right: int
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Percentages for one kind of thing, the interval of F1, and how many the annotation has."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All figures by name, over so many papers."""

    papers: int
    without_record: int
    figures: Mapping[str, Figure]

    def to_json(self) -> Json:
        """Return the scores as one flat object."""
        found: Json = {"papers": self.papers, "without a record": self.without_record}
        for name, figure in self.figures.items():
            found[name] = {
                "p": figure.precision,
                "r": figure.recall,
                "f1": figure.f1,
                "low": figure.low,
                "high": figure.high,
                "gold": figure.gold,
            }
        return found


def evaluate(gold: Iterable[Json], records: Iterable[Json]) -> Scores:
    """Score the records against annotated papers; a paper without a record is all missed.

    ReadError says where a paper has two records, or a record another text than the annotation.
    """
    papers = list(gold)
    by_id: dict[str, Json] = {}
    for record in records:
        if by_id.setdefault(str(record["id"]), record) is not record:
            raise ReadError(f"{record['id']}: two records of one paper: leave one out")
    tallies = [_compare(paper, by_id.get(str(paper["id"]))) for paper in papers]
    names = sorted({name for tally in tallies for name in tally})
    if not any(entity.get("proposed") for paper in papers for entity in paper.get("entities", [])):
        names = [name for name in names if name != "proposed"]
    samples = _samples(len(papers))
    return Scores(
        papers=len(papers),
        without_record=sum(str(paper["id"]) not in by_id for paper in papers),
        figures={
            name: _figure([tally.get(name, Tally(0, 0, 0)) for tally in tallies], samples)
            for name in names
        },
    )


def format_scores(scores: Scores) -> str:
    """Return the scores as a table for the eye."""
    lines = [f"{scores.papers} papers, {scores.without_record} without a record", ""]
    lines.append(f"{'':24} {'P':>5} {'R':>5} {'F1':>5}  {'95 %':^13} {'gold':>6}")
    for name, figure in scores.figures.items():
        share = f"{figure.precision:5.1f} {figure.recall:5.1f} {figure.f1:5.1f}"
        interval = f"[{figure.low:4.1f}, {figure.high:4.1f}]"
        lines.append(f"{name:24} {share}  {interval:^13} {figure.gold:6}")
    return "\n".join(lines)


def _compare(paper: Json, record: Json | None) -> dict[str, Tally]:
    """Return the tallies of one paper by name."""
    text = f"{paper['title']}\n{paper['abstract']}"
    try:
        if record is not None and record["text"] != text:
            raise ReadError(f"{paper['id']}: the record's text is not the annotation's")
        sides = _sides(paper, record or _NOTHING, text)
    except KeyError as error:
        raise ReadError(f"{paper['id']}: record or annotation lacks {error}") from error
    return {
        name: Tally(len(want & said), len(said - want), len(want - said))
        for name, (want, said) in sides.items()
    }


Sides = dict[str, tuple[set[Any], set[Any]]]
"""By name, what the annotation has and what the record says."""


def _sides(paper: Json, record: Json, text: str) -> Sides:
    said = {_place(mention) for mention in record["mentions"]}
    sides: Sides = {}
    if "entities" in paper:
        places = _annotated(text, paper["entities"])
        want = set(places)
        sides |= _entity_sides(paper, record, places)
    else:
        want = {_place(mention) for mention in paper["mentions"]}
    sides["mention"] = (want, said)
    sides["span"] = ({place[:2] for place in want}, {place[:2] for place in said})
    for kind in map(str, EntityType):
        sides[f"mention {kind}"] = (
            {place for place in want if place[2] == kind},
            {place for place in said if place[2] == kind},
        )
    return sides


def _place(mention: Json) -> Place:
    return mention["start"], mention["end"], mention["type"]


def _annotated(text: str, entities: list[Json]) -> dict[Place, int]:
    """Return the places of the annotated forms, each with the number of its entity.

    A form is marked wherever it stands as whole words, longer forms first, and in no URL.
    """
    free = bytearray(b"\1" * len(text))
    for url in _URL.finditer(text):
        free[url.start() : url.end()] = bytes(len(url[0]))
    forms = [(form, number) for number, entity in enumerate(entities) for form in entity["forms"]]
    found: dict[Place, int] = {}
    for form, number in sorted(forms, key=lambda item: (-len(item[0]), item[1])):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = match.span()
            if all(free[start:end]):
                free[start:end] = bytes(end - start)
                found[start, end, entities[number]["type"]] = number
    return found


def _entity_sides(paper: Json, record: Json, places: dict[Place, int]) -> Sides:
    """Return the sides of relations, coreference and proposed flags."""
    spoken: dict[Hashable, set[Place]] = defaultdict(set)
    for mention in record["mentions"]:
        spoken[mention["entity"]].add(_place(mention))
    annotated: dict[Hashable, set[Place]] = defaultdict(set)
    for place, number in places.items():
        annotated[number].add(place)
    stands = _stands(record["mentions"], places)
    proposed = {
        number
        for number, entity in enumerate(paper["entities"])
        if entity.get("proposed") and number in annotated
    }
    hits = {_place(mention) for mention in record["mentions"]} & set(places)
    want, said = _gold_facts(paper, annotated), _said_facts(record, stands)
    sides: Sides = {
        "relation": (want, said),
        "coref": (_pairs(annotated.values(), hits), _pairs(spoken.values(), hits)),
        "proposed": (
            proposed,
            {stands.get(e["id"], ("?", e["id"])) for e in record["entities"] if e.get("proposed")},
        ),
    }
    for kind in {fact[0] for fact in want | said}:
        sides[f"relation {kind}"] = (
            {fact for fact in want if fact[0] == kind},
            {fact for fact in said if fact[0] == kind},
        )
    return sides


def _stands(mentions: list[Json], places: dict[Place, int]) -> dict[str, Hashable]:
    """Return for entities of the record the annotated one that each shares most mentions with."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for mention in mentions:
        number = places.get(_place(mention))
        if number is not None:
            votes[mention["entity"]][number] += 1
    return {
        entity: min(counts, key=lambda number: (-counts[number], number))
        for entity, counts in votes.items()
    }


Fact = tuple[str, Hashable]
"""A kind of relation and its ends: in order, or as a set where there is no direction."""


def _fact(kind: str, head: Hashable, tail: Hashable) -> Fact:
    symmetric = kind in map(str, schema.SYMMETRIC)
    return kind, frozenset({head, tail}) if symmetric else (head, tail)


def _gold_facts(paper: Json, visible: Collection[Hashable]) -> set[Fact]:
    numbers = {entity["name"]: number for number, entity in enumerate(paper["entities"])}
    ends = [(r["type"], numbers[r["head"]], numbers[r["tail"]]) for r in paper["relations"]]
    return {
        _fact(kind, head, tail) for kind, head, tail in ends if head in visible and tail in visible
    }


def _said_facts(record: Json, stands: Mapping[str, Hashable]) -> set[Fact]:
    """Return the relations of a record; an end that stands for nothing stands for itself."""
    return {
        _fact(r["type"], *(stands.get(r[end], ("?", r[end])) for end in ("head", "tail")))
        for r in record["relations"]
        if not r.get("negated") and not r.get("hedged")
    }


def _pairs(entities: Collection[set[Place]], hits: set[Place]) -> set[tuple[Place, Place]]:
    """Return the pairs of agreeing mentions that are one entity."""
    return {pair for places in entities for pair in combinations(sorted(places & hits), 2)}


def _samples(papers: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return how often each sample holds each paper; the same ones every time."""
    draw = random.Random(0)  # noqa: S311 - statistics, no secret
    counts = np.zeros((SAMPLES, papers), dtype=np.int64)
    for sample in counts:
        for _ in range(papers):
            sample[draw.randrange(papers)] += 1
    return counts


def _figure(
    tallies: list[Tally], samples: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> Figure:
    """Return the figure of all papers, with the interval over the samples."""
    right, wrong, missed = (sum(column) for column in zip(*tallies, strict=True))
    drawn = (samples @ np.array(tallies, dtype=np.int64)).tolist()
    spread = sorted(_f1(Tally(*sums)) for sums in drawn)
    return Figure(
        precision=round(100 * (right / max(1, right + wrong)), 1),
        recall=round(100 * (right / max(1, right + missed)), 1),
        f1=_f1(Tally(right, wrong, missed)),
        low=spread[LOW],
        high=spread[HIGH],
        gold=right + missed,
    )


def _f1(tally: Tally) -> float:
    return round(200 * tally.right / max(1, 2 * tally.right + tally.wrong + tally.missed), 1)
