"""``kg view``: what of a graph one chooses to see."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import EntityType, Graph
from kg.schema import SYMMETRIC
from kg.view import HEADING, narrow
from tests.test_cli import Run, run
from tests.test_curate import write
from tests.view_graph import small

__all__ = ["run"]

GRAPH = small()


def names(graph: Graph) -> list[str]:
    return sorted(e.name for e in graph.entities)


def one(name: str) -> str:
    return next(e.id for e in GRAPH.entities if e.name == name)


def test_around_a_thing_lies_what_claims_lead_to() -> None:
    assert names(GRAPH) == ["Atari", "Go-Explore", "ImageNet", "PPO", "exploration"]
    assert names(narrow.around(GRAPH, [one("Atari")], 1)) == ["Atari", "Go-Explore", "PPO"]
    two = names(narrow.around(GRAPH, [one("exploration")], 2))
    assert set(two) > set(names(narrow.around(GRAPH, [one("exploration")], 1)))


def test_a_task_has_its_methods_and_what_they_are_tested_on() -> None:
    part = narrow.of_task(GRAPH, [one("exploration")])
    assert "Atari" in names(part)
    assert "ImageNet" not in names(part)


def test_a_paper_shows_what_it_says() -> None:
    paper = GRAPH.papers[0]
    part = narrow.of_papers(GRAPH, [paper.id])
    assert [p.id for p in part.papers] == [paper.id]
    assert {e.paper for e in part.evidence} == {paper.id}


def test_between_two_things_lie_the_shortest_ways() -> None:
    part = narrow.between(GRAPH, [one("PPO")], [one("Atari")])
    assert names(part) == ["Atari", "PPO"]


@pytest.mark.parametrize(("date", "years"), [("2019", {2019, 2021}), ("2019-12-31", {2019, 2021})])
def test_since_a_date_a_year_counts_to_its_end(date: str, years: set[int]) -> None:
    assert {p.year for p in narrow.since(GRAPH, date).papers} == years


def test_only_a_type_only_what_is_sure() -> None:
    methods = narrow.of_types(GRAPH, [EntityType.METHOD])
    assert {e.type for e in methods.entities} == {EntityType.METHOD}
    sure = narrow.surer_than(GRAPH, 0.8)
    assert all(c.confidence >= 0.8 for c in sure.claims)
    assert sure.entities == GRAPH.entities


def test_a_relation_without_a_direction_is_found_from_either_end() -> None:
    turned = tuple(
        replace(e, subject=e.object, object=e.subject) if e.relation in SYMMETRIC else e
        for e in GRAPH.evidence
    )
    part = narrow.of_papers(replace(GRAPH, evidence=turned), ["refs#survey"])
    assert {c.relation for c in part.claims} == {"COMPARED_WITH", "USED_FOR"}


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Run:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(12))))
    return run


@pytest.mark.parametrize(
    "words",
    [
        ["--around", "PPO", "--depth", "2"],
        ["--task", "image classification"],
        ["--paper", "made:1"],
        ["--between", "Net1", "MuJoCo"],
        ["--query", "neighbourhood", "name=PPO"],
        ["--since", "2018", "--type", "Method", "--type", "Dataset", "--min-confidence", "0.3"],
        ["--ingested-since", "2020-01-01"],
    ],
)
def test_each_choice_makes_a_page_that_says_what_it_is(
    library: Run, tmp_path: Path, words: list[str]
) -> None:
    done = library("view", *words)
    assert (done.code, done.err) == (0, "")
    assert re.search(r": (\d+ of )?30 entities, (\d+ of )?12 papers\n", done.out)
    page = (tmp_path / "kg-graph" / "view.html").read_text()
    heading = page.partition("<title>")[2].partition("</title>")[0]
    assert heading != HEADING
    assert words[1].split("-")[0] in heading or words[0] == "--paper"
    about_one = words[0] in ("--around", "--task", "--paper")
    assert ('"start":"","types"' not in page) == about_one


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--around", "PPP"], 1, "no entity is named 'PPP' here; the nearest is 'PPO'"),
        (["--around", "PPO", "--task", "x"], 2, "choose one of --around and --task"),
        (["--task", "x", "--depth", "2"], 2, "--depth goes with --around"),
        (["--since", "soon"], 2, "'soon' is no date: write 2024"),
        (["--between", "PPO", "MuJoCo", "--min-confidence", "1"], 1, "no claims lead from"),
        (["name=PPO"], 2, "parameters go with --query NAME"),
        (["--query", "top-entities"], 2, "returns no source, relation and target"),
        (["--query", "neighbourhod"], 2, "the nearest is 'neighbourhood'"),
    ],
)
def test_what_cannot_be_chosen_is_one_line(
    library: Run, words: list[str], code: int, said: str
) -> None:
    done = library("view", *words)
    assert done.code == code
    assert said in done.err
    assert len(done.err.splitlines()) == 1
