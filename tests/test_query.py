from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import schema
from kg.assemble import assemble
from kg.errors import QueryError, UsageError
from kg.lexicon import Lexicon
from kg.load import load
from kg.model import Graph
from kg.query import format_rows, named_queries, named_query, run_cypher, run_named
from kg.query.find import find_ids
from kg.query.guard import check_read_only
from kg.query.named import KINDS, NamedQuery
from kg.shipped import shipped
from kg.stores.kglite import KgliteStore
from tests.build import GRAPH, M, T, extraction, paper
from tests.golden import Golden
from tests.random_graphs import graphs

QUERIES = named_queries()


def silent(text: str) -> None:
    raise AssertionError(text)


def open_store(graph: Graph, folder: Path) -> KgliteStore:
    store = KgliteStore(folder / "graph.kgl")
    load(graph, store, graph_id="g", graph_digest="d")
    return store


@pytest.fixture
def store(tmp_path: Path) -> KgliteStore:
    return open_store(GRAPH, tmp_path)


def possible(query: NamedQuery, graph: Graph, data: st.DataObject) -> dict[str, str] | None:
    """Draw a value for each parameter but the limit; None where the graph has none."""
    given_values = {}
    for parameter in query.parameters:
        if parameter.kind == "int":
            continue
        if parameter.kind == "text":
            values = ["", *schema.ENTITY_LABELS]
        elif parameter.kind == "paper":
            values = [paper.id for paper in graph.papers]
        else:
            kind = parameter.kind
            values = [e.id for e in graph.entities if kind in ("entity", e.type.lower())]
        if not values:
            return None
        given_values[parameter.name] = data.draw(st.sampled_from(values))
    return given_values


@pytest.mark.parametrize("name", QUERIES)
@settings(max_examples=40)
@given(graph=graphs(), data=st.data())
def test_every_question_has_the_answer_that_plain_python_gives(
    tmp_path_factory: pytest.TempPathFactory, name: str, graph: Graph, data: st.DataObject
) -> None:
    given_values = possible(QUERIES[name], graph, data)
    if given_values is None:
        return
    store = open_store(graph, tmp_path_factory.mktemp("q"))
    limit = {"limit": "1000"} if "limit" in [p.name for p in QUERIES[name].parameters] else {}
    rows = run_named(store, QUERIES[name], {**given_values, **limit}, say=silent)
    assert rows == Golden(graph).answers()[name](**given_values)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_question_uses_what_it_declares_and_what_the_schema_has(query: NamedQuery) -> None:
    import re

    body = "\n".join(line for line in query.cypher.splitlines() if not line.startswith("//"))
    assert query.summary.endswith(".")
    assert set(re.findall(r"\$(\w+)", body)) == {p.name for p in query.parameters}
    assert {p.kind for p in query.parameters} <= set(KINDS)
    assert set(re.findall(r"[:|]([A-Z]\w+)", body)) <= {*schema.NODES, *schema.EDGES}
    assert "ORDER BY" in body
    check_read_only(query.cypher)


def test_there_are_ten_questions() -> None:
    assert sorted(QUERIES) == sorted(Golden(GRAPH).answers())
    assert len(list(shipped("queries").glob("*.cypher"))) == 10


@pytest.mark.parametrize(
    "name",
    [
        "Proximal Policy Optimization",
        "proximal-policy optimization",
        "PPO",
        "ppo",
        "method/proximal-policy-optimization",
        "Method/ppo",
    ],
)
def test_a_thing_is_found_by_any_of_its_names(store: KgliteStore, name: str) -> None:
    rows = run_named(store, named_query("proposes"), {"name": name}, say=silent)
    assert rows[0]["entity"] == "method/proximal-policy-optimization"


def test_a_name_of_two_things_says_so_and_answers_for_both(tmp_path: Path) -> None:
    both = [
        extraction(paper("a", "RL"), {"e": (M, ("RL",))}, []),
        extraction(paper("b", "On RL"), {"e": (T, ("RL",))}, []),
    ]
    store = open_store(assemble(both, Lexicon(), claim_threshold=0).graph, tmp_path)
    said: list[str] = []
    run_named(store, named_query("by-year"), {"name": "RL"}, say=said.append)
    assert said == ["'RL' stands for 2: method/rl, task/rl"]


def test_a_paper_is_found_by_any_of_its_ids_its_key_and_its_title(tmp_path: Path) -> None:
    about = replace(paper("arxiv:1707.06347", "Clipped Policies"), citekey="schulman2017")
    graph = assemble([extraction(about, {}, [])], Lexicon(), claim_threshold=0).graph
    store = open_store(graph, tmp_path)
    for name in ("arxiv:1707.06347", "1707.06347v2", "schulman2017", "clipped policies"):
        assert find_ids(store, "paper", name) == ["arxiv:1707.06347"], name
    with pytest.raises(QueryError, match="here; give its title, arXiv id, DOI or BibTeX key"):
        find_ids(store, "paper", "nowhere")


def test_an_unknown_thing_is_answered_with_the_nearest(store: KgliteStore) -> None:
    with pytest.raises(
        QueryError, match="no entity is named 'Go-Explor' here; the nearest is 'Go-Explore'"
    ) as error:
        run_named(store, named_query("proposes"), {"name": "Go-Explor"}, say=silent)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "given_values", "expected"),
    [
        ("methods-for-tsk", {}, "; the nearest is 'methods-for-task'"),
        ("methods-for-task", {}, "methods-for-task needs task=…"),
        (
            "methods-for-task",
            {"task": "x", "tsk": "y"},
            "no 'tsk'; the nearest is 'task'",
        ),
        ("methods-for-task", {"task": "x", "limit": "many"}, "limit=many is no whole number"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    name: str, given_values: dict[str, str], expected: str
) -> None:
    with pytest.raises(UsageError, match=expected):
        named_query(name).bind(given_values)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n:Method) RETURN n.name AS name",
        "MATCH (n:Method) WHERE n.name = 'please DELETE; SET' RETURN n.name AS name",
        "MATCH (n:Method) // CREATE nothing\nRETURN n.name AS name",
        "MATCH (n:Method) /* MERGE */ RETURN n.`set` AS name, n.create AS other;",
        "MATCH (n:Method) CALL { WITH n RETURN 1 AS one } RETURN one",
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (n:Method) RETURN n.name AS start, n.id AS set ORDER BY set, start",
        "MATCH (m:Method)-[use:USED_FOR]->(copy:Task) RETURN use.id AS id, copy.id AS load",
        "RETURN {start: 1, create: 2} AS map",
    ],
)
def test_reading_passes_the_guard(cypher: str) -> None:
    check_read_only(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Method {id: 1})",
        "MATCH (n:Method) set n.name = 'x'",
        "MATCH (n:Method)SET n.name = 'x'",
        "MATCH (n:Method) WHERE n.n_papers = 1SET n.x = 2",
        "MATCH (n:Method) WITH n AS set SET set.x = 2",
        "MATCH (n:Method) WHERE n.x = 1.0DELETE n",
        "CALL `apoc.create.node`([], {})",
        "RETURN 1 AS one // \r CREATE (:Method)",
        "USE other MATCH (n) RETURN n",
        "MATCH (n:Method) CALL { CREATE (m:Method) } RETURN n",
        "MATCH (n:Method) DETACH DELETE n",
        "MATCH (n:Method) REMOVE n.name",
        "MERGE (n:Method {id: 1}) RETURN n",
        "DROP CONSTRAINT method_id",
        "LOAD CSV FROM 'file:///x' AS row RETURN row",
        "FOREACH (x IN [1] | CREATE (:A))",
        "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
        "CALL dbms.killQuery('x')",
        "CALL apoc.create.node(['A'], {})",
        "RETURN 1 AS one; MATCH (n) DELETE n",
        "MATCH (n:Method) /* */ SET/**/ n.name = 'x'",
        "MATCH (n:Method) \\u0053ET n.name = 'x'",
        "RETURN '\\u0027 AS a MATCH (n) SET n.x = 1 //'",
        "  // nothing\n",
    ],
)
def test_a_write_does_not_pass_the_guard(cypher: str) -> None:
    with pytest.raises(QueryError):
        check_read_only(cypher)


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("RETURN $x AS x", "9" * 30),
        ("RETURN $x AS x", "\udcff"),
        ("MATCH (n:Method) RETURN n.name AS n FORMAT CSV", "1"),
    ],
)
def test_what_the_store_cannot_take_is_one_line(store: KgliteStore, query: str, value: str) -> None:
    with pytest.raises(QueryError) as error:
        run_cypher(store, query, {"x": value})
    assert "\n" not in str(error.value)


def test_free_cypher_takes_any_value_and_returns_any(store: KgliteStore) -> None:
    assert run_cypher(store, "RETURN $x AS x", {"x": "NaN"}) == [{"x": "NaN"}]
    assert run_cypher(store, "RETURN $x AS x", {"x": "[" * 3000}) == [{"x": "[" * 3000}]
    rows = run_cypher(store, "RETURN date('2020-01-02') AS day", {})
    assert "2020-01-02" in format_rows(rows, "json")
    assert "2020-01-02" in format_rows(rows, "table")


def test_free_cypher_takes_parameters(store: KgliteStore) -> None:
    query = "MATCH (m:Method) WHERE m.n_papers >= $least RETURN m.id AS id ORDER BY id"
    assert len(run_cypher(store, query, {"least": "1"})) == 2
    assert run_cypher(store, query, {"least": "5"}) == []


def test_a_faulty_question_is_one_line(store: KgliteStore) -> None:
    with pytest.raises(QueryError) as error:
        run_cypher(store, "MATCH (n RETURN n", {})
    assert "\n" not in str(error.value)


ROWS = [{"name": 'a|b, "c"', "papers": 2, "sentences": ["One.", "Two."], "year": None}]


def test_rows_in_all_forms() -> None:
    assert format_rows(ROWS, "csv").splitlines()[1] == '"a|b, ""c""",2,One. … Two.,'
    assert format_rows(ROWS, "md").splitlines()[2] == '| a\\|b, "c" | 2 | One. … Two. |  |'
    assert '"sentences": [' in format_rows(ROWS, "json")
    assert format_rows([], "json") == "[]\n"
    assert format_rows([], "table") == ""
    header, rule, line = format_rows(ROWS, "table").splitlines()
    assert header.split() == ["name", "papers", "sentences", "year"]
    assert set(rule) == {"─"} or set(rule) == {" ", "─"}
    assert "One. … Two." in line


def test_rows_wider_than_the_screen_stand_one_under_another() -> None:
    rows = [{"paper": "arxiv:2001.00001", "sentence": "PPO is tested on MuJoCo. " * 3}] * 2
    text = format_rows(rows, "table", width=40)
    assert text.splitlines()[:2] == [
        "paper     arxiv:2001.00001",
        "sentence  PPO is tested on MuJoCo. PPO",
    ]
    assert max(map(len, text.splitlines())) <= 40
    assert text.count("\n\n") == 1
