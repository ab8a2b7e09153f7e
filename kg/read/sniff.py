"""Tell the format from the first bytes, and refuse by name what cannot be read."""

import codecs
import csv
import re
from enum import StrEnum

from kg.errors import ReadError

ROWS = 50
"""So many lines tell whether they are objects or rows."""

PROSE = 80
"""So many words before the first BibTeX entry are no file's header but a page."""


class Format(StrEnum):
    """The formats that are read."""

    JSONL = "JSON Lines"
    BIBTEX = "BibTeX"
    PAGE = "the text of a page"


_EXPORT = "export it as BibTeX or JSON Lines"
_UNPACK = "unpack it first, or pack it with gzip"
_LINES = "kg reads JSON Lines, one object a line: convert it, for example with jq -c"
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ASCII_IN = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MAGIC = (
    (b"%PDF-", "PDF", "take title and abstract from a reference manager"),
    (b"PK\x03\x04", "a zip archive or an Office file", f"unpack it, or {_EXPORT}"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", _EXPORT),
    (b"{\\rtf", "RTF", "save it as text"),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"PAR1", "Parquet", _EXPORT),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
)
_UNSUPPORTED = (
    (r"(?m)^TY  - ", "RIS", "export it as BibTeX"),
    (r"(?m)^PMID ?- ", "MEDLINE", "export it as BibTeX"),
    (r"FN .*\nVR ", "Web of Science's tagged format", "export it as BibTeX"),
    (r"%[0A-Z] ", "EndNote's tagged format", "export it as BibTeX"),
    (r"\\documentclass", "LaTeX", "kg reads BibTeX, JSON Lines, or title and abstract as text"),
    (r"\[\s*[{\]\"]", "a JSON array", f"{_LINES} '.[]'"),
    (r"\{\s*\n|\{[^\n]*(?:[,{]\s*\n\s*\"|\[\s*\n)", "a JSON document", f"{_LINES} ."),
)
_MARKUP = (
    (r"<html\b|<head\b|<body\b|<!doctype html", "HTML", "save or copy the page as text"),
    (r"<feed\b", "Atom (XML)", _EXPORT),
    (r"<rss\b", "RSS (XML)", _EXPORT),
    (r"<OAI-PMH\b", "OAI-PMH (XML)", _EXPORT),
    (r"<PubmedArticle", "PubMed XML", _EXPORT),
    (r"<article\b|<!doctype article", "JATS (XML)", _EXPORT),
    (r"<xml>\s*<records>", "EndNote XML", "export it as BibTeX"),
    (r"<\?xml|<!doctype|<[a-z][^<>]*>", "XML", _EXPORT),
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*(?:\{|\([^()\n]*[,=])", re.MULTILINE)
_NOTE = re.compile(r"^%.*", re.MULTILINE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEADER_WORDS = (["abstract"], ["author"], ["authors"], ["doi"], ["title"])
_DELIMITERS = (("\t", "TSV"), (",", "CSV"), (";", "CSV"))


def sniff(head: bytes, where: str) -> Format:
    """Return the format of a file that begins so; ReadError says why it cannot be read."""
    if not head:
        raise ReadError(f"{where}: the file is empty")
    _refuse_binary(head, where)
    text = head.decode("utf-8", "ignore").lstrip("\ufeff").lstrip()
    if not text:
        raise ReadError(f"{where}: the file is empty")
    if _is_bibtex(text):
        return Format.BIBTEX
    if _is_json_lines(text):
        return Format.JSONL
    _refuse_known(text, where)
    if text.startswith("{"):
        return Format.JSONL
    if table := _table(text.split("\n")[:ROWS]):
        raise ReadError(_refusal(where, table, _EXPORT))
    return Format.PAGE


def _refuse_binary(head: bytes, where: str) -> None:
    for magic, name, advice in _MAGIC:
        if head.startswith(magic):
            raise ReadError(_refusal(where, name, advice))
    coding = next((name for bom, name in _BOMS if head.startswith(bom)), "") or _wide(head)
    if coding:
        raise ReadError(f"{where}: is {coding}; convert it: iconv -f {coding} -t UTF-8 {where}")
    if len(_CONTROL.findall(head)) > len(head) // 25:
        raise ReadError(f"{where}: is binary, no text; give BibTeX, JSON Lines or a page's text")


def _wide(head: bytes) -> str:
    """Return the coding, where most characters are ASCII with one or three NULs beside."""
    for coding in _ASCII_IN:
        width = len(" ".encode(coding))
        place = " ".encode(coding).index(b" ")
        columns = [head[column::width] for column in range(width)]
        wide = all(column.count(0) > 0.7 * len(column) for column in _without(columns, place))
        if wide and columns[place].count(0) < 0.1 * len(columns[place]):
            return coding.upper()
    return ""


def _without(columns: list[bytes], place: int) -> list[bytes]:
    return columns[:place] + columns[place + 1 :]


def _refuse_known(text: str, where: str) -> None:
    for pattern, name, advice in _UNSUPPORTED:
        found = re.search if pattern.startswith("(?m)") else re.match
        if found(pattern, text):
            raise ReadError(_refusal(where, name, advice))
    markup = _COMMENT.sub("", text, count=1).lstrip() if text.startswith("<!--") else text
    if re.match(r"<[?!a-z]", markup, re.IGNORECASE) or markup != text:
        for pattern, name, advice in _MARKUP:
            if re.search(pattern, markup[:2000], re.IGNORECASE):
                raise ReadError(_refusal(where, name, advice))


def _refusal(where: str, name: str, advice: str) -> str:
    return f"{where}: is {name}, which kg cannot read yet; {advice}"


def _is_bibtex(text: str) -> bool:
    """Say whether an entry comes before much prose; a page may show an entry to cite."""
    found = _ENTRY.search(text)
    if not found or text[0] in "{[<":
        return False
    return len(_NOTE.sub("", text[: found.start()]).split()) < PROSE


def _is_json_lines(text: str) -> bool:
    """Say whether most whole lines are objects, though the first may be broken."""
    lines = [line.strip() for line in text.split("\n")[:ROWS] if line.strip()]
    objects = sum(line.startswith("{") and line.endswith("}") for line in lines)
    return 2 * objects > len(lines)


def _table(lines: list[str]) -> str:
    """Return the kind of table whose header names what a paper has, or whose rows are alike."""
    for delimiter, name in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:  # a cell that is too long
            continue
        widths = [len(row) for row in rows]
        header = [cell.strip().lower() for cell in rows[0]]
        named = any(cell.split()[-1:] in _HEADER_WORDS for cell in header)
        if named and widths[0] > 1 and len(set(widths[:2])) == 1 and max(map(len, header)) < 40:
            return name
        if len(widths) > 2 and widths[0] > 2 and len(set(widths[:-1])) == 1:
            return name
    return ""
