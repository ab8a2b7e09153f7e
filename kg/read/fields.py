"""What an input says of a paper, as it says it → a Paper with clean text, ids and dates."""

import re
from dataclasses import dataclass

from kg.ids import paper_ids
from kg.model import Paper
from kg.read.inputs import Input

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The words of an input for one paper; empty where it has none."""

    title: str
    abstract: str = ""
    own_id: str = ""
    arxiv: str = ""
    doi: str = ""
    url: str = ""
    year: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    citekey: str = ""


def clean(text: str) -> str:
    r"""Replace what is no text, one for one: controls and lone surrogates become U+FFFD.

    >>> clean("a\x00b\tc\r\n")
    'a\ufffdb\tc\r\n'
    """
    return _NOT_TEXT.sub("\ufffd", text)


def to_paper(given: Given, source: Input) -> Paper:
    """Return the paper; title and abstract are kept code point for code point, but cleaned."""
    title, abstract = clean(given.title), clean(given.abstract)
    own_id, url = _value(given.own_id), _value(given.url)
    year, published = dates(_value(given.year), _value(given.published))
    ids = paper_ids(
        own_id=own_id,
        arxiv=_value(given.arxiv),
        doi=_value(given.doi),
        url=url,
        stem=source.stem,
        title=title,
    )
    return Paper(
        id=ids[0],
        title=title,
        abstract=abstract if abstract.strip() else "",
        own_id=own_id,
        ids=tuple(ids),
        year=year,
        published=published,
        authors=tuple(filter(None, map(_value, given.authors))),
        venue=_value(given.venue),
        url=url,
        citekey=_value(given.citekey),
        source=source.name,
    )


def dates(year: str, published: str) -> tuple[int | None, str]:
    """Return the year, and the date as ISO writes it, as precise as it is known.

    Each is taken from the other where it is missing; a year that the input states is kept, though
    the paper may have been published before.

    >>> dates("", "2021-03-04T10:00:00Z"), dates("2021", ""), dates("2020", "2019-11")
    ((2021, '2021-03-04'), (2021, '2021'), (2020, '2019-11'))
    >>> dates("", "March 2021"), dates("n.d.", "")
    ((2021, '2021'), (None, ''))
    """
    found = _YEAR.search(year) or _YEAR.search(published)
    number = int(found[1]) if found else None
    iso = _DATE.match(published)
    if iso and _YEAR.fullmatch(iso[1]):
        return number, "-".join(filter(None, iso.groups()))
    return number, str(number or "")


def _value(text: str) -> str:
    return clean(text).strip()
