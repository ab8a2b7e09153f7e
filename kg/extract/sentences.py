"""Where the sentences of a text begin and end; the title is one of its own."""

import re
from itertools import pairwise

from kg.extract.words import FUNCTION_WORDS
from kg.model import Span

ABBREVIATIONS = (
    "al", "approx", "ca", "cf", "dr", "e.g", "eg", "eq", "eqs", "etc", "fig", "figs", "i.e", "ie",
    "incl", "no", "nos", "prof", "ref", "refs", "resp", "sec", "st", "tab", "viz", "vs", "w.r.t",
    "wrt",
)  # fmt: skip
"""What a dot may follow without an end of the sentence, in lower case."""

_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s)")
_ABBREVIATED = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, ABBREVIATIONS))})$", re.I)
_INITIAL = re.compile(r"(?<![\w.])[A-Z]$")
_NEXT = re.compile(r"\S+")
LOOK_BACK = 8
"""Characters before a dot that tell whether it ends an abbreviation."""


def split_sentences(text: str, title_end: int) -> list[Span]:
    r"""Return the sentences without the white space around them.

    >>> text = "A study\nWe test, e.g. on X. It gains 3.5 points vs. Y."
    >>> [span.of(text) for span in split_sentences(text, 7)]
    ['A study', 'We test, e.g. on X.', 'It gains 3.5 points vs. Y.']
    """
    borders = [0, title_end]
    for mark in _END.finditer(text, title_end):
        if _closes(text, mark.start(), mark.end()):
            borders.append(mark.end())
    borders.append(len(text))
    found = []
    for start, end in pairwise(borders):
        stretch = text[start:end]
        inner = stretch.strip()
        if inner:
            first = start + len(stretch) - len(stretch.lstrip())
            found.append(Span(first, first + len(inner)))
    return found


def _closes(text: str, mark: int, end: int) -> bool:
    """Say whether the mark there closes a sentence: no abbreviation, no small letter after it."""
    after = _NEXT.search(text, end)
    if after is None:
        return True
    before = text[max(0, mark - LOOK_BACK) : mark]
    if text[mark] == "." and _ABBREVIATED.search(before):
        return False
    if text[mark] == "." and _INITIAL.search(before):
        return after[0].casefold() in FUNCTION_WORDS
    return not after[0][0].islower()
