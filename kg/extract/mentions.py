"""The mentions of a text: what all rules find, made one: one type a surface, marked everywhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import ids
from kg.extract.abbreviations import Abbreviation
from kg.extract.gazetteer import Gazetteer, is_whole
from kg.extract.names import find_names
from kg.extract.terms import find_terms
from kg.model import EntityType, Span

# Measured on annotation/train.jsonl without every tenth line: of the mentions that the rule is the
# surest to find, the share (right + 1) / (all + 2) with annotated start, end and type.
PRECISION: dict[str, float] = {
    "we propose": 0.923,
    "called": 0.893,
    "lexicon": 0.797,
    "title": 0.778,
    "data": 0.768,
    "capitals, data": 0.735,
    "hyphened": 0.613,
    "mixed case": 0.573,
    "tested": 0.531,
    "head": 0.481,
    "capitals, tested": 0.476,
    "capitals": 0.427,
    "numbered": 0.396,
}
"""How often the mentions of each rule are right."""

_URL = re.compile(r"https?://\S+|www\.\S+")


class Find(NamedTuple):
    """What one rule says of one stretch."""

    span: Span
    type: EntityType
    rule: str


class Group(NamedTuple):
    """The spellings of one entity of a paper, and where they stand."""

    id: str
    type: EntityType
    name: str
    forms: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str

    @property
    def confidence(self) -> float:
        """The precision of the surest rule that found it."""
        return PRECISION[self.rule]


def find_mentions(
    text: str, title_end: int, abbreviations: Iterable[Abbreviation], gazetteer: Gazetteer
) -> list[Group]:
    """Return the entities of a text in the order of their first mentions."""
    same = _Same(text, abbreviations)
    finds: dict[str, list[Find]] = defaultdict(list)
    for find in _finds(text, title_end, gazetteer):
        key = same.key(find.span.of(text))
        in_both = find.span.start < title_end < find.span.end
        if key and not in_both:
            finds[key].append(find)
    surfaces = {
        surface: key
        for key, found in finds.items()
        for surface in same.surfaces[key] | {find.span.of(text) for find in found}
    }
    counts: Counter[EntityType] = Counter()
    groups = []
    for key, spans in sorted(_mark(text, surfaces).items(), key=lambda item: item[1]):
        kind = _type(finds[key])
        counts[kind] += 1
        rule = max((find.rule for find in finds[key]), key=PRECISION.__getitem__)
        groups.append(_group(text, f"{kind[0].lower()}{counts[kind]}", kind, spans, rule))
    return groups


def _group(text: str, name: str, kind: EntityType, spans: Sequence[Span], rule: str) -> Group:
    # Of equally long forms the one in small letters first: a title's capitals say nothing.
    forms = sorted({span.of(text) for span in spans}, key=lambda f: (-len(f), f.swapcase()))
    return Group(name, kind, forms[0], tuple(forms), tuple(spans), rule)


def _type(finds: Iterable[Find]) -> EntityType:
    """Return the type that most of the finds speak for, each as loud as it is sure."""
    votes: Counter[EntityType] = Counter()
    for find in finds:
        votes[find.type] += round(1000 * PRECISION[find.rule])
    return max(EntityType, key=votes.__getitem__)


def _finds(text: str, title_end: int, gazetteer: Gazetteer) -> Iterator[Find]:
    for span, kind in gazetteer.find(text):
        yield Find(span, kind, "lexicon")
    for span, kind, rule in find_names(text, title_end):
        yield Find(span, kind, rule)
    for span, kind in find_terms(text):
        yield Find(span, kind, "head")


class _Same:
    """Which surfaces are one entity: by key, and by the paper's own abbreviations."""

    def __init__(self, text: str, abbreviations: Iterable[Abbreviation]) -> None:
        self._long: dict[str, str] = {}
        self.surfaces: dict[str, set[str]] = defaultdict(set)
        for long, short in abbreviations:
            long_key = ids.key(long.of(text))
            if self._long.setdefault(ids.key(short.of(text)), long_key) == long_key:
                self.surfaces[long_key] |= {long.of(text), short.of(text)}

    def key(self, surface: str) -> str:
        """Return the key of the entity that the surface stands for."""
        key = ids.key(surface)
        return self._long.get(key, key)


def _mark(text: str, groups: Mapping[str, str]) -> dict[str, list[Span]]:
    """Return where the surfaces of each group stand: longer ones first, whole, in no URL."""
    taken = bytearray(len(text))
    for url in _URL.finditer(text):
        taken[url.start() : url.end()] = b"\1" * len(url[0])
    found: dict[str, list[Span]] = defaultdict(list)
    for surface in sorted(groups, key=lambda surface: (-len(surface), surface)):
        start = text.find(surface)
        while start >= 0:
            span = Span(start, start + len(surface))
            if not any(taken[span.start : span.end]) and is_whole(text, span):
                taken[span.start : span.end] = b"\1" * len(surface)
                found[groups[surface]].append(span)
            start = text.find(surface, start + 1)
    return {group: sorted(spans) for group, spans in found.items()}
