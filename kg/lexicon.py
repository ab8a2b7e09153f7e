"""The lexicon: names that are known beforehand, each with its type and its other forms.

It is read from ``lexicon.tsv`` and serves twice: an extractor finds these names in a text, and
assembly unites the forms of one name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg import ids
from kg.errors import ReadError
from kg.model import EntityType

PATH = Path(__file__).parent / "lexicon.tsv"
HEADER = ("type", "name", "aliases")
SEPARATOR = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the lexicon."""

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    where: str = field(default="lexicon", compare=False)
    """File and line, where it was read from one."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class Lexicon:
    """Names by type and key; one form stands for one name of a type.

    >>> sgd = Entry(type=EntityType.METHOD, name="stochastic gradient descent", aliases=("SGD",))
    >>> Lexicon([sgd]).name(EntityType.METHOD, ids.key("SGDs"))
    'stochastic gradient descent'
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._names: dict[tuple[EntityType, str], str] = {}
        for entry in self.entries:
            self._add(entry)
        self.digest: str = ids.digest(*sorted(map(_line, self.entries)))
        """The same for equal content, whatever the order of the lines."""

    def name(self, entity_type: EntityType, key: str) -> str | None:
        """Return the canonical name of the form with this key, or None where it is unknown."""
        return self._names.get((entity_type, key))

    def _add(self, entry: Entry) -> None:
        for form in entry.forms:
            key = ids.key(form)
            if not key:
                raise ReadError(f"{entry.where}: {form!r} has no letter or digit: leave it out")
            known = self._names.setdefault((entry.type, key), entry.name)
            if known != entry.name:
                raise ReadError(
                    f"{entry.where}: {form!r} stands for {known!r} already, as {entry.type}: "
                    f"leave it out here or there"
                )


def read_lexicon(path: Path = PATH) -> Lexicon:
    """Read a lexicon file; ReadError names file and line of what is wrong with it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: the lexicon cannot be read: {error}") from error
    if not lines or tuple(lines[0].split("\t")) != HEADER:
        raise ReadError(f"{path}:1: the header should be {'<tab>'.join(HEADER)}")
    return Lexicon(_entry(f"{path}:{n}", line) for n, line in enumerate(lines[1:], start=2))


def _entry(where: str, line: str) -> Entry:
    """Return what a line says."""
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise ReadError(f"{where}: {len(cells)} columns instead of {len(HEADER)}")
    entity_type, name, aliases = cells
    if entity_type not in list(EntityType):
        raise ReadError(f"{where}: type {entity_type!r}: choose one of {', '.join(EntityType)}")
    return Entry(
        type=EntityType(entity_type),
        name=name,
        aliases=tuple(aliases.split(SEPARATOR)) if aliases else (),
        where=where,
    )


def _line(entry: Entry) -> str:
    return "\t".join((entry.type, entry.name, SEPARATOR.join(sorted(entry.aliases))))
