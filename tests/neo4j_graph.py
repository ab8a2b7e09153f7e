"""What the tests against a true Neo4j share: the store, a bare driver beside it, graphs to load."""

from collections.abc import Iterator
from contextlib import contextmanager

import neo4j

from kg.assemble import assemble
from kg.lexicon import Lexicon
from kg.load import Loaded, load
from kg.model import Extraction, Graph
from kg.stores.neo4j import Neo4jStore
from tests.build import D, M, T, extraction, paper
from tests.neo4j_server import Neo4jServer

ALL = "MATCH (n) DETACH DELETE n"


def says(number: int, about: str, task: str = "control") -> Extraction:
    """Return a paper that proposes a method, uses it for a task and tests it on Atari."""
    return extraction(
        paper(f"p:{number}", f"Paper {number}: {about} for {task}", f"{about} plays Atari."),
        {"m": (M, (about,)), "t": (T, (task,)), "d": (D, ("Atari",))},
        [("m", "USED_FOR", "t", 0.9), ("m", "EVALUATED_ON", "d", 0.8)],
        proposed={"m": 0.9},
    )


def graph_of(*papers: Extraction) -> Graph:
    return assemble(papers, Lexicon(), claim_threshold=0.3).graph


def put(store: Neo4jStore, graph: Graph, digest: str = "d", *, graph_id: str = "g") -> Loaded:
    return load(graph, store, graph_id=graph_id, graph_digest=digest)


@contextmanager
def beside(server: Neo4jServer) -> Iterator[neo4j.Driver]:
    """Give somebody else's driver."""
    with neo4j.GraphDatabase.driver(server.uri) as driver:
        yield driver


def wipe(server: Neo4jServer) -> None:
    """Leave an empty database, without constraints."""
    with beside(server) as driver:
        driver.execute_query(ALL)
        for row in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
            driver.execute_query(f"DROP CONSTRAINT {row['name']}")


def said(server: Neo4jServer, cypher: str) -> list[dict[str, object]]:
    with beside(server) as driver:
        return [record.data() for record in driver.execute_query(cypher).records]
