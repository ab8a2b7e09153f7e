"""Named questions: ``queries/NAME.cypher``, whose first comment says what it asks and takes.

    // What it asks, in one sentence.
    //
    // $task   task  what the parameter is
    // $limit  int   another = 20

A parameter's kind is ``text``, ``int``, ``paper``, ``entity`` or a type in lower case; the value
after ``=`` is its default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError, nearest
from kg.shipped import shipped

KINDS = ("text", "int", "paper", "entity", "method", "task", "dataset")
_PARAMETER = re.compile(
    r"\$(?P<name>\w+)\s+(?P<kind>\w+)\s+(?P<about>[^=]*?)\s*(?P<given>=\s*(?P<default>.*))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question takes; ``default`` is None where a value must be given."""

    name: str
    kind: str
    about: str
    default: str | None

    @property
    def usage(self) -> str:
        """How it is given: ``task=…``, or in brackets with its default."""
        return f"{self.name}=…" if self.default is None else f"[{self.name}={self.default}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A question with a name."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    cypher: str

    @classmethod
    def read(cls, path: Path) -> "NamedQuery":
        """Read a ``.cypher`` file."""
        text = path.read_text(encoding="utf-8")
        header = [line[2:].strip() for line in text.splitlines() if line.startswith("//")]
        parameters = []
        for line in filter(lambda line: line.startswith("$"), header):
            found = _PARAMETER.fullmatch(line)
            assert found is not None, f"{path}: {line}"
            assert found["kind"] in KINDS, f"{path}: {line}"
            default = found["default"] if found["given"] else None
            parameters.append(
                Parameter(
                    name=found["name"],
                    kind=found["kind"],
                    about=found["about"],
                    default=default,
                )
            )
        return cls(name=path.stem, summary=header[0], parameters=tuple(parameters), cypher=text)

    def bind(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return a value for each parameter; a missing or an extra one is a UsageError."""
        known = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in known:
                raise UsageError(
                    f"{self.name} takes {', '.join(known)} and no {name!r}{nearest(name, known)}"
                )
        values = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None:
                raise UsageError(
                    f"{self.name} needs {parameter.name}=…: {parameter.about}; "
                    f'for example kg query {self.name} {parameter.name}="…"'
                )
            if parameter.kind == "int" and not re.fullmatch(r"\d{1,9}", value):
                raise UsageError(f"{self.name}: {parameter.name}={value} is no whole number")
            values[parameter.name] = value
        return values


def named_queries() -> dict[str, NamedQuery]:
    """Return the shipped questions by name."""
    paths = sorted(shipped("queries").glob("*.cypher"))
    return {path.stem: NamedQuery.read(path) for path in paths}


def named_query(name: str) -> NamedQuery:
    """Return the question of that name; UsageError names the nearest one."""
    path = shipped("queries") / f"{name}.cypher"
    names = sorted(path.stem for path in shipped("queries").glob("*.cypher"))
    if name not in names:
        raise UsageError(
            f"no query is named {name!r}{nearest(name, names)}; `kg query` lists them all"
        )
    return NamedQuery.read(path)
