"""What the ledger remembers of its runs, and how it forgets."""

import shutil
import sqlite3
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.ledger import Ledger
from kg.lexicon import Lexicon
from kg.model import Extraction, Paper
from tests.build import GO_EXPLORE, PPO, D, M, extraction, paper

LEDGERS = Path(__file__).parent / "ledgers"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def run(ledger: Ledger, *papers: Paper, extracted: tuple[Extraction, ...] = ()) -> None:
    """Put papers and extractions as one run."""
    sources = {one.source for one in papers}
    ledger.begin_run(sources, contents=str(papers))
    ledger.put_papers(papers)
    ledger.end_reading()
    ledger.put_extractions(extracted)
    ledger.note_run("{}")


def standing(ledger: Ledger, number: int) -> dict[str, tuple[str, str]]:
    """Return text and extractor of each paper at the end of a run."""
    found = ledger.extractions(run=number)
    return {one.paper.id: (one.paper.text, one.extractor) for one in found}


def test_each_run_can_be_had_again(file: Path) -> None:
    changed = replace(PPO.paper, abstract="It is short.")
    again = replace(PPO, paper=changed, mentions=(), entities=(), relations=(), extractor="new")
    with Ledger(file, create=True) as ledger:
        run(ledger, PPO.paper, extracted=(PPO,))
        run(ledger, GO_EXPLORE.paper)
        run(ledger, changed, extracted=(again,))
        assert [one.number for one in ledger.runs()] == [1, 2, 3]
        assert standing(ledger, 1) == {"arxiv:2": (PPO.paper.text, "by hand")}
        assert standing(ledger, 2) == {
            "arxiv:1": (GO_EXPLORE.paper.text, ""),
            "arxiv:2": (PPO.paper.text, "by hand"),
        }
        assert standing(ledger, 3)["arxiv:2"] == (changed.text, "new")
        assert list(ledger.extractions(run=3)) == list(ledger.extractions())


def test_other_settings_make_another_run(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        run(ledger, PPO.paper)
        ledger.note_run("{}")
        ledger.note_run('{"infer": true}')
        assert [(one.number, one.settings) for one in ledger.runs()] == [
            (1, "{}"),
            (2, '{"infer": true}'),
        ]


def test_what_is_forgotten_is_in_no_run_and_not_in_the_file(file: Path) -> None:
    secret = paper("a", "A Title To Forget", "An unforgettable abstract.")
    with Ledger(file, create=True) as ledger:
        run(ledger, secret, PPO.paper)
        run(ledger, replace(secret, abstract="Another unforgettable abstract."))
        ledger.forget(["a"])
        assert [list(standing(ledger, number)) for number in (1, 2)] == [["arxiv:2"]] * 2
    left = b"".join(one.read_bytes() for one in file.parent.iterdir())
    assert b"unforgettable" not in left
    assert b"To Forget" not in left


def test_a_paper_is_gone_from_a_source_only_where_no_other_brings_it(file: Path) -> None:
    def brought(one: str, source: str) -> Paper:
        return replace(paper(one, one), source=source)

    with Ledger(file, create=True) as ledger:
        run(ledger, brought("a", "mine"), brought("b", "mine"), brought("c", "mine"))
        run(ledger, brought("b", "other"))
        ledger.begin_run(["mine"], contents="again")
        ledger.put_papers([brought("c", "mine")])
        gone, before = ledger.gone_from(["mine"])
        assert ([one.id for one in gone], before) == (["a"], 3)
        ledger.leave_sources(["mine"])
        ledger.begin_run(["other"], contents="last")
        assert [one.id for one in ledger.gone_from(["other"])[0]] == ["b"]


def test_a_paper_is_found_by_any_id(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        run(ledger, replace(PPO.paper, ids=("arxiv:2", "doi:10.1/x")), paper("b", "B"))
        assert [one.id for one in ledger.papers_called(["doi:10.1/x"])] == ["arxiv:2"]
        assert ledger.papers_called(["nothing"]) == []


@pytest.mark.parametrize("version", [1])
def test_a_ledger_of_each_older_version_is_brought_up_after_a_copy(
    file: Path, version: int
) -> None:
    shutil.copy(LEDGERS / f"v{version}.sqlite", file)
    with Ledger(file) as ledger:
        assert ledger.graph_id == "0123456789abcdef"
        assert [one.paper.title for one in ledger.extractions()] == [
            GO_EXPLORE.paper.title,
            PPO.paper.title,
        ]
        assert not ledger.state().pending
        run(ledger, paper("c", "C"))
        assert len(standing(ledger, 1)) == 2
        assert len(standing(ledger, 2)) == 3
    with sqlite3.connect(file.with_suffix(f".v{version}.sqlite")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (version,)
    copy.close()


NINE = [
    extraction(
        paper(f"made:{n}", f"{about} number {n}", f"{about} plays Atari."),
        {"m": (M, (about,)), "d": (D, ("Atari",))},
        [("m", "EVALUATED_ON", "d", 0.4)],
    )
    for n, about in enumerate(["PPO", "A3C", "Go-Explore"] * 3)
]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(NINE), cuts=st.lists(st.integers(0, 9), max_size=3))
def test_papers_taken_in_bit_by_bit_make_the_graph_of_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, order: list[Extraction], cuts: list[int]
) -> None:
    bits = [order[a:b] for a, b in pairwise([0, *sorted(cuts), 9])]
    found = []
    for pieces in ([NINE], bits):
        with Ledger(tmp_path_factory.mktemp("bits") / "ledger.sqlite", create=True) as ledger:
            for number, piece in enumerate(pieces):
                ledger.begin_run((), contents=str(number))
                ledger.put_records(piece, extractor="by hand")
                ledger.end_reading()
            found.append(assemble(ledger.extractions(), Lexicon(), claim_threshold=0.3).graph)
    assert found[0] == found[1]
