"""JSON Lines: one object a line, with a title, an abstract, and what else is there."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read.fields import make_paper
from kg.read.inputs import Input

LONGEST = 10_000_000
"""Bytes of a line; a longer one is no paper and is not held in memory."""

NAMES = {
    "id": ("id", "paper_id"),
    "year": ("year",),
    "published": ("published", "date", "publication_date", "publishedAt", "update_date"),
    "venue": ("venue", "journal", "booktitle", "journal-ref"),
    "doi": ("doi", "DOI"),
    "arxiv": ("arxiv", "arxiv_id", "eprint"),
    "url": ("url", "URL", "link"),
    "citekey": ("citekey", "citation-key"),
}
"""For each field the names under which inputs give it, the first that is there wins."""

_BETWEEN_AUTHORS = re.compile(r"\s*;\s*|\s*\n\s*|\s+and\s+")


def read_jsonl(source: Input) -> Iterator[Paper | Reject]:
    """Yield a paper or a reject for each line that is not blank."""
    with source.open() as file:
        for number, line in enumerate(_lines(file), start=1):
            if line is None:
                reason = f"the line is longer than {LONGEST // 1_000_000} MB"
                yield Reject(source=source.name, line=number, reason=reason)
            elif line.strip():
                try:
                    yield _paper(line, source)
                except ReadError as error:
                    yield Reject(source=source.name, line=number, reason=str(error))


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield each line, or None for one that is too long."""
    while line := file.readline(LONGEST + 1):
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST)
            yield None
        else:
            yield line


def _paper(line: bytes, source: Input) -> Paper:
    record = _record(line)
    title = record.get("title")
    if not isinstance(title, str) or not title.strip():
        raise ReadError("no title")
    abstract = record.get("abstract", record.get("summary"))
    fields = {field: _first(record, names) for field, names in NAMES.items()}
    fields["authors"] = _authors(record.get("authors", record.get("author")))
    text = abstract if isinstance(abstract, str) else ""
    return make_paper(title, text, fields, source=source.name, stem=source.stem)


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"byte 0x{line[error.start]:02x} is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ReadError(f"no JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise ReadError("no JSON object")
    return record


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first field that is there, as text; what is no text or number is left."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _authors(value: object) -> str:
    r"""Return the authors' names, one a line.

    >>> _authors(["A. One", {"name": "B. Two"}]), _authors("One, A. and Two, B."), _authors(None)
    ('A. One\nB. Two', 'One, A.\nTwo, B.', '')
    """
    if isinstance(value, str):
        names = _BETWEEN_AUTHORS.split(value)
        if len(names) == 1 and value.count(",") > 1:
            names = value.split(",")
        return "\n".join(names)
    if not isinstance(value, list):
        return ""
    named = [one.get("name") if isinstance(one, dict) else one for one in value]
    return "\n".join(" ".join(one.split()) for one in named if isinstance(one, str))
