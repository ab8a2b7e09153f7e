"""Terms by their head noun: "graph neural networks", "object detection"."""

import re
from collections.abc import Iterator

from kg.extract.words import (
    DROPPED_HEADS,
    EVALUATIVE_WORDS,
    FUNCTION_WORDS,
    HEADS,
    MODIFIERS_IN_ED,
    MODIFIERS_IN_ING,
    MODIFIERS_IN_LY,
    VERBS,
)
from kg.model import EntityType, Span

_WORD = re.compile(r"[^\s,;:.()\[\]\"“”?!]+(?:[./:][^\s,;:.()\[\]\"“”?!]+)*")
LONGEST = 5
"""Words of a term at most."""


def find_terms(text: str) -> Iterator[tuple[Span, EntityType]]:
    """Yield each term with its type.

    >>> text = "We improve few-shot image classification with graph neural networks."
    >>> [span.of(text) for span, _ in find_terms(text)]
    ['few-shot image classification', 'graph neural networks']
    """
    words = list(_WORD.finditer(text))
    for last, word in enumerate(words):
        low = word[0].casefold()
        kind = HEADS.get(low) or HEADS.get(low.rpartition("-")[2])
        if kind is None or _continues(text, words, last):
            continue
        first = _first(text, words, last)
        if first < last:
            yield Span(words[first].start(), word.end()), kind


def _continues(text: str, words: list[re.Match[str]], last: int) -> bool:
    """Say whether the next word is a head too, so that the term ends later."""
    if last + 1 == len(words) or not _joined(text, words[last], words[last + 1]):
        return False
    return words[last + 1][0].casefold() in HEADS


def _first(text: str, words: list[re.Match[str]], last: int) -> int:
    """Return the index of the word that opens the term which ends with the last one."""
    first = last
    while first > 0 and last - first < LONGEST - 1:
        before = words[first - 1]
        if not _joined(text, before, words[first]) or not _modifies(before[0].casefold()):
            break
        first -= 1
    while first < last and words[first][0].casefold() in EVALUATIVE_WORDS:
        first += 1
    return first


def _joined(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return text[left.end() : right.start()] == " "


def _modifies(word: str) -> bool:
    """Say whether the word may stand inside a term, before its head."""
    if word in FUNCTION_WORDS or word in VERBS or word in EVALUATIVE_WORDS:
        return False
    if word in DROPPED_HEADS or word.endswith(("'s", "’s")):
        return False
    if word.endswith("ly"):
        return word in MODIFIERS_IN_LY
    tail = word.rpartition("-")[2]
    if tail == word and word.endswith("ed"):
        return word in MODIFIERS_IN_ED
    if tail == word and word.endswith("ing"):
        return word in MODIFIERS_IN_ING
    return True
