import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.evaluate import Figure, evaluate, format_scores
from kg.extract import Workers
from kg.model import Paper
from kg.record import to_record

Json = dict[str, Any]

TITLE = "Hexwalk walks mazes"
ABSTRACT = "Hexwalk (HW) beats Plod on MazeNet. HW is for maze solving. See www.example.org/Plod."
TEXT = f"{TITLE}\n{ABSTRACT}"


def at(surface: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(surface, start + 1)
    return start, start + len(surface)


def mention(surface: str, kind: str, entity: str, nth: int = 0) -> Json:
    start, end = at(surface, nth)
    return {"start": start, "end": end, "type": kind, "entity": entity}


def annotated() -> Json:
    def entity(name: str, kind: str, *more: str, proposed: bool = False) -> Json:
        return {"name": name, "type": kind, "forms": [name, *more], "proposed": proposed}

    return {
        "id": 1,
        "title": TITLE,
        "abstract": ABSTRACT,
        "entities": [
            entity("Hexwalk", "Method", "HW", proposed=True),
            entity("Plod", "Method"),
            entity("MazeNet", "Dataset"),
            entity("maze solving", "Task"),
        ],
        "relations": [
            {"head": "Hexwalk", "type": "COMPARED_WITH", "tail": "Plod"},
            {"head": "Hexwalk", "type": "EVALUATED_ON", "tail": "MazeNet"},
            {"head": "Hexwalk", "type": "USED_FOR", "tail": "maze solving"},
        ],
    }


def recorded() -> Json:
    def relation(head: str, kind: str, tail: str, *, negated: bool = False) -> Json:
        return {"head": head, "type": kind, "tail": tail, "negated": negated, "hedged": False}

    return {
        "id": "1",
        "text": TEXT,
        "mentions": [
            mention("Hexwalk", "Method", "m1"),
            mention("Hexwalk", "Method", "m1", nth=1),
            mention("HW", "Method", "m2"),
            mention("Plod", "Method", "m3"),
            mention("MazeNet", "Method", "m4"),
            mention("Plod", "Method", "m3", nth=1),
        ],
        "entities": [
            {"id": "m1", "proposed": True},
            {"id": "m2", "proposed": False},
            {"id": "m3", "proposed": True},
            {"id": "m4", "proposed": False},
        ],
        "relations": [
            relation("m3", "COMPARED_WITH", "m1"),
            relation("m1", "COMPARED_WITH", "m3"),
            relation("m1", "PART_OF", "m4"),
            relation("m1", "PART_OF", "m3", negated=True),
        ],
    }


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("mention", (4, 2, 3)),  # MazeNet has the wrong type, one Plod is in an address
        ("span", (5, 1, 2)),
        ("mention Method", (4, 2, 1)),
        ("relation", (1, 1, 2)),
        ("relation COMPARED_WITH", (1, 0, 0)),
        ("relation PART_OF", (0, 1, 0)),
        ("coref", (1, 0, 2)),  # HW should be one with both Hexwalks
        ("proposed", (1, 1, 0)),
    ],
)
def test_counted_by_hand(name: str, counted: tuple[int, int, int]) -> None:
    figure = evaluate([annotated()], [recorded()]).figures[name]
    right, wrong, missed = counted
    f1 = percent(2 * right, 2 * right + wrong + missed)
    assert figure == Figure(
        precision=percent(right, right + wrong),
        recall=percent(right, right + missed),
        f1=f1,
        low=f1,
        high=f1,
        gold=right + missed,
    )


def test_a_paper_without_a_record_is_missed() -> None:
    scores = evaluate([annotated()], [])
    assert (scores.papers, scores.without_record) == (1, 1)
    assert scores.figures["mention"] == Figure(
        precision=0.0, recall=0.0, f1=0.0, low=0.0, high=0.0, gold=7
    )


def test_gold_of_mentions_alone() -> None:
    start, end = at("MazeNet")
    gold = {"id": 1, "title": TITLE, "abstract": ABSTRACT,
            "mentions": [{"start": start, "end": end, "type": "Method"}]}  # fmt: skip
    scores = evaluate([gold], [recorded()])
    assert scores.figures["mention"].recall == 100.0
    assert not {"relation", "coref", "proposed"} & set(scores.figures)


def test_proposed_is_scored_only_where_the_gold_marks_it() -> None:
    gold = annotated()
    gold["entities"][0]["proposed"] = False
    assert "proposed" not in evaluate([gold], [recorded()]).figures


def test_two_records_another_text_and_a_missing_part_are_errors() -> None:
    with pytest.raises(ReadError, match="1: two records"):
        evaluate([annotated()], [recorded(), {**recorded(), "id": 1}])
    with pytest.raises(ReadError, match="1: the record's text is not the annotation's"):
        evaluate([annotated()], [{**recorded(), "text": "other"}])
    record = recorded()
    del record["relations"]
    with pytest.raises(ReadError, match="1: record or annotation lacks 'relations'"):
        evaluate([annotated()], [record])


def test_the_table_has_a_line_for_each_figure() -> None:
    scores = evaluate([annotated()], [recorded()])
    table = format_scores(scores).splitlines()
    assert table[0] == "1 papers, 0 without a record"
    assert len(table) == 3 + len(scores.figures)
    assert any(line.split()[:4] == ["mention", "66.7", "57.1", "61.5"] for line in table)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dev", "seed-dev"])
def test_it_agrees_with_the_reference_to_the_digit(name: str, shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "annotation" / f"{name}.jsonl"
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    papers = [
        Paper(id=f"g:{p['id']}", own_id=str(p["id"]), title=p["title"], abstract=p["abstract"])
        for p in gold
    ]
    with Workers("rules") as workers:
        records = [to_record(found, threshold=0.1) for found in workers.extract(papers[3:])]
    written = tmp_path / "records.jsonl"
    written.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    reference = subprocess.run(
        [sys.executable, str(shared / "tools" / "score.py"), str(path), str(written), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert evaluate(gold, records).to_json() == json.loads(reference.stdout)
