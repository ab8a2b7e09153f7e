"""Where a graph can be asked: one interface, one module a store.

A store is a projection of the ledger; what it holds can always be built anew.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = dict[str, Any]


class Writer(Protocol):
    """Takes rows into a store."""

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Say what is there before and while it is written; a new file holds nothing."""

    def claim(self, cypher: str, marker: Row) -> None:
        """Write the marker first: what is written after it is refused once another one claims."""

    def write(self, cypher: str, rows: Sequence[Row]) -> list[Row]:
        """Run one statement over a batch of rows, given to it as ``$rows``, all or nothing."""


class Store(Protocol):
    """A graph that answers Cypher; values reach it only as parameters."""

    @property
    def place(self) -> str:
        """Where it is, in words."""

    def exists(self) -> bool:
        """Say whether there is anything to ask."""

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Run a reading statement; a write is an error."""

    def writing(self) -> AbstractContextManager[Writer]:
        """Take in a graph: a file is written anew and replaced at the end, a server is changed."""
