"""Files → papers: told apart by their content, streamed, and what cannot be used named.

``open_inputs`` looks at all files before any is read; ``read_papers`` then reads one, or
``read_records`` what was extracted elsewhere.
"""

from collections.abc import Iterator

from kg.model import Paper, Reject
from kg.read.inputs import Input, open_inputs, unpacking
from kg.read.records import read_records
from kg.read.sniff import Format

__all__ = ["Format", "Input", "open_inputs", "read_papers", "read_records"]


def read_papers(source: Input) -> Iterator[Paper | Reject]:
    """Yield the papers and what could not be used, in the file's order.

    ReadError where the file holds none at all, or breaks off.
    """
    if source.format == Format.JSONL:
        from kg.read.jsonl import read_jsonl as read  # noqa: PLC0415 - one format, one parser
    elif source.format == Format.BIBTEX:
        from kg.read.bibtex import read_bibtex as read  # noqa: PLC0415
    else:
        from kg.read.page import read_page as read  # noqa: PLC0415
    with unpacking(source.name):
        yield from read(source)
