"""Rows → text: a table for people, JSON and CSV for programs, Markdown for notes."""

import csv
import io
import json
import textwrap
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.stores import Row

FORMATS = ("table", "json", "csv", "md")


def format_rows(rows: Sequence[Row], form: str, *, width: int | None = None) -> str:
    """Return the rows in one of FORMATS; a table too wide for ``width`` stands in blocks.

    >>> print(format_rows([{"name": "PPO", "papers": 2}], "md"), end="")
    | name | papers |
    | --- | --- |
    | PPO | 2 |
    """
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"
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
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


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
    needed = sum(max(map(cell_len, column)) + 3 for column in zip(columns, *cells, strict=True))
    if width and needed > width:
        return "\n".join(_block(columns, line, width) for line in cells)
    table = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    for line in cells:
        table.add_row(*map(Text, line))
    text = io.StringIO()
    Console(file=text, width=needed, color_system=None).print(table)
    lines = [line.rstrip() for line in text.getvalue().splitlines()]
    return "".join(line + "\n" for line in lines if line)


def _block(columns: list[str], line: list[str], width: int) -> str:
    """Return one row of a table that is too wide for the screen: a column a line, long text on."""
    indent = max(map(cell_len, columns)) + 2
    text = ""
    for column, cell in zip(columns, line, strict=True):
        wrapped = textwrap.wrap(" ".join(cell.split()), max(width - indent, 20)) or [""]
        text += f"{column:<{indent}}{wrapped[0]}".rstrip() + "\n"
        text += "".join(" " * indent + rest + "\n" for rest in wrapped[1:])
    return text
