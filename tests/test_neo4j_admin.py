"""What is exported for neo4j-admin, taken by the true importer and asked on the true server."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import neo4j
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import schema
from kg.assemble import assemble
from kg.export import make_folder, write_import
from kg.extract import Workers
from kg.lexicon import read_lexicon
from kg.load import load
from kg.model import Extraction, Graph
from kg.network import read_graph, read_marker
from kg.pipeline.without_folder import extract_files
from kg.query import named_queries, run_named
from kg.query.named import Parameter
from kg.read.fields import clean
from kg.rows import tables
from kg.shipped import shipped
from kg.stores import Row
from kg.stores.neo4j import Neo4jStore
from tests.build import D, M, extraction, paper
from tests.golden import Golden
from tests.neo4j_import import import_folder
from tests.neo4j_server import Neo4jServer

DOCKER = Path(__file__).parents[1] / "docker"
README = (DOCKER / "README.md").read_text(encoding="utf-8")
COMPOSE = (DOCKER / "compose.yaml").read_text(encoding="utf-8")

pytestmark = pytest.mark.neo4j

HAND_PICKED = (
    'She said "no", "", and """',
    '",\n"',
    "line\nline\r\nline\rend",
    "a;b,c\td | e",
    "\u2028\u2029\ufeff\ufffe\uffff",
    "😀 𝔽-GAN é e\u0301 \u202e",
    r"$\mathcal{L}_{\beta} = \frac{1}{2}$ \\ \" \n {\'e} %",
    " leading and trailing ",
    "null",
    "'",
    "\ufffd",
    "",
)


def drawn(count: int) -> list[str]:
    """Return texts that hypothesis draws, cleaned as a reader cleans them."""
    found: list[str] = []

    @settings(max_examples=count, database=None)
    @given(st.text(max_size=30) | st.text(alphabet='",;\n\r\\ \u2028😀$', max_size=12))
    def collect(text: str) -> None:
        found.append(clean(text))

    collect()
    return found


def odd(number: int, text: str, other: str) -> Extraction:
    """Return a paper in which every text is odd, and that says something."""
    about = paper(f"odd:{number}", f"Marmoset{text}", f"{other} Atari", year=2000 + number % 20)
    fields: dict[str, Any] = {
        "ids": (about.id, f"x:{number}:{text}"),
        "authors": (text, other, "") if number % 3 else (),
        "venue": other,
        "url": text,
        "citekey": other,
        "year": None if number % 5 == 0 else about.year,
    }
    return extraction(
        replace(about, **fields),
        {"m": (M, ("Marmoset",)), "d": (D, ("Atari",))},
        [("m", "EVALUATED_ON", "d", 0.9)],
        proposed={"m": 0.7},
        negated=number % 4 == 0,
    )


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The demo's papers, many with odd texts, and one of 14 MB."""
    texts = [*HAND_PICKED, *drawn(200)]
    odds = [odd(n, *pair) for n, pair in enumerate(zip(texts, reversed(texts), strict=True))]
    with Workers("rules", 1) as pool:
        demo = list(extract_files([shipped("pipelines") / "demo.jsonl"], pool, say=print))
    long = extraction(paper("long:1", "Long", "😀 word\n" * 1_400_000), {}, [])
    found = assemble([*demo, *odds, long], read_lexicon(), claim_threshold=0.3).graph
    entities = tuple(
        replace(one, aliases=HAND_PICKED[:-1], merged_by=()) if one.id == "method/marmoset" else one
        for one in found.entities
    )
    papers = tuple(replace(one, own_id="") for one in found.papers)  # which no store holds
    return replace(found, entities=entities, papers=papers, doubtful=7)


class Asked:
    """The store as a plain driver reads it."""

    def __init__(self, driver: neo4j.Driver, uri: str) -> None:
        self._driver = driver
        self.uri = uri

    place = "here"

    def exists(self) -> bool:
        return True

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[Row]:
        done = self._driver.execute_query(cypher, dict(parameters))
        return [record.data() for record in done.records]

    def tell(self, script: Path) -> int:
        """Run a script's statements as cypher-shell does; return how many things they changed."""
        changed = 0
        with self._driver.session() as session:
            for statement in script.read_text().removesuffix(";\n").split(";\n"):
                done = session.run(statement).consume().counters
                changed += done.properties_set + done.indexes_added + done.constraints_added
        return changed

    def writing(self) -> NoReturn:
        raise NotImplementedError


@pytest.fixture(scope="module")
def script(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server is told after the import."""
    folder = tmp_path_factory.mktemp("neo4j") / "import"
    make_folder(folder)
    write_import(graph, folder, graph_id="g", graph_digest="d")
    return folder / "constraints.cypher"


@pytest.fixture(scope="module")
def asked(script: Path) -> Iterator[Asked]:
    """The graph in a server: exported, imported, and told the rest."""
    home = script.parents[1] / "home"
    said = import_folder(script.parent, home, compose_settings())
    assert "IMPORT DONE" in said
    assert "warn" not in said.lower()
    with Neo4jServer(home) as server, neo4j.GraphDatabase.driver(server.uri) as driver:
        store = Asked(driver, server.uri)
        assert store.tell(script) > 0
        yield store


def compose_settings() -> list[str]:
    """Return what docker/compose.yaml sets, as lines of neo4j.conf."""
    found = re.findall(r"NEO4J_([a-z]\w+): (?:\$\{\w+:-)?\"?(\w+)", COMPOSE)
    names = [(name.replace("__", " ").replace("_", ".").replace(" ", "_"), v) for name, v in found]
    return [f"{name}={value}" for name, value in names]


def typed(row: Mapping[str, Any]) -> str:
    """Return properties so that 1, 1.0 and true differ; null is no property."""
    return json.dumps(
        {name: value for name, value in row.items() if value is not None}, sort_keys=True
    )


def test_each_node_is_what_the_loader_writes(graph: Graph, asked: Asked) -> None:
    expected = {
        (table.kind, row["id"]): typed(row)
        for table in tables(graph, graph_id="g", graph_digest="d")
        if table.ends is None
        for row in table.rows
    }
    found = asked.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties", {})
    assert len(found) == len(expected)
    for row in found:
        (label,) = row["labels"]
        assert typed(row["properties"]) == expected[label, row["properties"]["id"]]


def test_each_edge_is_what_the_loader_writes(graph: Graph, asked: Asked) -> None:
    expected = {}
    for table in tables(graph, graph_id="g", graph_digest="d"):
        for row in table.rows if table.ends else ():
            values = dict(row)
            ends = values.pop("source"), values.pop("target")
            expected[table.kind, table.ends, ends] = typed(values)
    found = asked.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS kind, labels(a)[0] AS start, labels(b)[0] AS end, "
        "a.id AS source, b.id AS target, properties(r) AS properties",
        {},
    )
    assert len(found) == len(expected)
    for row in found:
        key = row["kind"], (row["start"], row["end"]), (row["source"], row["target"])
        assert typed(row["properties"]) == expected[key]


def test_the_graph_is_read_back_byte_for_byte(graph: Graph, asked: Asked) -> None:
    assert read_graph(asked) == graph
    assert read_marker(asked)["digest"] == "d"


def test_what_the_server_is_told_changes_nothing_the_second_time(
    script: Path, asked: Asked
) -> None:
    assert asked.tell(script) == 0


def test_after_an_import_the_loader_finds_nothing_to_write(graph: Graph, asked: Asked) -> None:
    done = load(graph, Neo4jStore(asked.uri), graph_id="g", graph_digest="d")
    assert (done.written, done.removed) == (0, 0)
    moved = load(graph, Neo4jStore(asked.uri), graph_id="g", graph_digest="of other settings")
    assert (moved.written, moved.removed) == (0, 0)
    load(graph, Neo4jStore(asked.uri), graph_id="g", graph_digest="d")


@pytest.mark.parametrize("name", named_queries())
def test_every_question_has_the_answer_that_plain_python_gives(
    graph: Graph, asked: Asked, name: str
) -> None:
    query, answer = named_queries()[name], Golden(graph).answers()[name]
    limit = {"limit": "100000"} if "limit" in [p.name for p in query.parameters] else {}
    cases = list(possible(query.parameters, graph))
    assert cases
    for values in cases:
        rows = run_named(asked, query, {**values, **limit}, say=print)
        assert rows == answer(**values), values


def possible(parameters: Iterable[Parameter], graph: Graph) -> Iterator[dict[str, str]]:
    """Yield values for the parameters: some of the things of the graph, and the ends of claims."""
    names = [parameter.name for parameter in parameters if parameter.kind != "int"]
    if names == ["a", "b"]:
        yield from ({"a": claim.subject, "b": claim.object} for claim in graph.claims[::20])
        return
    (kind,) = [parameter.kind for parameter in parameters if parameter.kind != "int"]
    values: Iterable[str] = ("", *schema.ENTITY_LABELS)
    if kind == "paper":
        values = [one.id for one in graph.papers[::5]]
    elif kind != "text":
        fitting = [e.id for e in graph.entities if kind in ("entity", e.type.lower())]
        values = {*fitting[::10], *({"method/marmoset", "dataset/atari2600"} & {*fitting})}
    yield from ({names[0]: value} for value in sorted(values))


@pytest.mark.parametrize("question", re.findall(r"```cypher\n(.*?)```", README, re.DOTALL))
def test_the_questions_of_the_readme_have_answers(asked: Asked, question: str) -> None:
    assert asked.read(question, {})
