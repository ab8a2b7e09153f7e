"""Rows → text: a table for people, JSON and CSV for programs, Markdown for notes."""

import csv
import io
import json
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.stores import Row

FORMATS = ("table", "json", "csv", "md")


def format_rows(rows: Sequence[Row], form: str, *, width: int | None = None) -> str:
    """Return the rows in one of FORMATS; a table is ``width`` columns wide, or as wide as needed.

    >>> print(format_rows([{"name": "PPO", "papers": 2}], "md"), end="")
    | name | papers |
    | --- | --- |
    | PPO | 2 |
    """
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if not rows:
        return ""
    cells = [[_cell(value) for value in row.values()] for row in rows]
    columns = list(rows[0])
    if form == "csv":
        return _csv(columns, cells)
    return _markdown(columns, cells) if form == "md" else _table(columns, cells, width)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " … ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _csv(columns: list[str], cells: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *cells])
    return text.getvalue()


def _markdown(columns: list[str], cells: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *cells]
    return "".join("| " + " | ".join(map(_escaped, line)) + " |\n" for line in lines)


def _escaped(cell: str) -> str:
    return " ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split())


def _table(columns: list[str], cells: list[list[str]], width: int | None) -> str:
    table = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    for line in cells:
        table.add_row(*map(Text, line))
    text = io.StringIO()
    needed = sum(max(map(cell_len, column)) + 3 for column in zip(columns, *cells, strict=True))
    Console(file=text, width=width or needed, color_system=None).print(table)
    lines = [line.rstrip() for line in text.getvalue().splitlines()]
    return "".join(line + "\n" for line in lines if line)
