"""The fields of a paper as inputs give them: cleaned, and made into a Paper."""

import re
from collections.abc import Mapping

from kg.ids import paper_ids
from kg.model import Paper

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:[T /].*)?")


def clean(text: str) -> str:
    r"""Replace what is no text, one for one: controls and lone surrogates become U+FFFD.

    >>> clean("a\x00b\tc\r\n")
    'a\ufffdb\tc\r\n'
    """
    return _NOT_TEXT.sub("\ufffd", text)


def make_paper(title: str, abstract: str, fields: Mapping[str, str], **where: str) -> Paper:
    """Return the paper; ``fields`` are texts by name, ``where`` gives source and stem.

    Title and abstract are taken code point for code point, but for what ``clean`` replaces.
    """
    field = {name: clean(text).strip() for name, text in fields.items()}
    published = _published(field.get("published", ""))
    year = _YEAR.search(field.get("year", "") or published)
    ids = paper_ids(
        own_id=field.get("id", ""),
        arxiv=field.get("arxiv", ""),
        doi=field.get("doi", ""),
        url=field.get("url", ""),
        stem=where["stem"],
        title=clean(title),
    )
    return Paper(
        id=ids[0],
        ids=tuple(ids),
        own_id=field.get("id", ""),
        title=clean(title),
        abstract=clean(abstract) if abstract.strip() else "",
        year=int(year[1]) if year else None,
        published=published,
        authors=tuple(filter(None, map(str.strip, field.get("authors", "").split("\n")))),
        venue=field.get("venue", ""),
        url=field.get("url", ""),
        citekey=field.get("citekey", ""),
        source=where["source"],
    )


def _published(text: str) -> str:
    """Return a date as ISO writes it, as precise as it is known.

    >>> _published("2021-03-04T10:00:00Z"), _published("2021-03"), _published("March 2021")
    ('2021-03-04', '2021-03', '')
    """
    found = _DATE.fullmatch(text)
    return "-".join(filter(None, found.groups())) if found else ""
