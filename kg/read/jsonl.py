"""JSON Lines: one object a line, with a title, an abstract, and what else is there."""

import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import IO, Any

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import Given, clean, to_paper
from kg.read.inputs import Input

LONGEST = 10_000_000
"""Bytes of a line; a longer one is no paper and is not held in memory."""

ABSTRACT = ("abstract", "summary")
PUBLISHED = ("published", "date", "publication_date", "publishedAt")
VENUE = ("venue", "journal", "booktitle", "journal-ref")
ARXIV = ("arxiv", "arxiv_id", "eprint")
"""The names under which inputs give a field; the first that has a text wins."""

_BETWEEN_AUTHORS = re.compile(r"\s*;\s*|\s*\n\s*")
_AND = re.compile(r",?\s+and\s+")
_ONE_AUTHOR = re.compile(r"[^\s,]+,[^,]+")
_DECODER = json.JSONDecoder(strict=False)


def read_jsonl(source: Input) -> Iterator[Paper | Reject]:
    """Yield a paper or a reject for each line that is not blank."""
    with source.open() as file:
        for number, line in enumerate(lines(file), start=1):
            if line is not None and not line.strip():
                continue
            try:
                yield to_paper(_given(record_of(line)), source)
            except ReadError as error:
                yield Reject(source=source.name, line=number, reason=str(error))


def lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield each line, or None for one that is too long."""
    while line := file.readline(LONGEST + 1):
        if len(line) <= LONGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)
        yield None


def record_of(line: bytes | None) -> dict[str, Any]:
    """Return the object that the line holds; ReadError says why there is none."""
    if line is None:
        raise ReadError(f"the line is longer than {LONGEST // 1_000_000} MB")
    try:
        record = _DECODER.decode(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"byte 0x{line[error.start]:02x} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ReadError(f"no JSON: at column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise ReadError("no JSON: nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise ReadError(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise ReadError("no JSON object")
    return record


def _given(record: Mapping[str, Any]) -> Given:
    return Given(
        title=_title(record),
        abstract=_text(record, *ABSTRACT),
        own_id=_text_or_number(record, "id", "paper_id"),
        arxiv=_text(record, *ARXIV),
        doi=_text(record, "doi", "DOI"),
        url=_text(record, "url", "URL", "link"),
        year=_text_or_number(record, "year"),
        published=_text(record, *PUBLISHED) or _first_version(record),
        authors=_authors(record.get("authors", record.get("author"))),
        venue=_text(record, *VENUE),
        citekey=_text(record, "citekey", "citation-key"),
    )


def _title(record: Mapping[str, Any]) -> str:
    title = record.get("title")
    if title is None:
        raise ReadError("no title")
    if not isinstance(title, str):
        raise ReadError("the title is no text")
    if not clean(title).strip():
        raise ReadError("the title is blank")
    return title


def _text(record: Mapping[str, Any], *names: str) -> str:
    values = (record.get(name) for name in names)
    return next((one for one in values if isinstance(one, str) and clean(one).strip()), "")


def _text_or_number(record: Mapping[str, Any], *names: str) -> str:
    """Return the first text or whole number; 2020.0 is how tables with gaps write 2020."""
    for name in names:
        value = record.get(name)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _first_version(record: Mapping[str, Any]) -> str:
    """Return the day of a paper's first version, as arXiv's own dump has it."""
    versions = record.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, dict) else None
    try:
        return parsedate_to_datetime(created).date().isoformat() if created else ""
    except (TypeError, ValueError):
        return ""


def _authors(value: object) -> tuple[str, ...]:
    """Return the authors' names, from a list or from one string.

    >>> _authors(["A. One", {"name": "B. Two"}]), _authors("One, A. and Two, B."), _authors(None)
    (('A. One', 'B. Two'), ('One, A.', 'Two, B.'), ())
    >>> _authors("Ann One, Bo Two and Cy Three"), _authors("One, Ann; Two, Bo")
    (('Ann One', 'Bo Two', 'Cy Three'), ('One, Ann', 'Two, Bo'))
    """
    if isinstance(value, str):
        return tuple(_names(value))
    if not isinstance(value, list):
        return ()
    named = [one.get("name") if isinstance(one, dict) else one for one in value]
    return tuple(" ".join(one.split()) for one in named if isinstance(one, str))


def _names(joined: str) -> list[str]:
    """Split names; a comma joins family and given name where each name has just one."""
    names = _BETWEEN_AUTHORS.split(joined.strip())
    if len(names) > 1:
        return names
    names = _AND.split(names[0])
    several = len(names) > 1 and all(name.count(",") == 1 for name in names)
    if several or _ONE_AUTHOR.fullmatch(joined.strip()):
        return names
    return [one.strip() for name in names for one in name.split(",")]
