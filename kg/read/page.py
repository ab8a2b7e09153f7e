"""The text of a web page as a person copies it: titles and abstracts between site furniture.

Paragraphs are set apart by blank lines. A long one made of sentences is an abstract, and one
without a title between is more of the same abstract, joined by a space. Its title is the most
title-like of the short ones since the abstract before.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import Given, to_paper
from kg.read.furniture import is_furniture, is_list_of_names, title_score
from kg.read.inputs import Input

ABSTRACT_WORDS = 30
SHORT_LINE, LONG_LINE = 40, 200
"""Characters of lines that nobody has wrapped; they are paragraphs of their own."""

LOOSE = 0.75
"""A line that would have held the next word in so much of the widest line ends a paragraph."""

OFTEN = 3
"""What stands so many times on a page is no title."""

_RULE = re.compile(r"[-=_*~#·•—–\s]{3,}")
_EMPHASIS = re.compile(r"#{1,6}\s+(.+)|(?P<mark>\*{1,3}|_{1,3})([^*_]+)(?P=mark)")
_BROKEN = re.compile(r"(?<=\w-)\n(?=\w)(?!(?:and|or|to)\b)")
_TITLE_LABEL = re.compile(r"Title\s*:\s*", re.IGNORECASE)
_ABSTRACT_LABEL = re.compile(r"(?:Abstract|Summary)\s*(?::|\.|-|—|–)\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""(?:(?<=[^\W_A-Z]{2})|(?<=[\])}%$"”’]))[.!?]["'”’)\]]*(?=\s|$)""")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    line: int
    text: str

    @property
    def is_abstract(self) -> bool:
        """Whether it is labelled as one, or is long, of sentences, and mostly in lower case."""
        if _ABSTRACT_LABEL.match(self.text):
            return True
        words = self.text.split()
        if len(words) < ABSTRACT_WORDS or is_furniture(self.text):
            return False
        lower = sum(word[0].islower() for word in words)
        return lower > 0.4 * len(words) and bool(_SENTENCE_END.search(self.text))

    @property
    def is_sentence(self) -> bool:
        """Whether it can be more of the abstract right before it."""
        ends = self.text.endswith(".") and len(self.text.split()) > 4
        return ends and not is_furniture(self.text)


@dataclass(slots=True)
class _Found:
    """An abstract in one or more paragraphs, and the short ones before it, the nearest first."""

    before: list[_Paragraph]
    abstract: list[_Paragraph]


def read_page(source: Input) -> Iterator[Paper | Reject]:
    """Yield a paper or a reject for each abstract; ReadError where the page holds none."""
    paragraphs = list(_paragraphs(source.text()))
    found = _abstracts(paragraphs)
    often = Counter(_worded(paragraph.text) for paragraph in paragraphs)
    habits = _habits(found, often)
    for one in found:
        text = " ".join(paragraph.text for paragraph in one.abstract)
        abstract = _ABSTRACT_LABEL.sub("", text, count=1) if _ABSTRACT_LABEL.match(text) else text
        if title := _title(one, often, habits):
            yield to_paper(Given(title=title, abstract=abstract), source)
        else:
            reason = f"no title before {' '.join(text.split()[:8])!r}"
            yield Reject(source=source.name, line=one.abstract[0].line, reason=reason)
    if not found:
        raise ReadError(
            f"{source.name}: no title and abstract found in this page; kg reads JSON Lines, BibTeX,"
            " and text whose titles and abstracts are paragraphs with blank lines between"
        )


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Yield each paragraph as one line, with the number of its first line."""
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    block: list[_Paragraph] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line and not _RULE.fullmatch(line):
            block.append(_Paragraph(number, _plain(line)))
        elif block:
            for run in _runs(block):
                yield from _joined(run)
            block = []


def _plain(line: str) -> str:
    """Return a line without Markdown's marks of a heading or of emphasis around the whole."""
    found = _EMPHASIS.fullmatch(line)
    return found[1] or found[3] if found else line


def _runs(block: Sequence[_Paragraph]) -> Iterator[list[_Paragraph]]:
    """Yield the lines that are wrapped, together; others alone."""
    width = max(len(line.text) for line in block)
    wrapped = SHORT_LINE <= width <= LONG_LINE
    run = [block[0]]
    for line in block[1:]:
        with_next = len(run[-1].text) + 1 + len(line.text.split()[0])
        labelled = _TITLE_LABEL.match(line.text) or _ABSTRACT_LABEL.match(line.text)
        if labelled or not wrapped or with_next < LOOSE * width:
            yield run
            run = []
        run.append(line)
    yield run


def _joined(run: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """Yield the lines as one paragraph; what is no prose and holds furniture, line by line."""
    text = _BROKEN.sub("", "\n".join(line.text for line in run))
    whole = _Paragraph(run[0].line, text.replace("\n", " "))
    if whole.is_abstract or not any(map(_is_beside, run)):
        yield whole
    else:
        yield from run


def _is_beside(line: _Paragraph) -> bool:
    if line.text[0].islower() and not line.text.startswith("by"):
        return False  # goes on with the line before
    return is_furniture(line.text) or is_list_of_names(line.text)


def _abstracts(paragraphs: Sequence[_Paragraph]) -> list[_Found]:
    """Return each abstract with the short paragraphs before it."""
    dotted = _titles_end_with_a_dot(paragraphs)
    found: list[_Found] = []
    short: list[_Paragraph] = []
    for paragraph in paragraphs:
        goes_on = bool(found) and not short
        if paragraph.is_abstract and not goes_on:
            found.append(_Found(short[::-1], [paragraph]))
            short = []
        elif goes_on and (paragraph.is_abstract or (paragraph.is_sentence and not dotted)):
            found[-1].abstract.append(paragraph)
        else:
            short.append(paragraph)
    return found


def _titles_end_with_a_dot(paragraphs: Sequence[_Paragraph]) -> bool:
    """Say whether most abstracts stand after a short paragraph that ends like a sentence."""
    firsts = [
        before
        for before, paragraph in pairwise(paragraphs)
        if paragraph.is_abstract and not before.is_abstract
    ]
    return 2 * sum(before.is_sentence for before in firsts) > len(firsts)


def _habits(found: Sequence[_Found], often: Counter[str]) -> Counter[int]:
    """Return how title-like, on average, what stands so many paragraphs before an abstract is."""
    sums: Counter[int] = Counter()
    for one in found:
        sums.update(dict(enumerate(_scores(one, often))))
    return Counter({distance: total / len(found) for distance, total in sums.items()})


def _scores(one: _Found, often: Counter[str]) -> list[int]:
    return [
        (2 + title_score(paragraph.text))
        if _TITLE_LABEL.match(paragraph.text)
        else title_score(paragraph.text) * (often[_worded(paragraph.text)] < OFTEN)
        for paragraph in one.before
    ]


def _title(one: _Found, often: Counter[str], habits: Counter[int]) -> str:
    """Return the best title; where on the page titles stand counts twice."""
    scores = dict(enumerate(_scores(one, often)))
    likely = [distance for distance, score in scores.items() if score]
    if not likely:
        return ""
    best = max(likely, key=lambda distance: (scores[distance] + 2 * habits[distance], -distance))
    return _TITLE_LABEL.sub("", one.before[best].text, count=1)


def _worded(text: str) -> str:
    """Return a text without its numbers, by which furniture differs."""
    return re.sub(r"\d+", "", text).casefold()
