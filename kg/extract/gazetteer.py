"""Names of the lexicon in a text: the longest at each place, as far as keys let spelling vary."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg import ids
from kg.lexicon import Lexicon
from kg.model import EntityType, Span

_PIECE = re.compile(r"[^\W\d_]+|\d+|[+#*]+")
_GAP = re.compile(r"[-\s‐-–_/.'’^]{0,2}")
CACHE = 65536
"""Spellings whose types are remembered."""


class Gazetteer:
    """Finds the lexicon's names.

    The folded pieces of each form propose stretches of a text, and the key of a stretch decides.
    A one-word form with capitals ("SAM", "Adam") is found only as it is written.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._forms: dict[tuple[str, ...], list[tuple[str, EntityType]]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in lexicon.entries:
            for form in entry.forms:
                pieces = _pieces(form)
                self._forms.setdefault(pieces, []).append((form, entry.type))
                lengths.setdefault(pieces[0], set()).add(len(pieces))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._types = lru_cache(CACHE)(self._types_of)

    def find(self, text: str) -> Iterator[tuple[Span, EntityType]]:
        """Yield the longest known name at each place, once for each type that it may have."""
        pieces = list(_PIECE.finditer(text))
        folded = [_fold(piece[0]) for piece in pieces]
        free_from = 0
        for first, piece in enumerate(pieces):
            if piece.start() < free_from:
                continue
            for length in self._lengths.get(folded[first], ()):
                stretch = pieces[first : first + length]
                if tuple(folded[first : first + length]) not in self._forms:
                    continue
                span = Span(piece.start(), stretch[-1].end())
                types = self._types(span.of(text)) if is_whole(text, span) else ()
                if types:
                    yield from ((span, entity_type) for entity_type in types)
                    free_from = span.end
                    break

    def _types_of(self, surface: str) -> tuple[EntityType, ...]:
        """Return the types that the lexicon knows this spelling by."""
        if not all(map(_GAP.fullmatch, _PIECE.split(surface))):
            return ()
        key = ids.key(surface)
        forms = self._forms[_pieces(surface)]
        types = {kind for form, kind in forms if ids.key(form) == key and _spells(form, surface)}
        return tuple(sorted(types))


def is_whole(text: str, span: Span) -> bool:
    """Say whether no word goes on before or after the span.

    >>> is_whole("SAC2", Span(0, 3)), is_whole("(SAC)", Span(1, 4))
    (False, True)
    """
    before = text[max(0, span.start - 1) : span.start]
    return not any(c.isalnum() or c == "_" for c in before + text[span.end : span.end + 1])


def _pieces(form: str) -> tuple[str, ...]:
    return tuple(_fold(piece) for piece in _PIECE.findall(form)) or ("",)


def _fold(piece: str) -> str:
    """Return the piece without case and, roughly, without plural."""
    low = piece.casefold()
    if len(low) > 3 and low.endswith("ies"):
        return low[:-3] + "y"
    return low.rstrip("s") or low


def _spells(form: str, surface: str) -> bool:
    """Say whether the surface may be the form: one word with capitals is written in one way."""
    several_words = any(char.isspace() or char == "-" for char in form)
    return form.islower() or several_words or surface in (form, form + "s")
