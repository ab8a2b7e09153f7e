"""What people decide holds in every assembly, and each line says what became of it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assemble import Assembly, assemble
from kg.corrections import HEADER, State, parse_correction, parse_corrections, read_corrections
from kg.errors import ReadError
from kg.export import export
from kg.lexicon import Lexicon
from kg.model import Extraction, Graph
from tests.build import D, M, T, extraction, paper

RL = extraction(
    paper("arxiv:1", "Trust regions (TRPO) for control on MuJoCo"),
    {"t": (M, ("TRPO",)), "c": (T, ("control",)), "m": (D, ("MuJoCo",))},
    [("t", "USED_FOR", "c", 0.9), ("t", "EVALUATED_ON", "m", 0.4)],
)
PPO = extraction(
    paper("arxiv:2", "PPO, that is clipped policy search, for locomotion"),
    {"p": (M, ("PPO", "clipped policy search")), "l": (T, ("locomotion",))},
    [("p", "USED_FOR", "l", 0.8)],
)
OTHER = extraction(
    paper("arxiv:3", "A better PPO against TRPO"),
    {"p": (M, ("PPO",)), "t": (M, ("TRPO",))},
    [("p", "COMPARED_WITH", "t", 0.7)],
)
PAPERS = (RL, PPO, OTHER)


def corrected(*lines: str, papers: tuple[Extraction, ...] = PAPERS) -> Assembly:
    """Assemble with these lines, whose cells are parted by a bar."""
    parsed = [parse_correction(line.replace("|", "\t"), n) for n, line in enumerate(lines, start=2)]
    return assemble(papers, Lexicon(), parsed, claim_threshold=0.5)


def graph_of(*lines: str, papers: tuple[Extraction, ...] = PAPERS) -> Graph:
    found = corrected(*lines, papers=papers)
    assert [one.why for one in found.outcomes if one.state != State.APPLIED] == []
    return found.graph


def methods(graph: Graph) -> dict[str, int]:
    return {e.id: e.n_papers for e in graph.entities if e.type == M}


BEFORE = {"method/clipped-policy-search": 1, "method/ppo": 1, "method/trpo": 2}


def test_without_corrections() -> None:
    assert methods(graph_of()) == BEFORE


def test_two_things_are_merged_and_say_why() -> None:
    graph = graph_of("merge|Method|TRPO|PPO")
    assert methods(graph) == {"method/clipped-policy-search": 1, "method/ppo": 2}
    (one,) = [e for e in graph.entities if e.id == "method/ppo"]
    assert "TRPO: correction" in one.merged_by
    assert [c.relation for c in graph.claims if c.subject == c.object] == []


def test_a_merge_may_hold_in_one_paper_alone() -> None:
    graph = graph_of("merge|Method|PPO|clipped policy search||arxiv:3")
    assert methods(graph) == {"method/clipped-policy-search": 2, "method/trpo": 2}


def test_a_form_is_split_from_what_its_paper_said_it_was() -> None:
    graph = graph_of("split|Method|PPO|Pretty Poor Optimizer||arxiv:2")
    assert methods(graph)["method/pretty-poor-optimizer"] == 1
    assert methods(graph)["method/clipped-policy-search"] == 1
    assert {c.subject for c in graph.claims if c.object == "task/locomotion"} == {
        "method/pretty-poor-optimizer"
    }


@pytest.mark.parametrize(("one", "other"), [("PPO", "TRPO"), ("TRPO", "clipped policy search")])
def test_merge_then_split_is_as_if_nothing_was(one: str, other: str) -> None:
    assert graph_of(f"merge|Method|{one}|{other}", f"split|Method|{one}|{one}") == graph_of()


def test_a_thing_gets_another_name_another_type_a_further_name() -> None:
    graph = graph_of(
        "rename|Method|TRPO|Trust Region Policy Optimization",
        "alias|Task|locomotion|walking",
        "retype|Dataset|MuJoCo|Method",
    )
    entities = {e.id: e for e in graph.entities}
    assert entities["method/trpo"].name == "Trust Region Policy Optimization"
    assert "TRPO" in entities["method/trpo"].aliases
    assert entities["task/locomotion"].aliases == ("walking",)
    assert "method/mujoco" in entities


def test_a_claim_whose_ends_do_not_fit_any_more_is_not_shown_but_counted() -> None:
    graph = graph_of("retype|Task|control|Dataset")
    assert all(c.object != "dataset/control" for c in graph.claims)
    assert graph.doubtful == graph_of().doubtful + 1


def test_what_is_stopped_is_no_entity() -> None:
    graph = graph_of("stop||control")
    assert "task/control" not in [e.id for e in graph.entities]
    assert methods(graph_of("stop|Method|TRPO|||arxiv:1"))["method/trpo"] == 1


def test_claims_are_rejected_and_accepted() -> None:
    graph = graph_of("reject||TRPO|control|USED_FOR", "accept||TRPO|MuJoCo|EVALUATED_ON")
    said = {(c.subject, str(c.relation), c.object) for c in graph.claims}
    assert ("method/trpo", "USED_FOR", "task/control") not in said
    assert ("method/trpo", "EVALUATED_ON", "dataset/mujoco") in said
    assert all(e.object != "task/control" for e in graph.evidence)


def test_a_comparison_is_rejected_from_either_end() -> None:
    graph = graph_of("reject||TRPO|method/ppo|COMPARED_WITH")
    assert all(c.relation != "COMPARED_WITH" for c in graph.claims)


@pytest.mark.parametrize(
    ("lines", "state", "why"),
    [
        (["merge|Method|TRPQ|PPO"], State.STALE, "no Method is named 'TRPQ' here; the nearest"),
        (["merge|Method|TRPO|trpo"], State.STALE, "they are one already"),
        (["retype|Method|TRPO|Method"], State.STALE, "it is a Method already"),
        (["stop|Method|TRPO|||arxiv:9"], State.STALE, "no paper is named 'arxiv:9' here"),
        (["stop|Method|TRPO|||arxiv:2"], State.STALE, "arxiv:2 does not speak of it"),
        (
            ["rename|Method|TRPO|A", "rename|Method|TRPO|B"],
            State.CONFLICT,
            "line 2 names it 'A'",
        ),
        (
            ["accept||TRPO|control|USED_FOR", "reject||TRPO|control|USED_FOR"],
            State.CONFLICT,
            "line 2 says the contrary",
        ),
        (["reject||control|TRPO|USED_FOR"], State.CONFLICT, "no pair of that name can stand in"),
        (["marge|Method|TRPO|PPO"], State.FAULTY, "no op is named 'marge'; the nearest is 'merge'"),
        (["merge|Method|TRPO"], State.FAULTY, "merge needs other"),
        (["retype|Method|TRPO|Taks"], State.FAULTY, "no type is named 'Taks'"),
        (["reject|Method|TRPO|control|USES"], State.FAULTY, "no relation is named 'USES'"),
    ],
)
def test_a_line_that_does_not_hold_says_why(lines: list[str], state: State, why: str) -> None:
    found = corrected(*lines)
    assert found.outcomes[-1].state == state
    assert why in found.outcomes[-1].why
    assert f"corrections.tsv:{len(lines) + 1} " in str(found.outcomes[-1])
    assert all(one.state == State.APPLIED for one in found.outcomes[:-1])


def test_a_name_of_two_things_must_be_told_more_nearly() -> None:
    task = extraction(paper("arxiv:4", "TRPO as a task"), {"t": (T, ("TRPO",))}, [])
    (outcome,) = corrected("stop||TRPO|", papers=(RL, task)).outcomes
    assert outcome.state == State.APPLIED
    (outcome,) = corrected("rename||TRPO|X", papers=(RL, task)).outcomes
    assert "stands for 2 things: method/trpo, task/trpo" in outcome.why
    (outcome,) = corrected("rename||task/trpo|X", papers=(RL, task)).outcomes
    assert outcome.state == State.APPLIED


def test_lines_hold_whoever_extracted() -> None:
    again = tuple(replace(one, extractor="better") for one in PAPERS)
    assert methods(graph_of("merge|Method|TRPO|PPO", papers=again))["method/ppo"] == 2


def test_the_file_has_a_header_comments_and_its_faults_told() -> None:
    (one,) = parse_corrections(f"{HEADER}\n# why\n\nstop\t\tcontrol\n")
    assert (one.line, one.op, one.name, str(one)) == (
        4,
        "stop",
        "control",
        "stop\t\tcontrol\t\t\t\t",
    )
    with pytest.raises(ReadError, match="the header should be"):
        parse_corrections("stop\tTask\tcontrol\n")


def test_no_file_is_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.tsv") == ()


NAMES = ["PPO", "TRPO", "Go-Explore", "A3C", "DQN"]


@given(st.data())
def test_any_merge_then_its_split_changes_no_byte(data: st.DataObject) -> None:
    papers = []
    for number in range(data.draw(st.integers(1, 5))):
        names = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
        entities = {name: (M, (name,)) for name in names}
        relations = [(a, "COMPARED_WITH", b, 0.6) for a, b in pairwise(names)]
        papers.append(
            extraction(paper(f"p:{number}", f"{' '.join(names)} {number}"), entities, relations)
        )
    known = sorted({e.name for one in papers for e in one.entities})
    if len(known) < 2:
        return
    one, other = data.draw(st.permutations(known))[:2]
    lines = (f"merge|Method|{one}|{other}", f"split|Method|{one}|{one}")
    before, after = graph_of(papers=tuple(papers)), graph_of(*lines, papers=tuple(papers))
    assert list(export(after, "jsonl")) == list(export(before, "jsonl"))
