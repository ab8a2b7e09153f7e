import json
from xml.etree import ElementTree as ET

import networkx as nx
from hypothesis import given

from kg.assemble import assemble
from kg.export import export
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
    net = nx.parse_graphml("".join(export(graph, "graphml")))
    assert set(net) == {p.id for p in graph.papers} | {e.id for e in graph.entities}
    assert net.number_of_edges() == len(graph.claims) + len(graph.mentions)


def test_graphml_shows_the_sentences_of_a_claim() -> None:
    text = "".join(export(GRAPH, "graphml"))
    assert "It solves Montezuma's Revenge, unlike PPO." in text


def test_graphml_holds_no_character_that_xml_forbids() -> None:
    odd = extraction(paper("a", "PPO \ufffe\uffff"), {"p": (M, ("PPO",))}, [])
    text = "".join(export(assemble([odd], Lexicon(), claim_threshold=0), "graphml"))
    ET.fromstring(text)
