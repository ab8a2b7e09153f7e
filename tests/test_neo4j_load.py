"""Loading a true Neo4j: only what differs, and nothing of others."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export import export
from kg.ids import digest
from kg.load import load
from kg.model import Graph
from kg.network import read_graph
from kg.query import named_queries, run_named
from kg.stores.neo4j import Neo4jStore
from tests.golden import Golden
from tests.neo4j_graph import beside, graph_of, put, said, says, wipe
from tests.neo4j_server import Neo4jServer
from tests.random_graphs import graphs
from tests.test_query import possible, silent

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(neo4j_server: Neo4jServer) -> Neo4jServer:
    wipe(neo4j_server)
    return neo4j_server


@pytest.fixture
def store(server: Neo4jServer) -> Neo4jStore:
    return Neo4jStore(server.uri)


TWO = graph_of(says(1, "PPO"), says(2, "DQN", "exploration"))


class Counters:
    """What the driver counts over all statements of a load."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, result: Any) -> None:
        summary = result.consume().counters
        names = [name for name in dir(summary) if not name.startswith("_")]
        values = [getattr(summary, name) for name in names]
        self.total += sum(v for v in values if isinstance(v, int) and not isinstance(v, bool))


@pytest.fixture
def counters(monkeypatch: pytest.MonkeyPatch) -> Counters:
    """Count, at the driver's own door, what each statement changes."""
    import neo4j

    counted = Counters()
    run = neo4j.ManagedTransaction.run

    def counting(tx: neo4j.ManagedTransaction, *args: Any, **kwargs: Any) -> Any:
        result = run(tx, *args, **kwargs)
        rows = list(result)
        counted(result)
        return rows

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", counting)
    return counted


def test_what_is_loaded_is_read_back(store: Neo4jStore) -> None:
    put(store, TWO)
    papers = tuple(replace(one, own_id="") for one in TWO.papers)
    assert read_graph(store) == replace(TWO, papers=papers)


def test_the_same_graph_again_writes_nothing(store: Neo4jStore, counters: Counters) -> None:
    put(store, TWO)
    assert counters.total > 0
    counters.total = 0
    assert put(store, TWO).written == 0
    assert counters.total == 0


def test_a_paper_that_is_gone_takes_what_only_it_said(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    put(store, TWO)
    done = put(store, graph_of(says(1, "PPO")), "e")
    assert done.removed > 0
    names = {row["id"] for row in said(server, "MATCH (n) RETURN n.id AS id")}
    assert "method/dqn" not in names
    assert "task/exploration" not in names
    assert {"method/ppo", "dataset/atari", "p:1"} <= names
    assert read_graph(store).claims == graph_of(says(1, "PPO")).claims


def test_a_changed_paper_leaves_nothing_of_what_it_said(store: Neo4jStore) -> None:
    put(store, TWO)
    changed = graph_of(says(1, "PPO"), says(2, "A3C"))
    put(store, changed, "e")
    papers = tuple(replace(one, own_id="") for one in changed.papers)
    assert read_graph(store) == replace(changed, papers=papers)


def test_what_others_put_beside_and_upon_it_stays_and_is_told(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    put(store, TWO)
    with beside(server) as driver:
        driver.execute_query(
            "MATCH (m:Method {id: 'method/dqn'}), (t:Task {id: 'task/control'}) "
            "CREATE (:Note {text: 'mine'})-[:ABOUT]->(m) SET t.mine = 1 "
            "CREATE (:Method {id: 'method/theirs', name: 'theirs'})"
        )
    done = put(store, graph_of(says(1, "PPO", "walking")), "e")
    assert set(done.kept) == {"method/dqn", "task/control"}
    left = said(server, "MATCH (:Note)-[:ABOUT]->(m) RETURN m.id AS id, labels(m) AS l, m.kg AS kg")
    assert left == [{"id": "method/dqn", "l": [], "kg": None}]
    (theirs,) = said(server, "MATCH (m {id: 'task/control'}) RETURN m.mine AS mine, m.name AS name")
    assert theirs == {"mine": 1, "name": None}
    assert said(server, "MATCH (m:Method {id: 'method/theirs'}) RETURN m.name AS name")
    assert all(e.id != "method/theirs" for e in read_graph(store).entities)


def test_a_rebuild_removes_ours_alone_and_writes_it_anew(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    put(store, TWO)
    with beside(server) as driver:
        driver.execute_query("CREATE (:Note {text: 'mine'})")
    done = load(TWO, store, graph_id="g", graph_digest="d", rebuild=True)
    assert done.written > 0
    assert done.removed > 0
    assert said(server, "MATCH (n:Note) RETURN n.text AS text") == [{"text": "mine"}]
    assert read_graph(store).claims == TWO.claims


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs(), data=st.data())
def test_both_stores_answer_every_question_as_plain_python_does(
    server: Neo4jServer, graph: Graph, data: st.DataObject
) -> None:
    """The loader's difference makes each graph out of the one before."""
    store = Neo4jStore(server.uri)
    load(graph, store, graph_id="random", graph_digest=digest(*export(graph, "jsonl")))
    for name, query in named_queries().items():
        values = possible(query, graph, data)
        if values is None:
            continue
        limit = {"limit": "1000"} if "limit" in [p.name for p in query.parameters] else {}
        rows = run_named(store, query, {**values, **limit}, say=silent)
        assert rows == Golden(graph).answers()[name](**values), name
