"""BibTeX as Zotero, reference managers and the ACL Anthology write it."""

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, ParsingFailedBlock
from pylatexenc.latex2text import LatexNodes2Text

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import make_paper
from kg.read.inputs import Input

VOLUMES = frozenset(("proceedings", "collection", "mvproceedings", "mvcollection", "periodical"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "publisher")

_LATEX = re.compile(r"[\\{}~]|--|``|''")
_MATHEMATICS = re.compile(r"(?<!\\)\$[^$]*\$")
_ESCAPED = re.compile(r"\\.")
_BARE = re.compile(r"(?<!\\)([%&])")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
_AND = re.compile(r"\s+and\s+")
_FAMILY_FIRST = re.compile(r"([^,]+),\s*([^,]+)")


def read_bibtex(source: Input) -> Iterator[Paper | Reject]:
    """Yield a paper or a reject for each entry, in the file's order."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # we tell what is wrong ourselves
    library = parse_string(source.text())
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        entry = block
        if isinstance(block, ParsingFailedBlock):
            # An entry whose key or a field of which comes twice is whole all the same.
            entry = block.ignore_error_block or block
        if isinstance(entry, ParsingFailedBlock):
            key = (entry.raw or "").split(",")[0].strip()
            yield Reject(source=source.name, line=line, reason=f"no BibTeX: {key} has no end")
        elif isinstance(entry, Entry):
            try:
                yield _paper(entry, source)
            except ReadError as error:
                yield Reject(source=source.name, line=line, reason=str(error))


def _paper(entry: Entry, source: Input) -> Paper:
    given = {field.key.lower(): _unenclosed(str(field.value)) for field in reversed(entry.fields)}
    title = _decoded(given.get("title", ""))
    if entry.entry_type.lower() in VOLUMES:
        raise ReadError(f"{entry.key} is a volume, no paper")
    if not title:
        raise ReadError(f"{entry.key} has no title")
    fields = {
        "id": entry.key,
        "citekey": entry.key,
        "published": given.get("date", "") or _year_and_month(given),
        "year": given.get("year", ""),
        "authors": _authors(given.get("author", "")),
        "venue": next((_decoded(given[name]) for name in VENUES if given.get(name)), ""),
        "doi": given.get("doi", ""),
        "arxiv": _arxiv(given),
        "url": given.get("url", "").replace("\\_", "_").replace("\\%", "%"),
    }
    abstract = _decoded(given.get("abstract", ""))
    return make_paper(title, abstract, fields, source=source.name, stem=source.stem)


def _unenclosed(value: str) -> str:
    """Return the value without the braces around the whole."""
    depth = 0
    for index, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0 and index < len(value) - 1:
            return value
    return _unenclosed(value[1:-1]) if value.startswith("{") and depth == 0 else value


def _decoded(latex: str) -> str:
    r"""Return the text that LaTeX prints, on one line; mathematics stays as written.

    >>> _decoded(r"G{\"o}del \& {BERT} at 5% --- with $\beta$-VAE")
    'Gödel & BERT at 5% — with $\\beta$-VAE'
    """
    text = " ".join(map(_decoded_piece, _pieces(latex.split())))
    return " ".join(_ADDRESS.sub(r"\1", text).split())


@lru_cache(maxsize=1 << 16)
def _decoded_piece(piece: str) -> str:
    if not _LATEX.search(_MATHEMATICS.sub("", piece)):
        return piece
    return str(_decoder().latex_to_text(_BARE.sub(r"\\\1", piece)))


def _pieces(words: list[str]) -> Iterator[str]:
    r"""Yield the words, those together that a brace or a dollar holds together.

    >>> list(_pieces(r"an \emph{odd case} at $x < y$ now".split()))
    ['an', '\\emph{odd case}', 'at', '$x < y$', 'now']
    """
    held: list[str] = []
    braces = dollars = 0
    for word in words:
        held.append(word)
        bare = _ESCAPED.sub("", word)
        braces += bare.count("{") - bare.count("}")
        dollars += bare.count("$")
        if braces <= 0 and dollars % 2 == 0:
            yield " ".join(held)
            held, braces, dollars = [], 0, 0
    if held:
        yield " ".join(held)


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def _authors(value: str) -> str:
    """Return the names, given name first, one a line."""
    names = _AND.split(" ".join(value.split())) if value.strip() else []
    return "\n".join(_FAMILY_FIRST.sub(r"\2 \1", _decoded(name)) for name in names)


def _year_and_month(given: Mapping[str, str]) -> str:
    year, month = given.get("year", ""), given.get("month", "").lower()
    number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else month
    return f"{year}-{number:0>2}" if str(number).strip() else year


def _arxiv(given: Mapping[str, str]) -> str:
    kind = given.get("eprinttype", given.get("archiveprefix", "arxiv")).lower()
    return given.get("eprint", "") if kind == "arxiv" else ""
