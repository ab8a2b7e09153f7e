"""What people do to a graph once it is there: correct, forget, mirror, compare, verify."""

import json
from pathlib import Path

import pytest

from tests.corpus import record, write_corpus
from tests.test_cli import Run, run

__all__ = ["run"]


def write(path: Path, *numbers: int) -> Path:
    """Write those papers of the corpus."""
    path.write_text("".join(json.dumps(record(n)) + "\n" for n in numbers))
    return path


def exported(run: Run, at: str = "kg-graph") -> str:
    return run("export", "--at", at).out


def test_a_correction_is_seen_by_the_next_question_and_can_be_undone(
    run: Run, tmp_path: Path
) -> None:
    write_corpus(tmp_path / "papers.jsonl", 12)
    run("ingest", "papers.jsonl")
    before = exported(run)
    assert run("correct", "merge", "PPO", "BERT", "--note", "a test").code == 0
    assert "method/bert" in run("query", "proposes", "name=PPO").out or exported(run) != before
    assert '"id": "method/ppo"' not in exported(run)
    assert run("correct", "split", "PPO", "PPO").code == 0
    assert exported(run) == before
    lines = (tmp_path / "kg-graph" / "corrections.tsv").read_text().splitlines()
    assert lines[1:] == ["merge\t\tPPO\tBERT\t\t\ta test", "split\t\tPPO\tPPO\t\t\t"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["marge", "PPO", "BERT"], 2, "no op is named 'marge'; the nearest is 'merge'"),
        (["merge", "PPO"], 2, "merge needs other"),
        (["merge", "PPO", "BERT", "GPT"], 2, "merge takes NAME OTHER"),
        (["merge", "PPQ", "BERT"], 1, "no entity is named 'PPQ' here; the nearest is 'PPO'"),
        (["reject", "PPO", "USED_FOR"], 2, "reject needs relation"),
        (["merge", "P\tO", "BERT"], 2, "leave both out"),
    ],
)
def test_a_correction_that_does_not_hold_is_not_written(
    run: Run, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    write_corpus(tmp_path / "papers.jsonl", 12)
    run("ingest", "papers.jsonl")
    done = run("correct", *words)
    assert done.code == code
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert not (tmp_path / "kg-graph" / "corrections.tsv").exists()


def test_a_stale_line_of_the_file_is_said_and_the_rest_holds(run: Run, tmp_path: Path) -> None:
    write_corpus(tmp_path / "papers.jsonl", 12)
    run("ingest", "papers.jsonl")
    header = "op\ttype\tname\tother\trelation\tpaper\tnote\n"
    lines = "stop\t\tno such thing\nmerge\tMethod\tPPO\tBERT\n"
    (tmp_path / "kg-graph" / "corrections.tsv").write_text(header + lines)
    done = run("export")
    assert "corrections.tsv:2 (stop no such thing) is stale: no entity is named" in done.err
    assert '"id": "method/ppo"' not in done.out


def test_forgetting_is_as_if_the_paper_had_never_been_there(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "papers.jsonl", 1, 2, 3, 4)))
    without = exported(run)
    run("ingest", str(write(tmp_path / "more.jsonl", 5)))
    assert exported(run) != without
    done = run("forget", "made:5")
    assert (done.code, done.out.split("  ")[0]) == (0, "forgotten: made:5")
    assert exported(run) == without
    assert run("forget", "made:5").code == 1
    left = b"".join(f.read_bytes() for f in (tmp_path / "kg-graph").iterdir() if f.is_file())
    assert b"Net5" not in left


def test_a_mirrored_file_takes_its_papers_with_it(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "papers.jsonl", *range(10))
    run("ingest", str(file))
    write(file, *range(9))
    done = run("ingest", "--mirror", str(file))
    assert done.code == 0
    assert "gone from papers.jsonl: made:9  Net9" in done.err
    assert "made:9" not in exported(run)
    write(file, 1, 2)
    refused = run("ingest", "--mirror", str(file))
    assert refused.code == 1
    assert "7 of 9 papers are gone from papers.jsonl, more than a fifth" in refused.err
    assert "made:8" in exported(run)
    assert run("ingest", "--mirror", "--yes", str(file)).code == 0
    fresh = run("ingest", str(file), "--at", "fresh")
    assert fresh.code == 0
    assert exported(run) == exported(run, "fresh")


def test_what_another_file_brings_too_stays(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))))
    run("ingest", str(write(tmp_path / "b.jsonl", 5)))
    run("ingest", "--mirror", str(write(tmp_path / "a.jsonl", *range(5))))
    assert "made:5" in exported(run)


def test_standard_input_cannot_be_mirrored(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write(tmp_path / "a.jsonl", 1).open() as file:
        monkeypatch.setattr("sys.stdin", file)
        done = run("ingest", "--mirror", "-")
    assert (done.code, "standard input has no name" in done.err) == (2, True)


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_records_of_parts_make_the_graph_of_the_whole(
    run: Run, tmp_path: Path, order: tuple[str, str]
) -> None:
    files = [write(tmp_path / "a.jsonl", *range(6)), write(tmp_path / "b.jsonl", *range(6, 11))]
    run("ingest", *map(str, files), "--at", "whole")
    for file in files:
        (tmp_path / f"{file.stem}.records").write_text(run("extract", "--all", str(file)).out)
    for stem in order:
        done = run("ingest", "--records", f"{stem}.records", "--at", "parts")
        assert (done.code, done.err) == (0, "")
    assert exported(run, "parts") == exported(run, "whole")


def test_what_is_no_record_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("A page\n\n" + "Some words of a page. " * 30)
    refused = run("ingest", "--records", "page.txt")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "holds no records; kg extract --all prints them" in refused.err


def test_a_faulty_record_is_rejected_with_its_reason(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", 1, 2, 3)
    records = [json.loads(line) for line in run("extract", "--all", "a.jsonl").out.splitlines()]
    records[0]["mentions"][0]["start"] += 1
    records[1]["relations"][0]["tail"] = "nobody"
    (tmp_path / "some.records").write_text("".join(json.dumps(one) + "\n" for one in records))
    done = run("ingest", "--records", "some.records")
    assert "2 rejected" in done.out
    reasons = [
        json.loads(line)["reason"]
        for line in (tmp_path / "kg-graph" / "rejects.jsonl").read_text().splitlines()
    ]
    assert "does not stand at" in reasons[0]
    assert reasons[1] == "no entity of the record is 'nobody'"


def test_a_diff_tells_what_changed_and_why(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))))
    run("ingest", str(write(tmp_path / "b.jsonl", 7)))
    lines = run("diff").out.splitlines()
    assert "added     paper   made:7  Net7: word2vec for object detection  [input]" in lines
    assert all("[input: made:7]" in line or line.endswith("[input]") for line in lines)
    run("correct", "stop", "ResNet")
    causes = {line.partition("[")[2] for line in run("diff").out.splitlines()}
    assert causes == {"correction: + stop ResNet]"}
    since = json.loads(run("diff", "--since", "1", "--json").out)
    assert {change["cause"].partition(":")[0] for change in since} == {"input", "correction"}
    assert (
        run("diff", "--since", "9").err
        == "kg: no run has the number 9; the last ones are 1, 2, 3\n"
    )


def test_a_diff_is_a_page_too_in_which_no_text_is_markup(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))))
    odd = {**record(7), "title": "<script>alert(1)</script> Net7 & more"}
    (tmp_path / "b.jsonl").write_text(json.dumps(odd) + "\n")
    run("ingest", "b.jsonl")
    done = run("diff", "--html", "diff.html")
    assert done.out.startswith("diff.html: ")
    page = (tmp_path / "diff.html").read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Net7 &amp; more" in page
    assert "<script" not in page
    assert "input: made:7" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_a_rebuild_differs_in_nothing(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))))
    run("load", "--rebuild")
    run("ingest", "a.jsonl")
    assert run("diff").out == ""
    assert run("diff").err == "no difference\n"


def test_two_places_are_compared_folders_and_exports(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))), "--at", "one")
    run("ingest", str(write(tmp_path / "b.jsonl", *range(7))), "--at", "two")
    run("export", "-o", "one.jsonl", "--at", "one")
    by_folder, by_export = run("diff", "one", "two").out, run("diff", "one.jsonl", "two").out
    assert "added     paper   made:6" in by_folder
    assert [line.partition("[")[0] for line in by_folder.splitlines()] == [
        line.partition("[")[0] for line in by_export.splitlines()
    ]
    assert run("diff", "one.jsonl", "one").out == ""
    (tmp_path / "no.jsonl").write_text("{}\n")
    assert "no.jsonl:1: no line of kg export" in run("diff", "no.jsonl", "one").err


def test_a_graph_is_verified_against_its_ledger_and_its_manifest(run: Run, tmp_path: Path) -> None:
    run("ingest", str(write(tmp_path / "a.jsonl", *range(6))))
    run("export", "-o", "g.jsonl")
    assert run("verify", "g.jsonl.manifest.json").code == 0
    run("export", "--format", "neo4j-admin", "-o", "import")
    assert run("verify", "import/manifest.json").code == 0
    run("ingest", str(write(tmp_path / "b.jsonl", 7)))
    refused = run("verify", "g.jsonl.manifest.json")
    assert refused.code == 1
    assert "papers is 7 here and 6 there" in refused.err
    assert run("verify").code == 0


def test_what_follows_is_added_only_where_it_is_asked_for(run: Run) -> None:
    run("demo", "--at", "kg-graph")
    before = exported(run)
    assert '"inferred": true' not in before
    done = run("load", "--infer")
    assert "goes round" in done.err
    assert "says arxiv:" in done.err
    assert '"inferred": true' in exported(run)
    run("load", "--no-infer")
    assert exported(run) == before


def test_a_review_walks_through_near_names_and_doubtful_claims(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Fooformers-Net", "Fooformer-Net", "Fooformer-Net-2"]
    abstract = "We propose {0}. {0} is evaluated on ImageNet."
    records = [
        {"id": f"made:{n}", "title": f"On Number {n}", "abstract": abstract.format(name)}
        for n, name in enumerate(names)
    ]
    text = "".join(json.dumps(one) + "\n" for one in records)
    (tmp_path / "a.jsonl").write_text(text)
    run("ingest", "a.jsonl")
    before = exported(run)
    asked = json.loads(run("review", "--json").out)
    (near,) = [one for one in asked if one["yes"]["op"] == "merge"]
    assert {near["yes"]["name"], near["yes"]["other"]} == {
        "method/fooformers-net",
        "method/fooformer-net",
    }

    def answers(text: str) -> str:
        (tmp_path / "answers").write_text(text)
        with (tmp_path / "answers").open() as file:
            monkeypatch.setattr("sys.stdin", file)
            return run("review").out

    place = asked.index(near)
    skipped = "s\n" * place
    answers(f"{skipped}maybe\nyes\n")
    assert '"id": "method/fooformers-net"' not in exported(run)
    assert len(json.loads(run("review", "--json").out)) == len(asked) - 1
    (tmp_path / "kg-graph" / "corrections.tsv").unlink()
    assert exported(run) == before


def test_an_answer_of_a_review_can_be_undone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_corpus(tmp_path / "papers.jsonl", 12)
    run("ingest", "papers.jsonl")
    asked = json.loads(run("review", "--json").out)
    assert [one["useful"] for one in asked] == sorted((o["useful"] for o in asked), reverse=True)
    (tmp_path / "answers").write_text("n\nn\nundo\nundo\ny\nq\n")
    with (tmp_path / "answers").open() as file:
        monkeypatch.setattr("sys.stdin", file)
        run("review")
    lines = (tmp_path / "kg-graph" / "corrections.tsv").read_text().splitlines()
    assert [line.partition("\t")[0] for line in lines[1:]] == [asked[0]["yes"]["op"]]
    assert len(json.loads(run("review", "--json").out)) == len(asked) - 1
