"""Resolution: which entity a paper's entity is, and by which rule each form came to it.

In this order: the paper's own definition (a long form binds its abbreviation in that paper only),
the lexicon, and for a bare short form the long form that nearly all defining papers agree on; then
names that differ only in where their words are parted are one.
Entities are never united through a short form.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg import ids
from kg.lexicon import Lexicon
from kg.model import EntityType, Extraction, PaperEntity

AGREEMENT = 0.8
DEFINING_PAPERS = 2
SAME = "same name"
_SHORT = re.compile(r"(?=.*[A-Z].*[A-Z0-9])[^\s-]{1,10}")

key = lru_cache(maxsize=1 << 17)(ids.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What a paper's entity is.

    ``rule`` says by which rule it has another name's key, ``by`` the key of the form to which the
    rule was applied, or '' where it holds for all.
    """

    type: EntityType
    key: str
    rule: str
    by: str = ""

    def rule_of(self, form: str) -> str:
        """Say by which rule the form belongs here."""
        if key(form) == self.key:
            return SAME
        if self.rule != "own name" and self.by in ("", key(form)):
            return self.rule
        return "abbreviation" if is_short(form) else "coreference"


def is_short(form: str) -> bool:
    """Say whether a form looks like an abbreviation: one word with capitals.

    >>> [is_short(form) for form in ("PPO", "ResNet", "GNNs", "transformer", "Go-Explore")]
    [True, True, True, False, False]
    """
    return _SHORT.fullmatch(form) is not None


class Names:
    """Says of each paper's entity which entity it is, once all extractions are known."""

    def __init__(self, extractions: Iterable[Extraction], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._defined: defaultdict[tuple[EntityType, str], Counter[str]] = defaultdict(Counter)
        found = list(extractions)
        for extraction in found:
            for entity in extraction.entities:
                self._note_definitions(entity)
        self._spacing: defaultdict[tuple[EntityType, str], set[str]] = defaultdict(set)
        for extraction in found:
            for entity in extraction.entities:
                self._note_spacing(entity)

    def _note_spacing(self, entity: PaperEntity) -> None:
        sense = self._sense(entity)
        keys = self._spacing[sense.type, ids.compact(sense.key)]
        keys.add(sense.key)

    def _note_definitions(self, entity: PaperEntity) -> None:
        long = _long_forms(entity)
        if long:
            sense = self.named(entity.type, long)
            for short in {key(form) for form in entity.forms if is_short(form)} - {sense.key, ""}:
                self._defined[entity.type, short][sense.key] += 1

    def sense(self, entity: PaperEntity) -> Sense:
        """Return what the entity is; its key is empty where its forms have none."""
        sense = self._sense(entity)
        alike = self._spacing.get((sense.type, ids.compact(sense.key)), ())
        if len(alike) > 1 and sense.key != (chosen := min(alike, key=_most_words)):
            return Sense(type=sense.type, key=chosen, rule="spacing", by=sense.key)
        return sense

    def _sense(self, entity: PaperEntity) -> Sense:
        long = _long_forms(entity)
        if long:
            return self.named(entity.type, long)
        sense = self.named(entity.type, sorted(entity.forms, key=lambda f: (-len(f), f)))
        if sense.rule == "own name" and (agreed := self._agreed(entity.type, sense.key)):
            rule = "definition in other papers"
            return Sense(type=entity.type, key=agreed, rule=rule, by=sense.key)
        return sense

    def named(self, entity_type: EntityType, forms: list[str]) -> Sense:
        """Return what these forms name by themselves: by the lexicon, else by the first's key."""
        for form in forms:
            name = self._lexicon.name(entity_type, key(form))
            if name is not None:
                return Sense(type=entity_type, key=key(name), rule="lexicon", by=key(form))
        own = key(forms[0]) if forms else ""
        return Sense(type=entity_type, key=own, rule="own name")

    def _agreed(self, entity_type: EntityType, short: str) -> str:
        defined = self._defined.get((entity_type, short))
        if not defined or defined.total() < DEFINING_PAPERS:
            return ""
        best = min(defined, key=lambda one: (-defined[one], one))
        return best if defined[best] >= AGREEMENT * defined.total() else ""


def _most_words(one: str) -> tuple[int, str]:
    """Order keys that differ in spacing alone, the one with the most words first."""
    return -one.count("-"), one


def _long_forms(entity: PaperEntity) -> list[str]:
    """Return the forms that are no abbreviations, the longest first."""
    return sorted((f for f in entity.forms if not is_short(f)), key=lambda f: (-len(f), f))
