"""Short forms that a paper defines: "long form (LF)", after Schwartz and Hearst (2003)."""

import re
from typing import NamedTuple

from kg.model import Span


class Abbreviation(NamedTuple):
    """A short form and what it stands for, where the paper defines it."""

    long: Span
    short: Span


_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"(?=.*[A-Z])[^\W_][\w.+/*^$\-]{0,14}")
_WORD = re.compile(r"[^\s\-–/(),;:]+")
_LAST_WORD = re.compile(r"(\S+)\s+$")
_CLAUSE_BORDER = re.compile(r"[,;:()\n]|[.!?]\s")
SMALL_WORDS = frozenset({"a", "an", "and", "as", "by", "for", "from", "in", "of", "on", "the", "to",
                         "via", "with"})  # fmt: skip
"""Words whose initial a short form may leave out."""


def find_abbreviations(text: str) -> list[Abbreviation]:
    """Return the pairs that the text defines, in its order.

    >>> text = "We train a graph neural network (GNN) with SGD (stochastic gradient descent)."
    >>> [(a.long.of(text), a.short.of(text)) for a in find_abbreviations(text)]
    [('graph neural network', 'GNN'), ('stochastic gradient descent', 'SGD')]
    """
    found = []
    for bracket in _BRACKET.finditer(text):
        inner = re.split(r"[,;]|\bor\b", bracket[1])[0].rstrip()
        span = Span(bracket.start(1), bracket.start(1) + len(inner))
        if _SHORT.fullmatch(inner):
            long = _long_before(text, bracket.start(), inner)
            if long:
                found.append(Abbreviation(long, span))
            continue
        short = _LAST_WORD.search(text, max(0, bracket.start() - 20), bracket.start())
        spelled = short and _SHORT.fullmatch(short[1])
        if short and spelled and _initials(_WORD.findall(inner), short[1]) == 0:
            found.append(Abbreviation(span, Span(*short.span(1))))
    return found


def _long_before(text: str, bracket: int, short: str) -> Span | None:
    """Return the long form that ends before the bracket, None where the letters do not fit."""
    end = len(text[:bracket].rstrip())
    letters = sum(char.isalnum() for char in short)
    window = text[max(0, end - 120) : end]
    border = list(_CLAUSE_BORDER.finditer(window))
    offset = end - len(window) + (border[-1].end() if border else 0)
    words = list(_WORD.finditer(text, offset, end))
    words = words[-min(letters + 5, letters * 2) :]
    if not words:
        return None
    first = _initials([word[0] for word in words], short)
    if first is not None:
        return Span(words[first].start(), end)
    return _subsequence(text, words[0].start(), end, short)


def _initials(words: list[str], short: str) -> int | None:
    """Return the index of the word from which the initials of all words spell the short form."""
    letters = [char for char in short.casefold() if char.isalnum()]
    if letters and letters[-1] == "s" and short[-1] == "s" and len(letters) > 2:
        letters.pop()
    at = len(letters) - 1
    for index in range(len(words) - 1, -1, -1):
        word = words[index].casefold()
        if at >= 0 and word.startswith(letters[at]):
            at -= 1
        elif word not in SMALL_WORDS:
            return None
        if at < 0:
            return index
    return None


def _subsequence(text: str, start: int, end: int, short: str) -> Span | None:
    """Return the shortest stretch that has the letters in order, the first one opening a word."""
    at = end
    letters = [char for char in short.casefold() if char.isalnum()]
    for left, char in zip(range(len(letters) - 1, -1, -1), reversed(letters), strict=True):
        at -= 1
        while at >= start and not (
            text[at].casefold() == char and (left or not text[at - 1 : at].isalnum())
        ):
            at -= 1
        if at < start:
            return None
    long = text[at:end]
    enough = len(long) > len(short) and short not in long.split()
    return Span(at, end) if enough else None
