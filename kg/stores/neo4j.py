"""Neo4j: a database on a server, 5.26 or later, over Bolt.

Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD alone, and stand in nothing that is said.
"""

import logging
import os
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import neo4j
from neo4j import exceptions

from kg import schema
from kg.errors import KgError, QueryError, StoreError
from kg.stores import Row

USUAL_DATABASE = "neo4j"
PATIENCE = 30.0
"""For how many seconds a transaction is tried again while a server is away or locks clash."""

_STANDS = "MATCH (g:Graph {id: $id}) SET g.kg = g.kg RETURN g.digest AS digest"
"""Lock the marker before reading it, so that no two loaders write at the same time."""

_ADVICE = (
    ("Neo.ClientError.Security.CredentialsExpired", "the password must be changed first: ALTER "
     "CURRENT USER SET PASSWORD FROM … TO …, in the database system"),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "too many wrong passwords; wait a while"),
    ("Neo.ClientError.Security.Unauthorized", "the server takes no such user and password; set "
     "NEO4J_USERNAME and NEO4J_PASSWORD"),
    ("Neo.ClientError.Security", "this user may not do that; ask for the rights, or name another"),
    ("Neo.ClientError.Database.DatabaseNotFound", "there is no such database; --database names it"),
    ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "the database is read-only; have it "
     "made writable, or name another"),
    ("Neo.ClientError.Transaction.TransactionTimedOut", "a transaction took longer than the server "
     "allows; raise its db.transaction.timeout, then run the same command again"),
)  # fmt: skip


class Neo4jStore:
    """The graph in that database; the server is asked at the first question."""

    def __init__(self, uri: str, database: str = "", *, patience: float = PATIENCE) -> None:
        self.uri = uri
        self.database = database or USUAL_DATABASE
        self._patience = patience
        self._driver: neo4j.Driver | None = None

    @property
    def place(self) -> str:
        """The address and the database."""
        return f"{self.uri}, database {self.database}"

    def exists(self) -> bool:
        """Say whether a graph of ours is there; StoreError where no server answers."""
        return bool(self.read("MATCH (n:Graph) WHERE n.kg = n.id RETURN n.id AS id", {}))

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Run a reading statement; QueryError says what is wrong with it."""

        def work(tx: neo4j.ManagedTransaction) -> list[Row]:
            return _rows(tx, cypher, parameters)

        with self._one_line_errors(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(work)

    @contextmanager
    def writing(self) -> Iterator["_Writer"]:
        """Change what is there, batch by batch; constraints and indexes are made first."""
        with self._one_line_errors(), self._session(neo4j.WRITE_ACCESS) as session:
            for statement in (*schema.CONSTRAINTS, *schema.FULLTEXT):
                session.execute_write(_rows, statement, {})
            session.execute_read(_rows, "CALL db.awaitIndexes(300)", {})
            yield _Writer(session, self.place)

    def _session(self, access: str) -> neo4j.Session:
        return self._connected().session(
            database=self.database, default_access_mode=access, fetch_size=10_000
        )

    def _connected(self) -> neo4j.Driver:
        if self._driver is None:
            logging.getLogger("neo4j").addHandler(logging.NullHandler())  # or it talks on stderr
            driver = neo4j.GraphDatabase.driver(
                self.uri,
                auth=_credentials(),
                max_transaction_retry_time=self._patience,
                notifications_min_severity="OFF",
            )
            weakref.finalize(self, driver.close)
            driver.verify_connectivity()
            self._driver = driver
        return self._driver

    @contextmanager
    def _one_line_errors(self) -> Iterator[None]:
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            raise _explained(error, self.place) from error


class _Writer:
    def __init__(self, session: neo4j.Session, place: str) -> None:
        self._session = session
        self._place = place
        self._marker: Row | None = None

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        return self._session.execute_read(_rows, cypher, parameters)

    def claim(self, cypher: str, marker: Row) -> None:
        self._marker = None
        self.write(cypher, [marker])
        self._marker = marker

    def write(self, cypher: str, rows: Sequence[Row]) -> list[Row]:
        return self._session.execute_write(self._write, cypher, rows)

    def _write(self, tx: neo4j.ManagedTransaction, cypher: str, rows: Sequence[Row]) -> list[Row]:
        if self._marker:
            found = _rows(tx, _STANDS, {"id": self._marker["id"]})
            if [_target(row) for row in found] != [_target(self._marker)]:
                raise StoreError(
                    f"{self._place}: another kg loads another state of this graph; "
                    "run the same command again when it is done"
                )
        return _rows(tx, cypher, {"rows": list(rows)})


def _target(marker: Row) -> str:
    return str(marker["digest"]).removeprefix(schema.LOADING)


def _rows(tx: neo4j.ManagedTransaction, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
    result = tx.run(cypher, dict(parameters))
    return [record.data() for record in result]


def _credentials() -> tuple[str, str] | None:
    password = os.environ.get("NEO4J_PASSWORD", "")
    return (os.environ.get("NEO4J_USERNAME") or "neo4j", password) if password else None


def _explained(error: exceptions.Neo4jError | exceptions.DriverError, place: str) -> KgError:
    """Return what went wrong, where, and what to do, in one line."""
    if isinstance(error, exceptions.IncompleteCommit | exceptions.ServiceUnavailable):
        return StoreError(
            f"{place}: no Neo4j answers there; start it or correct the address, "
            "then run the same command again"
        )
    if not isinstance(error, exceptions.Neo4jError):
        return StoreError(f"{place}: {_first_line(str(error))}")
    code, message = error.code or "", _first_line(error.message or "")
    if code.endswith("ConstraintCreationFailed"):
        whole = " ".join((error.message or "").split())
        message = f"{whole}; remove one or give it another id, then run the same command again"
    for prefix, advice in _ADVICE:
        if code.startswith(prefix):
            return StoreError(f"{place}: {advice}")
    if isinstance(error, exceptions.TransientError):
        message += "; run the same command again"
    ours = exceptions.ConstraintError | exceptions.TransientError
    if isinstance(error, ours) or not code.startswith("Neo.ClientError.Statement"):
        return StoreError(f"{place}: {message}")
    return QueryError(message)


def _first_line(text: str) -> str:
    return next(iter(text.splitlines()), "")
