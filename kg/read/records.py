"""Extraction records, as ``kg extract`` prints them: what was found elsewhere."""

from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Extraction, Reject
from kg.read.fields import clean
from kg.read.inputs import Input
from kg.read.jsonl import lines, record_of
from kg.record import from_record


def read_records(source: Input) -> Iterator[Extraction | Reject]:
    """Yield an extraction or a reject for each line that is not blank."""
    with source.open() as file:
        for number, line in enumerate(lines(file), start=1):
            if line is not None and not line.strip():
                continue
            try:
                yield _checked(from_record(record_of(line)))
            except ReadError as error:
                yield Reject(source=source.name, line=number, reason=str(error))


def _checked(extraction: Extraction) -> Extraction:
    if clean(extraction.paper.text) != extraction.paper.text:
        raise ReadError("the text holds control characters, which no text of kg does")
    return extraction
