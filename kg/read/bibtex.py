"""BibTeX as Zotero, reference managers and the ACL Anthology write it."""

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Entry, ImplicitComment, ParsingFailedBlock, String

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import Given, to_paper
from kg.read.inputs import Input
from kg.read.latex import decode, decode_address

VOLUMES = frozenset(("collection", "mvcollection", "mvproceedings", "periodical", "proceedings"))
BOOKS = frozenset(("book", "mvbook", "mvreference", "reference"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "publisher")
ARXIV_NOTES = ("journal", "journaltitle", "volume", "number", "note", "howpublished")
"""Where ``arXiv:1901.10995`` or ``abs/1901.10995`` may stand if it is not in ``eprint``."""

_MARK = re.compile(r'(?<!\\)[{}"]')
_BARE = re.compile(r'[^\s#{}"][^#{}"]*')
_JOINT = re.compile(r"\s*(?:#\s*|$)")
_FIELD_OUTSIDE = re.compile(r'\w+\s*=\s*[{"]')
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})|^(0?[1-9]|1[0-2])$")
_ARXIV_NOTE = re.compile(r"(?:(?:arxiv preprint\s+)?arxiv:\s*|abs/)([^\s\[\],]+)", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_OTHERS = re.compile(r"\s+and\s+others\s*$")
_FAMILY_FIRST = re.compile(r"([^,]+),\s*([^,]+)")


def read_bibtex(source: Input) -> Iterator[Paper | Reject]:
    """Yield a paper or a reject for each entry, in the file's order."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # we tell what is wrong ourselves
    text = source.text().replace("\r\n", "\n").replace("\r", "\n")
    macros: dict[str, str] = {}
    found = False
    for block in parse_string(text, parse_stack=[]).blocks:
        try:
            paper = _paper(block, macros, source)
        except ReadError as error:
            line = (block.start_line or 0) + 1
            paper = Reject(source=source.name, line=line, reason=str(error))
        if paper:
            found = True
            yield paper
    if not found:
        raise ReadError(f"{source.name}: no entry found in this BibTeX file")


def _paper(block: Block, macros: dict[str, str], source: Input) -> Paper | Reject | None:
    """Return the paper of an entry and None for other blocks; learn the macros."""
    if isinstance(block, ParsingFailedBlock):
        # An entry whose key or a field of which comes twice is whole all the same.
        if not block.ignore_error_block:
            raise ReadError(f"{_beginning(block)} has no end, or its braces do not match")
        block = block.ignore_error_block
    if isinstance(block, String):
        macros[block.key.lower()] = _value(block.key, str(block.value), macros)
    if isinstance(block, ImplicitComment) and _FIELD_OUTSIDE.search(block.comment):
        raise ReadError(f"{_beginning(block)} stands outside any entry; are there too many braces?")
    return to_paper(_given(block, macros), source) if isinstance(block, Entry) else None


def _beginning(block: Block) -> str:
    return repr(" ".join((block.raw or "").split())[:40])


def _given(entry: Entry, macros: Mapping[str, str]) -> Given:
    # Of two fields with one name the first counts, as in BibTeX.
    fields = {field.key.lower(): str(field.value) for field in reversed(entry.fields)}
    given = {name: _value(f"{name} of {entry.key}", raw, macros) for name, raw in fields.items()}
    kind = entry.entry_type.lower()
    title, abstract = decode(given.get("title", "")), decode(given.get("abstract", ""))
    edited = kind in BOOKS and not abstract and not given.get("author")
    if kind in VOLUMES or edited:
        raise ReadError(f"{entry.key} is a volume, no paper")
    if not title:
        raise ReadError(f"{entry.key} has no title")
    return Given(
        title=title,
        abstract=abstract,
        own_id=entry.key,
        citekey=entry.key,
        arxiv=_arxiv(given),
        doi=decode_address(given.get("doi", "")),
        url=decode_address(given.get("url", "")),
        year=given.get("year", ""),
        published=given.get("date", "") or _year_and_month(given),
        authors=_authors(given.get("author", "")),
        venue=next((decode(given[name]) for name in VENUES if given.get(name)), ""),
    )


def _value(name: str, raw: str, macros: Mapping[str, str]) -> str:
    """Return a field's value: texts in braces or quotes, numbers and macros, joined by ``#``.

    >>> _value("title", '{A {B} C} # " and " # DEF', {"def": "d"})
    'A {B} C and d'
    """
    parts, position = [], 0
    while position < len(raw):
        if raw[position] in '{"':
            end = _end(name, raw, position)
            parts.append(raw[position + 1 : end])
            end += 1
        else:
            bare = _BARE.match(raw, position)
            end = bare.end() if bare else position
            word = raw[position:end].strip()
            parts.append(macros.get(word.lower(), word))
        joint = _JOINT.match(raw, end)
        if not joint:
            raise ReadError(f"no comma after the field {name}, or its braces do not match")
        position = joint.end()
    value = "".join(parts).strip()
    # Braces around the whole protect its case and are no part of it.
    if value.startswith("{") and value.endswith("}") and _end(name, value, 0) == len(value) - 1:
        return value[1:-1].strip()
    return value


def _end(name: str, raw: str, start: int) -> int:
    """Return where the brace or the quote that opens at ``start`` is closed."""
    depth = 0
    for mark in _MARK.finditer(raw, start + (raw[start] == '"')):
        depth += {"{": 1, "}": -1, '"': 0}[mark[0]]
        if depth == 0 and (mark[0] == '"') == (raw[start] == '"'):
            return mark.start()
    raise ReadError(f"the braces or quotes of the field {name} do not match")


def _authors(value: str) -> tuple[str, ...]:
    """Return the names, given name first."""
    names = _AND.split(_OTHERS.sub("", value.strip()))
    return tuple(_FAMILY_FIRST.sub(r"\2 \1", decode(name)) for name in names)


def _year_and_month(given: Mapping[str, str]) -> str:
    """Return ``2020-07`` from a year and a month, however that is written.

    >>> _year_and_month({"year": "2020", "month": "Jul"}), _year_and_month({"year": "2020"})
    ('2020-07', '2020')
    """
    year, month = given.get("year", ""), _MONTH.search(given.get("month", "").lower())
    if not month:
        return year
    number = MONTHS.index(month[1]) + 1 if month[1] else int(month[2])
    return f"{year}-{number:02}"


def _arxiv(given: Mapping[str, str]) -> str:
    kind = given.get("eprinttype", given.get("archiveprefix", "arxiv")).lower()
    if kind == "arxiv" and given.get("eprint"):
        return given["eprint"]
    notes = (_ARXIV_NOTE.match(given.get(name, "")) for name in ARXIV_NOTES)
    return next((found[1] for found in notes if found), "")
