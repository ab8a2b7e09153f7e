"""How fast the graph comes into a true Neo4j, over Bolt and by the offline import.

    uv run python -m tests.bench.neo4j [FILE.jsonl.gz] [PAPERS]

All in one run on one machine; the machine is noisy, read the ratios.
"""

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import neo4j

from kg.export import make_folder, write_import
from kg.load import load
from kg.model import Graph
from kg.pipeline import GraphFolder, IngestOptions, ingest
from kg.pipeline.assembly import Settings, no_cycle_search
from kg.query import named_query, run_named
from kg.rows import tables
from kg.stores.kglite import KgliteStore
from kg.stores.neo4j import Neo4jStore
from tests.bench.ingest import POOL
from tests.neo4j_import import import_folder
from tests.neo4j_server import Neo4jServer

SOME = 3_000
"""So many rows tell how fast a slow way is."""


def main(file: Path, papers: int) -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        graph, without_one = _graphs(folder, file, papers)
        mentions = [(one.paper, one.entity) for one in graph.mentions]
        rows = sum(len(table.rows) for table in tables(graph, graph_id="g", graph_digest="d"))
        print(
            f"{papers:,} papers, {len(graph.mentions):,} edges of mention, "
            f"{len(graph.evidence):,} evidences, {rows:,} rows\n"
        )
        print("| what | seconds | rows a second | share of the first load |\n|---|--:|--:|--:|")
        with Neo4jServer(folder / "server") as server:
            store = Neo4jStore(server.uri)
            first = _timed(lambda: _put(store, graph, "d"))
            _tell("first load over Bolt", first, rows, first)
            _tell("the same again", _timed(lambda: _put(store, graph, "d")), None, first)
            _tell("without one paper", _timed(lambda: _put(store, without_one, "e")), None, first)
            query = named_query("neighbourhood")
            ask = lambda: run_named(store, query, {"name": "PPO"}, say=print)  # noqa: E731
            _tell("a question", _timed(ask), None, first)
            with neo4j.GraphDatabase.driver(server.uri) as driver:
                some, ours = mentions[:SOME], rows / first
                for what, write in (
                    ("one row a query", _one_by_one),
                    ("CREATE, then merge", _merge),
                ):
                    driver.execute_query("MATCH (n:Naive) DETACH DELETE n")
                    seconds = _timed(partial(write, driver, some))
                    _tell(f"{what}, {SOME:,} rows", seconds, len(some), first)
                    print(f"| – against the loader | | ÷{ours / (len(some) / seconds):.1f} | |")
        imported = folder / "import"
        make_folder(imported)
        written = _timed(lambda: write_import(graph, imported, graph_id="g", graph_digest="d"))
        _tell("export for neo4j-admin", written, rows, first)
        taken = _timed(lambda: import_folder(imported, folder / "imported", []))
        _tell("import by neo4j-admin", taken, rows, first)
        embedded = KgliteStore(folder / "graph.kgl")
        _tell("beside it: kglite", _timed(lambda: _put(embedded, graph, "d")), rows, first)


def _graphs(folder: Path, file: Path, papers: int) -> tuple[Graph, Graph]:
    """Return the graph of so many papers, and of one less; a small file is read again and again."""
    some = folder / "some.jsonl"
    with gzip.open(file, "rt", encoding="utf-8") as lines, some.open("w") as out:
        known = list(islice(map(json.loads, lines), papers))
        for number in range(papers):
            time_round, place = divmod(number, len(known))
            paper = {"id": f"bench:{number}", "abstract": known[place]["abstract"]}
            title = known[place]["title"] + f" ({time_round})" * bool(time_round)
            out.write(json.dumps({**paper, "title": title}) + "\n")
    place_of = GraphFolder(folder / "graph")
    ingest(place_of, [some], IngestOptions(), progress=lambda *_: None, say=print)
    with place_of.open() as ledger:
        settings = Settings.of(place_of, ledger)
        found = list(ledger.extractions())
        return settings.assembled(found).graph, settings.assembled(found[1:]).graph


def _one_by_one(driver: neo4j.Driver, rows: list[tuple[str, str]]) -> None:
    """Write as naive loaders do: a query, and a transaction, for each row."""
    for source, target in rows:
        driver.execute_query(
            "MERGE (a:Naive {id: $source}) MERGE (b:Naive {id: $target}) MERGE (a)-[:SAYS]->(b)",
            source=source,
            target=target,
        )


def _merge(driver: neo4j.Driver, rows: list[tuple[str, str]]) -> None:
    """Write as builders do that create each chunk's nodes anew and then unite those of one id."""
    for start in range(0, len(rows), 1000):
        driver.execute_query(
            "UNWIND $rows AS row CREATE (a:Naive {id: row[0]})-[:SAYS]->(b:Naive {id: row[1]})",
            rows=[list(row) for row in rows[start : start + 1000]],
        )
    for pattern, anew in (
        ("(other)-[:SAYS]->(end)", "(one)-[:SAYS]->(end)"),
        ("(end)-[:SAYS]->(other)", "(end)-[:SAYS]->(one)"),
    ):
        driver.execute_query(
            "MATCH (n:Naive) WITH n.id AS id, collect(n) AS same WHERE size(same) > 1 "
            "WITH head(same) AS one, tail(same) AS others UNWIND others AS other "
            f"MATCH {pattern} MERGE {anew}"
        )
    driver.execute_query(
        "MATCH (n:Naive) WITH n.id AS id, collect(n) AS same WHERE size(same) > 1 "
        "UNWIND tail(same) AS other DETACH DELETE other"
    )


def _put(store: Neo4jStore | KgliteStore, graph: Graph, digest: str) -> None:
    with no_cycle_search():
        load(graph, store, graph_id="g", graph_digest=digest)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _tell(what: str, seconds: float, rows: int | None, first: float) -> None:
    speed = f"{rows / seconds:,.0f}" if rows else ""
    print(f"| {what} | {seconds:.1f} | {speed} | {seconds / first:.0%} |", flush=True)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else POOL,
        int(sys.argv[2]) if len(sys.argv) > 2 else 10_000,
    )
