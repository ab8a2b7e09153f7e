"""The embedded store: one file that kglite reads into memory.

A reader loads the file and never opens or closes it, since kglite's ``open`` takes the writer's
lease and its ``close`` rewrites the file. The one writer makes a new file and renames it.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import kglite

from kg import schema
from kg.errors import BrokenStoreError, QueryError, StoreError
from kg.stores import Row


class KgliteStore:
    """The store in that file; the file is read at the first question."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._graph: kglite.KnowledgeGraph | None = None

    @property
    def place(self) -> str:
        """The file."""
        return str(self.path)

    def exists(self) -> bool:
        """Say whether the file is there."""
        return self.path.is_file()

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Run a reading statement; QueryError says what is wrong with it."""
        graph = self._loaded()
        try:
            view = graph.cypher(cypher, params=dict(parameters))
        except (kglite.CypherError, kglite.ArgumentError) as error:
            raise QueryError(str(error).splitlines()[0]) from error
        except (TypeError, OverflowError, UnicodeError) as error:
            raise QueryError(f"the query or a parameter is not understood: {error}") from error
        if not isinstance(view, kglite.ResultView):
            raise QueryError("the query returns no rows but a text; leave FORMAT out")
        return [dict(row) for row in view.to_list()]

    def _loaded(self) -> kglite.KnowledgeGraph:
        if self._graph is None:
            try:
                self._graph = kglite.load(str(self.path))
            except (kglite.KgError, OSError) as error:
                reason = str(error).splitlines()[0]
                raise BrokenStoreError(
                    f"{self.path}: the store cannot be read: {reason}"
                ) from error
            self._graph.read_only(enabled=True)
            kglite.set_query_warning_policy("silent")  # it warns of types that a graph lacks
        return self._graph

    @contextmanager
    def writing(self) -> Iterator["_Writer"]:
        """Write a new file beside the old one, and rename it when all is in."""
        self._graph = None
        fresh = self.path.with_name(self.path.name + ".new")
        graph = kglite.KnowledgeGraph()
        for constraint in schema.CONSTRAINTS:
            graph.cypher(constraint)
        yield _Writer(graph)
        try:
            with warnings.catch_warnings(action="ignore", category=kglite.MappedFallbackWarning):
                graph.save(str(fresh))
            fresh.replace(self.path)
        except (kglite.KgError, OSError) as error:
            fresh.unlink(missing_ok=True)
            reason = str(error).splitlines()[0]
            raise StoreError(f"{self.path}: the store cannot be written: {reason}") from error


class _Writer:
    def __init__(self, graph: kglite.KnowledgeGraph) -> None:
        self._graph = graph

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:  # noqa: ARG002
        return []

    def claim(self, cypher: str, marker: Row) -> None:
        self.write(cypher, [marker])

    def write(self, cypher: str, rows: Sequence[Row]) -> list[Row]:
        view = self._graph.cypher(cypher, params={"rows": list(rows)})
        assert isinstance(view, kglite.ResultView)
        return [dict(row) for row in view.to_list()]
