"""Where a graph can be asked: one interface, one module a store.

A store is a projection of the ledger; what it holds can always be built anew.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = dict[str, Any]


class Writer(Protocol):
    """Takes rows into a store."""

    def write(self, cypher: str, rows: Sequence[Row]) -> None:
        """Run one statement over a batch of rows, given to it as ``$rows``."""


class Store(Protocol):
    """A graph that answers Cypher; values reach it only as parameters."""

    def exists(self) -> bool:
        """Say whether there is anything to ask."""

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Run a reading statement; a write is an error."""

    def rebuild(self) -> AbstractContextManager[Writer]:
        """Take in a whole new graph, which takes the old one's place at the end or not at all."""
