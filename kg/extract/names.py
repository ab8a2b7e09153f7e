"""Coined names by their shape and their frame: "Go-Explore", "GPT-4", "Name: a title"."""

import re
from collections.abc import Iterator

from kg.extract.words import DATASET_WORDS, NO_NAMES
from kg.model import EntityType, Span

_TOKEN = re.compile(r"(?<![\w@/\\.])[^\W_](?:[\w+*$^{}\\]|[-./&'](?=[^\W_]))*")
_MIXED = re.compile(r"(?=.*[a-z][A-Z]|[A-Z]{2,}[a-z]{2})[A-Za-z][A-Za-z+*]+")
_CAPITALS = re.compile(r"[A-Z][A-Z&]*[A-Z](?:s?|-[A-Z0-9]+)")
_NUMBERED = re.compile(r"(?=.*[A-Z])[A-Za-z]{2,}-?\d[\w.\-]*")
_HYPHENED = re.compile(r"[A-Z]\w*(?:-[A-Z0-9]\w*)+")
_TITLE = re.compile(r"([^\s:][^:]{0,40}?)\s*:\s")
_CALLED = re.compile(
    r"(?:called|named|dubbed|termed|coined|denoted|(?:which|that) we (?:call|name|term|dub)|"
    r"we (?:call|name|term|dub) (?:it|this (?:method|model|approach|framework)))"
    r"(?: as| the)? [\"“'‘]?(?P<name>(?=\S*[A-Z])[^\W_][\w*+\-]*(?: [A-Z][\w*+\-]*)*)"
)
_PROPOSED = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|article)) (?:\w+ly )?(?:also |then |further )?"
    r"(?:propose|present|introduce|develop|describe|design|release|build|construct|create)s? "
    r"(?:a |an |the )?(?:novel |new |simple |efficient )?"
    r"(?P<name>(?=\S*[A-Z])[^\W_][\w*+\-$^{}]*(?: [A-Z][\w*+\-]*)*)"
)
SHAPES = {
    "mixed case": _MIXED,
    "hyphened": _HYPHENED,
    "numbered": _NUMBERED,
    "capitals": _CAPITALS,
}
FRAMES = {"called": _CALLED, "we propose": _PROPOSED}

_DATA = "|".join(sorted(DATASET_WORDS))
_NAME = r"(?=\S*(?-i:[A-Z0-9]))[\w+\-./]+"
_LISTED = rf"(?:{_NAME}(?:\s\([^()]*\))?(?:,? and |,? or |, ))*"
_DATA_AFTER = re.compile(
    rf"(?:(?:,? and |, ){_NAME})*[\s-]+(?:[a-z\-]+ )?(?:{_DATA})\b"
    rf"|[:,] (?:an?|the) [^,.:]{{0,60}}\b(?:{_DATA})\b",
    re.IGNORECASE,
)
_DATA_BEFORE = re.compile(
    rf"\b(?:{_DATA})(?:,? (?:such as|including|like|namely|called|named)| ?[,:(—–])?:? "
    rf"(?:the )?{_LISTED}$"
)
_TESTED_BEFORE = re.compile(
    r"\b(?:evaluat|experiment|test|result|validat|accuracy|perform|achiev|outperform|state-of-the-art)"
    rf"[^.;]* (?:on|across) (?:the |both |\w+ )?{_LISTED}$"
)
NEAR = 100
"""Characters beside a name that tell its type."""
_CAPITALISED_AFTER = re.compile(r"[ -]+[A-Z][a-z]")
_CAPITALISED_BEFORE = re.compile(r"\b[A-Z][a-z]+[ -]$")


def find_names(text: str, title_end: int) -> Iterator[tuple[Span, EntityType, str]]:
    """Yield each name with its type and the rule that found it."""
    title = _TITLE.match(text, 0, title_end)
    if title and len(title[1].split()) <= 3:
        yield _typed(text, Span(*title.span(1)), "title")
    for rule, frame in FRAMES.items():
        for found in frame.finditer(text):
            yield _typed(text, Span(*found.span("name")), rule)
    for token in _TOKEN.finditer(text, title_end):
        if token[0].casefold().rstrip("s") in NO_NAMES or _in_title_case(text, token):
            continue
        for rule, shape in SHAPES.items():
            if shape.fullmatch(token[0]):
                yield _typed(text, Span(*token.span()), rule)
                break


def _in_title_case(text: str, token: re.Match[str]) -> bool:
    """Say whether a hyphened token stands beside a capitalised word, as in "Two-Player Games"."""
    return "-" in token[0] and bool(
        _CAPITALISED_AFTER.match(text, token.end())
        or _CAPITALISED_BEFORE.search(text[max(0, token.start() - 15) : token.start()])
    )


def _typed(text: str, span: Span, rule: str) -> tuple[Span, EntityType, str]:
    """Return the find; a name among words for data is a dataset, others are methods."""
    after = text[span.end : span.end + NEAR]
    before = text[max(0, span.start - NEAR) : span.start]
    only_capitals = "capitals, " if rule == "capitals" else ""
    if _DATA_AFTER.match(after) or _DATA_BEFORE.search(before):
        return span, EntityType.DATASET, f"{only_capitals}data"
    if _TESTED_BEFORE.search(before):
        return span, EntityType.DATASET, f"{only_capitals}tested"
    return span, EntityType.METHOD, rule
