"""What users must be able to rely on: the same bytes, nothing lost, nothing half-written."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.ledger import Ledger
from kg.pipeline import GraphFolder
from tests.corpus import record, write_corpus

HOUSE = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HOUSE)}


def kg(*arguments: str, at: Path, seed: str = "0") -> "subprocess.Popen[str]":
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments, "--at", str(at)],
        env={**ENVIRONMENT, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(process: "subprocess.Popen[str]") -> str:
    """Wait for a command; return what it printed."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


@pytest.fixture
def two_files(tmp_path: Path) -> tuple[str, str]:
    """Two files that share papers, some with two texts."""
    records = [record(number) for number in range(40)]
    longer = [{**r, "abstract": f"{r['abstract']} More is said here."} for r in records[5:15]]
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text("".join(json.dumps(r) + "\n" for r in records[:25]))
    other.write_text("".join(json.dumps(r) + "\n" for r in (*longer, *records[20:])))
    return str(one), str(other)


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(two_files: tuple[str, str], tmp_path: Path) -> None:
    one, other = two_files
    ways = [((one, other), "1", "0"), ((other, one), "1", "1"), ((other, one), "2", "2")]
    exports = set()
    for number, (files, workers, seed) in enumerate(ways):
        at = tmp_path / f"graph{number}"
        done(kg("ingest", *files, "--workers", workers, at=at, seed=seed))
        exports.add(done(kg("export", at=at, seed=seed)))
        exports.add(done(kg("export", at=at, seed=seed[::-1])))
    assert len(exports) == 1


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_no_finished_batch(tmp_path: Path) -> None:
    file, draw = str(write_corpus(tmp_path / "papers.jsonl", 1200)), random.Random(7)
    whole = tmp_path / "whole"
    start = time.monotonic()
    done(kg("ingest", file, "--workers", "1", at=whole))
    took = time.monotonic() - start
    wanted = done(kg("export", at=whole))
    kills, at = 0, tmp_path / "killed0"
    while kills < 20:
        papers, extracted = held(at)
        process = kg("ingest", file, "--workers", "1", at=at)
        time.sleep(draw.uniform(0.1, took))
        process.send_signal(signal.SIGKILL)
        finished = process.wait() == 0
        process.communicate()
        assert held(at) >= (papers, extracted)
        kills += not finished
        if held(at)[1] == 1200 or finished:
            done(kg("ingest", file, at=at))
            assert done(kg("export", at=at)) == wanted
            at = tmp_path / f"killed{kills}"
    done(kg("ingest", file, at=at))
    assert done(kg("export", at=at)) == wanted
    assert sorted(path.suffix for path in at.iterdir()) == [".kgl", ".lock", ".lock", ".sqlite"]


def held(at: Path) -> tuple[int, int]:
    """Return how many papers and extractions a ledger holds; it must be sound."""
    ledger = GraphFolder(at).ledger
    if not ledger.exists():
        return 0, 0
    with sqlite3.connect(ledger) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if db.execute("PRAGMA user_version").fetchone() == (0,):
            return 0, 0
    db.close()
    with Ledger(ledger) as opened:
        state = opened.state()
    return state.papers, state.papers - state.pending


@pytest.mark.slow
def test_two_questions_at_once_and_one_during_an_ingest(tmp_path: Path) -> None:
    at = tmp_path / "graph"
    done(kg("ingest", str(write_corpus(tmp_path / "few.jsonl", 50)), at=at))
    store = at / "graph.kgl"
    before = store.read_bytes()
    questions = [kg("query", "top-entities", "--format", "csv", at=at) for _ in range(2)]
    answers = [done(question) for question in questions]
    assert answers[0] == answers[1] != ""
    assert store.read_bytes() == before

    ingest = kg("ingest", str(write_corpus(tmp_path / "many.jsonl", 3000)), at=at)
    with Ledger(at / "ledger.sqlite") as ledger:
        while ledger.state().papers < 3000 and ingest.poll() is None:
            time.sleep(0.05)
    during = kg("query", "top-entities", "--format", "csv", at=at)
    out, err = during.communicate(timeout=60)
    assert ingest.poll() is None, "the ingest ended too early for this test"
    assert (during.returncode, out) == (0, answers[0])
    assert err == "an ingest is under way: this answers from the graph as it was before\n"
    done(ingest)
    assert (
        done(kg("query", "--cypher", "MATCH (p:Paper) RETURN count(p) AS n", at=at)).split()[-1]
        == "3000"
    )


@pytest.mark.slow
def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    at = tmp_path / "graph"
    with GraphFolder(at).writing():
        process = kg("ingest", str(write_corpus(tmp_path / "few.jsonl", 5)), at=at)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err == f"kg: {at}: another kg ingests into this folder; wait for it to end\n"


@pytest.mark.slow
def test_a_user_who_stops_it_is_told_so_and_goes_on(tmp_path: Path) -> None:
    at, file = tmp_path / "graph", str(write_corpus(tmp_path / "many.jsonl", 3000))
    process = kg("ingest", file, "--workers", "2", at=at)
    while held(at)[1] == 0 and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == (
        "kg: stopped; what was finished is kept, and the same command goes on from there\n"
    )
    assert "3,000 known" in done(kg("ingest", file, at=at))
