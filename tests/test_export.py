import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given

from kg.assemble import assemble
from kg.errors import StoreError, UsageError
from kg.export import export, make_folder, write_import
from kg.lexicon import Lexicon
from kg.model import Graph
from tests.build import GRAPH, M, extraction, paper
from tests.random_graphs import graphs


def rows(graph: Graph) -> list[dict[str, object]]:
    return [json.loads(line) for line in export(graph, "jsonl")]


def test_every_noun_is_a_line() -> None:
    kinds = [row["type"] for row in rows(GRAPH)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "paper": 2,
        "entity": 4,
        "mention": 5,
        "claim": 3,
        "evidence": 3,
    }


def test_a_claim_and_its_evidence_join_by_their_ends() -> None:
    claims = {
        (r["subject"], r["relation"], r["object"]) for r in rows(GRAPH) if r["type"] == "claim"
    }
    said = {
        (r["subject"], r["relation"], r["object"]) for r in rows(GRAPH) if r["type"] == "evidence"
    }
    assert ("method/go-explore", "EVALUATED_ON", "dataset/montezumas-revenge") in claims
    assert claims == said


@given(graphs())
def test_lines_and_keys_are_sorted(graph: Graph) -> None:
    lines = list(export(graph, "jsonl"))
    assert lines == sorted(lines)
    for line in lines:
        assert list(json.loads(line)) == sorted(json.loads(line))
        assert line.endswith("\n")


@given(graphs())
def test_graphml_is_read_by_graph_tools(graph: Graph) -> None:
    text = "".join(export(graph, "graphml"))
    net = nx.parse_graphml(text)
    assert set(net) == {p.id for p in graph.papers} | {e.id for e in graph.entities}
    assert net.number_of_edges() == len(graph.claims) + len(graph.mentions)
    ids = [one.get("id") for one in ET.fromstring(text).findall(".//{*}edge")]
    assert len(ids) == len(set(ids)) == net.number_of_edges()


def test_graphml_shows_the_sentences_of_a_claim() -> None:
    text = "".join(export(GRAPH, "graphml"))
    assert "It solves Montezuma's Revenge, unlike PPO." in text


def test_graphml_holds_no_character_that_xml_forbids() -> None:
    odd = extraction(paper("a", "PPO \ufffe\uffff"), {"p": (M, ("PPO",))}, [])
    text = "".join(export(assemble([odd], Lexicon(), claim_threshold=0).graph, "graphml"))
    ET.fromstring(text)


def folder_of(graph: Graph, folder: Path) -> dict[str, str]:
    make_folder(folder)
    write_import(graph, folder, graph_id="g", graph_digest="d")
    return {file.name: file.read_bytes().decode() for file in folder.iterdir()}


def test_an_import_has_a_header_and_a_file_for_each_label_and_relation(tmp_path: Path) -> None:
    files = folder_of(GRAPH, tmp_path / "import")
    assert files["Task-header.csv"] == (
        "id:ID(Task),name:string,aliases:string[],merged_by:string[],homonyms:string[],"
        "n_papers:long,first_year:long,last_year:long,kg:string,rev:long\n"
    )
    assert files["Task.csv"].startswith('"task/control","control","","","",1,2017,2017,"g",')
    assert files["USED_FOR-Method-Task-header.csv"].startswith(
        ":START_ID(Method),:END_ID(Task),id:string,support:long,confidence:double,"
    )
    assert "Dataset-header.csv" in files
    assert "BENCHMARK_FOR-Dataset-Task.csv" not in files  # the graph has none


@given(graph=graphs())
def test_equal_graphs_give_equal_imports(
    tmp_path_factory: pytest.TempPathFactory, graph: Graph
) -> None:
    folder = tmp_path_factory.mktemp("export")
    assert folder_of(graph, folder / "a") == folder_of(graph, folder / "b")


def test_an_import_goes_to_a_new_folder(tmp_path: Path) -> None:
    make_folder(tmp_path / "new" / "import")
    make_folder(tmp_path / "new" / "import")
    (tmp_path / "note").write_text("mine")
    with pytest.raises(UsageError, match="is no empty folder; name a new one"):
        make_folder(tmp_path)
    with pytest.raises(UsageError, match="is no empty folder"):
        make_folder(tmp_path / "note")


def test_an_import_that_the_importer_could_not_read_back_is_refused(tmp_path: Path) -> None:
    for authors in [("",), ("A\x1fB",)]:
        odd = replace(GRAPH, papers=(replace(GRAPH.papers[0], authors=authors),))
        with pytest.raises(StoreError, match="neo4j-admin cannot take the list"):
            write_import(odd, tmp_path, graph_id="g", graph_digest="d")


def test_a_value_longer_than_the_importer_expects_is_announced_to_it(tmp_path: Path) -> None:
    long = replace(GRAPH.papers[0], abstract="😀" * 3_000_000)
    files = folder_of(replace(GRAPH, papers=(long, GRAPH.papers[1])), tmp_path / "import")
    assert "--read-buffer-size=60" in files["import.sh"]
    assert "--read-buffer-size" not in folder_of(GRAPH, tmp_path / "small")["import.sh"]
