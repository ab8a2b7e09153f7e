"""The text of a web page as a person copies it: titles and abstracts between site furniture.

Paragraphs are set apart by blank lines. A long one made of sentences is an abstract; its title is
the most title-like of the short ones since the abstract before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import make_paper
from kg.read.inputs import Input

ABSTRACT_WORDS = 30
TITLE_WORDS = 40

_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*(?=\s|$)""")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
FURNITURE = re.compile(
    rf"""
      \W*[\d.,]+\s*[kKmM]?\W*                                   # 128    1.2k
    | (?:published|submitted|updated|posted|accepted)\b.*       # Published on Mar 11
    | by\s?(?:[A-Z]|@).*                                        # byAK and the community
    | \W*(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?\W*   # Mar 11, 2025
    | \d{{4}}-\d{{2}}-\d{{2}}                                   # 2025-03-11
    | (?:view|read|show|download|open|see|log|sign|get|share|follow|subscribe|upvote|cite|skip)\b.*
    | (?:github|arxiv|pdf|html|code|paper|project\ page|comments?|menu|search|home|new|papers?)\b
      (?:\W*[\d.,]+\s*[kKmM]?)?\W*                              # GitHub 1.2k
    | \S*(?:https?://|www\.)\S+                                 # an address
    | [^\w]*                                                    # a rule
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:[a-z]{2,3}\s+)?[A-ZÀ-Þ][\w.’'-]*){1,3}"
AUTHORS = re.compile(
    rf"{_NAME}(?:\s*(?:,|;|·|&|\band\b)\s*(?:and\s+)?{_NAME})+(?:\s*,?\s*et al\.?)?"
)


@dataclass(slots=True)
class _Found:
    """A paper in the making; ``line`` is where its abstract begins."""

    line: int
    titles: list[str]
    abstract: list[str] = field(default_factory=list)


def read_page(source: Input) -> Iterator[Paper | Reject]:
    """Yield each paper; ReadError where the page holds none."""
    papers = rejects = 0
    for found in _abstracts(source.text()):
        title = _best_title(found.titles)
        if title:
            papers += 1
            where = {"source": source.name, "stem": source.stem}
            yield make_paper(title, " ".join(found.abstract), {}, **where)
        else:
            rejects += 1
            reason = f"no title before {' '.join(found.abstract)[:60]!r}"
            yield Reject(source=source.name, line=found.line, reason=reason)
    if not papers and not rejects:
        raise ReadError(
            f"{source.name}: no title with an abstract in this text; kg reads JSON Lines, BibTeX, "
            "and pages whose titles and abstracts are paragraphs with blank lines between"
        )


def _abstracts(text: str) -> Iterator[_Found]:
    """Yield each abstract with the short paragraphs before it."""
    found: _Found | None = None
    short: list[str] = []
    for line, paragraph in _paragraphs(text):
        goes_on = found is not None and not short and _is_sentence(paragraph)
        if goes_on and found:
            found.abstract.append(paragraph)
        elif _is_abstract(paragraph):
            if found:
                yield found
            found, short = _Found(line, short, [paragraph]), []
        else:
            short.append(paragraph)
    if found:
        yield found


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph as one line, with the number of its first line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    line = 1
    for piece in re.split(f"({_BLANK_LINES.pattern})", text):
        stripped = piece.strip()
        if stripped:
            before = piece[: piece.index(stripped[0])].count("\n")
            yield line + before, re.sub(r"[ \t]*\n[ \t]*", " ", stripped)
        line += piece.count("\n")


def _is_abstract(paragraph: str) -> bool:
    return len(paragraph.split()) >= ABSTRACT_WORDS and bool(_SENTENCE_END.search(paragraph))


def _is_sentence(paragraph: str) -> bool:
    """Say whether a paragraph right after an abstract is more of it."""
    ends = paragraph.endswith((".", "!")) and not FURNITURE.fullmatch(paragraph)
    return _is_abstract(paragraph) or (ends and len(paragraph.split()) > 4)


def _best_title(candidates: list[str]) -> str:
    """Return the most title-like paragraph, the nearest to the abstract among equals."""
    scored = [(_title_score(text), place, text) for place, text in enumerate(candidates)]
    return max(scored, default=(0, 0, ""))[2]


def _title_score(text: str) -> int:
    words = len(text.split())
    if FURNITURE.fullmatch(text) or words > TITLE_WORDS:
        return -2
    if AUTHORS.fullmatch(text) or text.endswith((".", ",", ";")):
        return -1
    return 2 if words >= 4 or ":" in text else 1 if words > 1 else 0
