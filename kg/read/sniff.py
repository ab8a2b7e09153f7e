"""Tell the format from the first bytes, and refuse by name what cannot be read."""

import codecs
import re
from enum import StrEnum

from kg.errors import ReadError


class Format(StrEnum):
    """The formats that are read."""

    JSONL = "JSON Lines"
    BIBTEX = "BibTeX"
    PAGE = "the text of a page"


_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_MAGIC = (
    (b"%PDF-", "PDF", "take the abstract from a reference manager"),
    (b"PK\x03\x04", "an Office or zip file", "export it as BibTeX or JSON Lines"),
    (b"\xd0\xcf\x11\xe0", "an Office file", "export it as BibTeX or JSON Lines"),
)
_UNSUPPORTED = (
    (r"TY  - ", "RIS", "export it as BibTeX"),
    (r"PMID- ", "MEDLINE", "export it as BibTeX"),
    (r"%[0A-Z] ", "EndNote's tagged format", "export it as BibTeX"),
    (r"(?i:<!doctype\s+html|<html\b|<head\b|<body\b)", "HTML", "save or copy the page as text"),
    (r"<\?xml|<[A-Za-z]", "XML", "export it as BibTeX or JSON Lines"),
    (r"\[\s*[{\]]", "a JSON array", "kg reads JSON Lines, one object a line: jq -c '.[]'"),
    (r"\{\s*\n", "a JSON document", "kg reads JSON Lines, one object a line: jq -c ."),
)
_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_CELL_ENDS = re.compile(r"[,;\t]")
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(head: bytes, where: str) -> Format:
    """Return the format of a file that begins so; ReadError says why it cannot be read."""
    _refuse_binary(head, where)
    text = head.decode("utf-8", "ignore").lstrip("\ufeff").lstrip()
    if not text:
        raise ReadError(f"{where}: the file is empty")
    if _ENTRY.search(text) and not text.startswith(("{", "<")):
        return Format.BIBTEX
    for pattern, name, advice in _UNSUPPORTED:
        if re.match(pattern, text):
            raise ReadError(f"{where}: is {name}, which kg cannot read yet; {advice}")
    if text.startswith("{"):
        return Format.JSONL
    if _is_table(text):
        raise ReadError(
            f"{where}: is CSV, which kg cannot read yet; export it as BibTeX or JSON Lines"
        )
    return Format.PAGE


def _refuse_binary(head: bytes, where: str) -> None:
    for magic, name, advice in _MAGIC:
        if head.startswith(magic):
            raise ReadError(f"{where}: is {name}, which kg cannot read yet; {advice}")
    coding = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if not coding and head.count(0) > len(head) // 4:
        coding = "UTF-16" if max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4 else ""
    if coding:
        raise ReadError(
            f"{where}: is {coding}; convert it first, for example: iconv -f {coding} -t UTF-8"
        )
    if len(_UNPRINTABLE.findall(head)) > len(head) // 1000 or 0 in head:
        raise ReadError(f"{where}: is binary, no text; give BibTeX, JSON Lines or a page's text")


def _is_table(text: str) -> bool:
    """Say whether the first line is a header with a cell ``title``."""
    cells = [cell.strip(" \"'").lower() for cell in _CELL_ENDS.split(text.splitlines()[0])]
    return len(cells) > 1 and "title" in cells
