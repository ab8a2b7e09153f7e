"""What can go wrong with a server: one clear line, nothing half there, and a rerun completes."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest

from kg import schema
from kg.errors import KgError
from kg.load import load
from kg.load import statements as cypher
from kg.model import Graph
from kg.network import read_graph, read_marker
from kg.stores.neo4j import Neo4jStore
from tests.neo4j_graph import graph_of, put, said, says, wipe
from tests.neo4j_server import Neo4jServer, free_port
from tests.test_cli import Run, run
from tests.test_curate import write

__all__ = ["run"]

pytestmark = pytest.mark.neo4j

TWO = graph_of(says(1, "PPO"), says(2, "DQN", "exploration"))
MANY = graph_of(*(says(n, f"Net{n}", f"task {n % 50}") for n in range(400)))


@pytest.fixture
def server(neo4j_server: Neo4jServer) -> Neo4jServer:
    wipe(neo4j_server)
    return neo4j_server


def refused(work: Callable[[], object]) -> str:
    """Return the one line that the error says."""
    with pytest.raises(KgError) as error:
        work()
    line = str(error.value)
    assert "\n" not in line
    return line


def bare(graph: Graph) -> Graph:
    """Return the graph as stores hold it."""
    return replace(graph, papers=tuple(replace(one, own_id="") for one in graph.papers))


def test_a_server_that_is_absent() -> None:
    store = Neo4jStore(f"bolt://localhost:{free_port()}", patience=0.1)
    assert "no Neo4j answers there; start it" in refused(lambda: put(store, TWO))


def test_a_server_that_is_killed_in_the_middle_of_a_load_and_comes_back(tmp_path: Path) -> None:
    with Neo4jServer(tmp_path) as server:
        store = Neo4jStore(server.uri, patience=0.5)
        put(store, TWO)
        with pytest.MonkeyPatch.context() as patched:
            statements: list[str] = []
            write_statement = cypher.write

            def killing(table: object) -> str:
                statements.append(str(table))
                if len(statements) == 6:
                    server.kill()
                return write_statement(table)  # type: ignore[arg-type]

            patched.setattr(cypher, "write", killing)
            assert "no Neo4j answers there" in refused(lambda: put(store, MANY, "e"))
        server.start()
        store = Neo4jStore(server.uri)
        assert read_marker(store)["digest"] == schema.LOADING + "e"
        put(store, MANY, "e")
        assert read_graph(store) == bare(MANY)


def test_a_transaction_that_takes_longer_than_the_server_allows(tmp_path: Path) -> None:
    with Neo4jServer(tmp_path, {"db.transaction.timeout": "1ms"}) as server:
        assert "raise its db.transaction.timeout" in refused(
            lambda: put(Neo4jStore(server.uri, patience=1), MANY)
        )
        server.stop()
        del server.settings["db.transaction.timeout"]
        server.start()
        put(Neo4jStore(server.uri), MANY)
        assert read_graph(Neo4jStore(server.uri)) == bare(MANY)


def test_two_loaders_of_the_same_graph_at_once_end_as_one_after_the_other(
    server: Neo4jServer,
) -> None:
    errors: list[Exception] = []

    def work() -> None:
        try:
            put(Neo4jStore(server.uri), MANY)
        except KgError as error:
            errors.append(error)

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert errors == []
    assert read_graph(Neo4jStore(server.uri)) == bare(MANY)
    assert put(Neo4jStore(server.uri), MANY).written == 0


def test_two_loaders_of_different_states_do_not_mix(server: Neo4jServer) -> None:
    lines: list[str] = []

    def work(graph: Graph, digest: str) -> None:
        try:
            put(Neo4jStore(server.uri), graph, digest)
        except KgError as error:
            lines.append(str(error))

    states = ((MANY, "d"), (TWO, "e"))
    both = [threading.Thread(target=work, args=state) for state in states]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert all("run the same command again" in line for line in lines)
    put(Neo4jStore(server.uri), TWO, "e")
    assert read_graph(Neo4jStore(server.uri)) == bare(TWO)


def test_a_database_that_is_read_only(tmp_path: Path) -> None:
    with Neo4jServer(tmp_path) as server:
        put(Neo4jStore(server.uri), TWO)
        server.stop()
        server.settings["server.databases.read_only"] = "neo4j"
        server.start()
        line = refused(lambda: put(Neo4jStore(server.uri), MANY, "e"))
        assert "the database is read-only; have it made writable" in line
        assert read_graph(Neo4jStore(server.uri)) == bare(TWO)
        server.stop()
        del server.settings["server.databases.read_only"]
        server.start()
        put(Neo4jStore(server.uri), MANY, "e")
        assert read_graph(Neo4jStore(server.uri)) == bare(MANY)


def test_a_database_that_is_missing(server: Neo4jServer) -> None:
    line = refused(lambda: put(Neo4jStore(server.uri, "papers"), TWO))
    assert "database papers: there is no such database; --database names it" in line


def test_a_database_that_holds_another_graph(server: Neo4jServer) -> None:
    store = Neo4jStore(server.uri)
    put(store, TWO)
    line = refused(lambda: put(store, MANY, graph_id="other"))
    assert "holds another graph (g, this one is other); name a database of its own" in line
    assert read_graph(store) == bare(TWO)


def test_a_database_of_another_version_of_the_schema(server: Neo4jServer) -> None:
    store = Neo4jStore(server.uri)
    put(store, TWO)
    said(server, "MATCH (g:Graph) SET g.schema = 99 RETURN g.id AS id")
    line = refused(lambda: put(store, MANY, "e"))
    assert "in another shape (version 99, this kg knows" in line
    assert "`kg load --rebuild` builds it anew" in line
    load(MANY, store, graph_id="g", graph_digest="e", rebuild=True)
    assert read_graph(store) == bare(MANY)


def test_a_text_of_five_megabytes(server: Neo4jServer) -> None:
    long = replace(says(1, "PPO"), paper=replace(says(1, "PPO").paper, venue="😀x" * 1_000_000))
    graph = graph_of(long)
    store = Neo4jStore(server.uri)
    put(store, graph)
    assert read_graph(store) == bare(graph)


@pytest.mark.parametrize("label", ["Task", "Paper"])
def test_a_thing_of_others_that_has_an_id_of_ours(server: Neo4jServer, label: str) -> None:
    one = {"Task": "task/control", "Paper": "p:1"}[label]
    said(server, f"CREATE (n:{label} {{id: '{one}'}}) RETURN n.id AS id")
    store = Neo4jStore(server.uri)
    line = refused(lambda: put(store, TWO))
    assert f"a :{label} with the id '{one}' is there that is not of this graph" in line
    assert said(server, "MATCH (n) WHERE n.kg IS NOT NULL RETURN n.id AS id") == []
    said(server, f"MATCH (n:{label} {{id: '{one}'}}) DETACH DELETE n RETURN 1 AS one")
    put(store, TWO)
    assert read_graph(store) == bare(TWO)


def test_things_of_others_that_offend_the_constraint(server: Neo4jServer) -> None:
    said(server, "CREATE (:Task {id: 'x'}), (:Task {id: 'x'}) RETURN 1 AS one")
    line = refused(lambda: put(Neo4jStore(server.uri), TWO))
    assert "Task" in line
    assert "'x'" in line
    said(server, "MATCH (n:Task) DETACH DELETE n RETURN 1 AS one")
    put(Neo4jStore(server.uri), TWO)


def test_the_command_ends_with_one_line_and_a_rerun_completes(
    server: Neo4jServer, run: Run, tmp_path: Path
) -> None:
    file = str(write(tmp_path / "a.jsonl", *range(6)))
    away = run("ingest", file, "--store", f"bolt://localhost:{free_port()}")
    assert (away.code, len(away.err.splitlines())) == (1, 1)
    done = run("ingest", file, "--store", server.uri)
    assert (done.code, done.err) == (0, "")
    run("ingest", file, "--at", "embedded")
    assert run("export").out == run("export", "--at", "embedded").out
    assert "nothing to do" in run("load").out
    assert "differs      nothing" in run("status", "--store", server.uri).out


WORD = "battery"
SECRET = f"correct horse {WORD}"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server that asks for a password, and still has the one that it came with."""
    home = tmp_path_factory.mktemp("guarded")
    with Neo4jServer(home, {"dbms.security.auth_enabled": "true"}) as server:
        yield server


def test_no_password_an_expired_one_a_wrong_one_and_the_right_one(
    guarded: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attempt(password: str | None) -> str:
        monkeypatch.delenv("NEO4J_USERNAME", raising=False)
        monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
        if password is not None:
            monkeypatch.setenv("NEO4J_PASSWORD", password)
        return refused(lambda: put(Neo4jStore(guarded.uri), TWO))

    assert "set NEO4J_USERNAME and NEO4J_PASSWORD" in attempt(None)
    assert "the password must be changed first" in attempt("neo4j")
    with neo4j.GraphDatabase.driver(guarded.uri, auth=("neo4j", "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=SECRET, database_="system"
        )
    wrong = attempt("wrong horse battery")
    assert "the server takes no such user and password" in wrong
    assert "horse" not in wrong
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    put(Neo4jStore(guarded.uri), TWO)
    assert read_graph(Neo4jStore(guarded.uri)) == bare(TWO)


def test_a_secret_in_an_address_is_refused_and_not_repeated(run: Run) -> None:
    done = run("ingest", "demo", "--store", f"bolt://neo4j:{WORD}@localhost:7687")
    assert done.code == 2
    assert WORD not in done.out + done.err


def test_the_command_line_of_the_program_holds_no_secret(guarded: Neo4jServer) -> None:
    """It comes from the environment alone: no option takes it."""
    help_text = subprocess.run(
        [sys.executable, "-m", "kg", "ingest", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "password" not in help_text.lower()
