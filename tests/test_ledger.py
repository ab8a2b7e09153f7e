import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.errors import LedgerError
from kg.ledger import Ledger, Outcome
from kg.model import Paper
from tests.build import GO_EXPLORE, PPO, paper


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def put(ledger: Ledger, *papers: Paper) -> list[Outcome]:
    """Put papers as one ingest."""
    ledger.begin_run({one.source for one in papers}, contents="")
    outcomes = ledger.put_papers(papers, [])
    ledger.end_reading()
    return outcomes


def texts(ledger: Ledger) -> dict[str, str]:
    return {one.paper.id: one.paper.abstract for one in ledger.extractions()}


def test_what_is_put_comes_back(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        assert put(ledger, GO_EXPLORE.paper, PPO.paper) == [Outcome.NEW, Outcome.NEW]
        assert [[p.id for p in batch] for batch in ledger.pending()] == [["arxiv:1", "arxiv:2"]]
        ledger.put_extractions([PPO])
    with Ledger(file) as ledger:
        go_explore, ppo = ledger.extractions()
    assert ppo == replace(PPO, paper=replace(PPO.paper, own_id=""))
    assert go_explore.mentions == ()
    assert go_explore.extractor == ""


def test_the_same_paper_again_changes_nothing(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        put(ledger, PPO.paper)
        ledger.put_extractions([PPO])
        before = ledger.digest()
        assert put(ledger, PPO.paper) == [Outcome.UNCHANGED]
        assert ledger.digest() == before
        assert list(ledger.pending()) == []


def test_a_changed_abstract_takes_the_place_of_what_the_old_one_said(file: Path) -> None:
    changed = replace(PPO.paper, abstract="It is short.")
    with Ledger(file, create=True) as ledger:
        put(ledger, PPO.paper)
        ledger.put_extractions([PPO])
        assert put(ledger, changed) == [Outcome.CHANGED]
        assert list(ledger.pending()) == [[changed]]
        (found,) = ledger.extractions()
        assert found.mentions == ()


def test_another_title_under_a_known_id_is_refused_and_reported(file: Path) -> None:
    other = replace(PPO.paper, title="Quite Another Paper", source="b.jsonl")
    with Ledger(file, create=True) as ledger:
        put(ledger, PPO.paper)
        assert put(ledger, other) == [Outcome.REFUSED]
        (reject,) = ledger.rejects()
        assert (reject.source, "another title" in reject.reason) == ("b.jsonl", True)
        assert texts(ledger) == {"arxiv:2": PPO.paper.abstract}


def test_of_texts_under_one_id_the_longest_stays_in_whatever_order(tmp_path: Path) -> None:
    versions = [
        paper("a", "One", "Long enough to win, and then some."),
        paper("a", "One", "Short."),
        paper("a", "Another title", "Of another paper."),
    ]
    digests = set()
    for number, order in enumerate(permutations(versions)):
        with Ledger(tmp_path / str(number), create=True) as ledger:
            put(ledger, *order)
            assert texts(ledger) == {"a": "Long enough to win, and then some."}
            assert ledger.rejects()
            digests.add(ledger.digest())
    assert len(digests) == 1


def test_an_ingest_that_was_broken_off_goes_on_as_one(file: Path) -> None:
    long, short = paper("a", "One", "Long enough to win."), paper("a", "Two", "Short.")
    with Ledger(file, create=True) as ledger:
        number = ledger.begin_run([], contents="")
        ledger.put_papers([short], [])  # killed here
    with Ledger(file) as ledger:
        assert ledger.state().unfinished
        assert ledger.begin_run([], contents="") == number
        assert ledger.state().unfinished
        ledger.put_papers([short, long], [])
        ledger.end_reading()
        assert texts(ledger) == {"a": "Long enough to win."}


def test_another_ingest_after_a_broken_one_is_a_later_one(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        number = ledger.begin_run([], contents="these")
        ledger.put_papers([paper("a", "One", "A long first text.")], [])
        later = ledger.begin_run([], contents="those")
        assert later == number + 1
        corrected = paper("a", "One", "A short one.")
        assert ledger.put_papers([corrected], []) == [Outcome.CHANGED]
        assert texts(ledger) == {"a": "A short one."}


def test_a_new_extractor_reads_all_again_and_the_state_tells_both(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        put(ledger, GO_EXPLORE.paper, PPO.paper)
        ledger.put_extractions([GO_EXPLORE, PPO])
        assert list(ledger.pending()) == []
        assert [len(batch) for batch in ledger.pending("new")] == [2]
        ledger.put_extractions([replace(PPO, extractor="new")])
        assert ledger.state().extractors == {"by hand": 1, "new": 1}


def test_a_ledger_of_a_newer_version_is_left_alone(file: Path) -> None:
    Ledger(file, create=True).__exit__()
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LedgerError, match=r"newer kg.*update kg"):
        Ledger(file)


def test_what_is_no_ledger_is_named(file: Path) -> None:
    file.write_bytes(b"not a database at all, but long enough to look like one" * 20)
    with pytest.raises(LedgerError, match="restore it from a copy"):
        Ledger(file)


def test_a_ledger_without_space_says_so(file: Path) -> None:
    with Ledger(file, create=True) as ledger:
        pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
        ledger._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="free some space"):
            put(ledger, paper("a", "One", "x" * 100_000))
    with Ledger(file) as ledger:
        assert texts(ledger) == {}
