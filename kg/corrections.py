"""Corrections: a file that people keep beside their graph, one decision a line.

``corrections.tsv`` has a header and the columns of COLUMNS. Things are named by their type and any
of their names, claims by head, relation and tail, so that the lines hold whatever the extractor.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kg.errors import ReadError, nearest
from kg.ids import digest
from kg.model import EntityType, RelationType

COLUMNS = ("op", "type", "name", "other", "relation", "paper", "note")
HEADER = "\t".join(COLUMNS)
_MUST = {
    "merge": ("name", "other"),
    "split": ("name", "other"),
    "rename": ("name", "other"),
    "retype": ("name", "other"),
    "alias": ("name", "other"),
    "stop": ("name",),
    "reject": ("name", "relation", "other"),
    "accept": ("name", "relation", "other"),
}
OPS = tuple(_MUST)


class State(StrEnum):
    """What became of a line."""

    APPLIED = "applied"
    STALE = "stale"
    CONFLICT = "in conflict"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line; ``line`` counts from 1, ``fault`` says why it cannot be read.

    ``merge``: name is other. ``split``: the form name is a thing of its own, called other.
    ``rename``: name is shown as other. ``retype``: name is of the type other. ``alias``: other is
    a name of name. ``stop``: name is no entity. ``reject``, ``accept``: the claim that name stands
    in the relation to other. An empty type is any, an empty paper is everywhere.
    """

    line: int
    op: str
    type: str = ""
    name: str = ""
    other: str = ""
    relation: str = ""
    paper: str = ""
    note: str = ""
    fault: str = ""

    def __str__(self) -> str:
        """Return the line as it stands in the file."""
        return "\t".join(getattr(self, column) for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction, and why it was not applied."""

    correction: Correction
    state: State
    why: str = ""

    def __str__(self) -> str:
        """Say where, what and why, in one line."""
        said = " ".join(str(self.correction).split())
        return f"corrections.tsv:{self.correction.line} ({said}) is {self.state}: {self.why}"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the lines of the file, none where it is missing; ReadError if it is no such file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read: {error}") from error
    return parse_corrections(text, str(path))


def parse_corrections(text: str, where: str = "corrections.tsv") -> tuple[Correction, ...]:
    """Return the lines of a text; empty ones and those that begin with # are left out."""
    lines = text.splitlines()
    if not lines:
        return ()
    if tuple(lines[0].rstrip("\t ").split("\t")) != COLUMNS:
        raise ReadError(f"{where}:1: the header should be {HEADER!r}, with tabs between")
    return tuple(
        parse_correction(line, number)
        for number, line in enumerate(lines[1:], start=2)
        if line.strip() and not line.startswith("#")
    )


def parse_correction(line: str, number: int) -> Correction:
    r"""Return a line's correction; what is wrong with it is its fault.

    >>> parse_correction("marge\tMethod\tPPO\tTRPO", 2).fault
    "no op is named 'marge'; the nearest is 'merge'"
    """
    cells = [cell.strip() for cell in line.split("\t")]
    made = make_correction(dict(zip(COLUMNS, cells, strict=False)), number)
    if len(cells) > len(COLUMNS):
        return replace(made, fault=f"{len(cells)} columns, not {len(COLUMNS)}")
    return made


def make_correction(values: Mapping[str, str], number: int) -> Correction:
    """Return the correction of these columns; what is wrong with them is its fault."""
    return Correction(line=number, **values, fault=_fault(values))


def _fault(values: Mapping[str, str]) -> str:
    op = values["op"]
    if op not in _MUST:
        return f"no op is named {op!r}{nearest(op, OPS)}"
    missing = [name for name in _MUST[op] if not values.get(name)]
    if missing:
        return f"{op} needs {' and '.join(missing)}"
    if op == "rename" and values.get("paper"):
        return "a thing has one name in all papers: leave the paper out"
    faults = [_among(values.get("type") or EntityType.METHOD, EntityType, "type")]
    if op == "retype":
        faults.append(_among(values["other"], EntityType, "type"))
    if op in ("reject", "accept"):
        faults.append(_among(values["relation"], RelationType, "relation"))
    return next(filter(None, faults), "")


def _among(value: str, known: type[StrEnum], what: str) -> str:
    return "" if value in list(known) else f"no {what} is named {value!r}{nearest(value, known)}"


def corrections_digest(corrections: Sequence[Correction]) -> str:
    """Return a digest of what the lines say; notes and line numbers do not count."""
    said: Callable[[Correction], str] = lambda one: str(one).rpartition("\t")[0]  # noqa: E731
    return digest(*map(said, corrections))
