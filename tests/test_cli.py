import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.cli import app, main
from tests.corpus import record, write_corpus


class Done(NamedTuple):
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_AT", raising=False)

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Done(code, *capfd.readouterr())

    return run


@pytest.fixture
def graph(run: Run, tmp_path: Path) -> Path:
    """A graph of 12 papers in kg-graph."""
    assert run("ingest", str(write_corpus(tmp_path / "papers.jsonl", 12))).code == 0
    return tmp_path / "kg-graph"


def one_line(text: str) -> str:
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


def test_ingest_counts_and_a_second_one_does_nothing(run: Run, tmp_path: Path) -> None:
    file = str(write_corpus(tmp_path / "papers.jsonl", 12))
    assert run("ingest", file).out.startswith("kg-graph: 12 papers read: 12 new; 12 extracted")
    before = (tmp_path / "kg-graph" / "graph.kgl").stat().st_mtime_ns
    again = run("ingest", file)
    assert (again.code, again.out) == (0, "kg-graph: nothing to do, all 12 papers are known\n")
    assert (tmp_path / "kg-graph" / "graph.kgl").stat().st_mtime_ns == before


def test_ingest_tells_it_as_json(run: Run, tmp_path: Path) -> None:
    done = run("ingest", str(write_corpus(tmp_path / "papers.jsonl", 3)), "--json")
    assert json.loads(done.out)["new"] == 3


def test_a_changed_abstract_replaces_what_the_old_one_said(
    run: Run, graph: Path, tmp_path: Path
) -> None:
    assert "Net5" in run("query", "top-entities", "limit=1000").out
    changed = {**record(5), "abstract": "We propose Marmoset, which extends BERT."}
    (tmp_path / "new.jsonl").write_text(json.dumps(changed))
    assert "1 changed" in run("ingest", "new.jsonl").out
    said = run("query", "paper", "paper=made:5", "--format", "json").out
    assert "Marmoset" in said
    assert "Atari" not in said


def test_a_question_and_its_forms(run: Run, graph: Path) -> None:
    table = run("query", "evaluated-on", "dataset=MuJoCo")
    assert (table.code, table.err) == (0, "")
    assert table.out.split()[:3] == ["dataset", "relation", "method"]
    rows = json.loads(run("query", "evaluated-on", "dataset=MuJoCo", "--format", "json").out)
    assert rows
    assert run("query", "evaluated-on", "dataset=MuJoCo", "--format", "csv").out.count("\n") == (
        len(rows) + 1
    )
    assert run("query", "evaluated-on", "dataset=MuJoCo", "--format", "md").out.startswith("| ")


def test_free_cypher(run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    cypher = "MATCH (p:Paper) RETURN count(p) AS papers"
    assert run("query", "--cypher", cypher, "--format", "csv").out == "papers\n12\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(cypher))
    assert run("query", "-", "--format", "csv").out == "papers\n12\n"


def test_a_write_is_refused(run: Run, graph: Path) -> None:
    done = run("query", "--cypher", "MATCH (n:Paper) DETACH DELETE n")
    assert done.code == 1
    assert one_line(done.err) == "kg: the query writes (DETACH); kg query only reads\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["evaluatedon"], "no query is named 'evaluatedon'; the nearest is 'evaluated-on'"),
        (["evaluated-on"], "evaluated-on needs dataset=…"),
        (
            ["evaluated-on", "data=x"],
            "takes dataset, limit and no 'data'; the nearest is 'dataset'",
        ),
        (["evaluated-on", "MuJoCo"], "'MuJoCo' is no parameter: write it as name=value"),
    ],
)
def test_a_wrong_question_is_one_line_and_exit_2(
    run: Run, arguments: list[str], expected: str
) -> None:
    done = run("query", *arguments)
    assert done.code == 2
    assert expected in one_line(done.err)


def test_questions_are_listed(run: Run) -> None:
    done = run("query")
    assert "methods-for-task\n    The methods that are used for a task" in done.out
    assert "task=…" in done.out


def test_outside_a_graph_asking_says_so_and_creates_nothing(run: Run, tmp_path: Path) -> None:
    for command in (["query", "top-entities"], ["view"], ["export"], ["status"]):
        done = run(*command)
        assert done.code == 2
        assert "kg-graph holds no graph" in one_line(done.err)
    assert list(tmp_path.iterdir()) == []


def test_export_and_view_write_files(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run("export", "-o", "graph.jsonl").code == 0
    assert (tmp_path / "graph.jsonl").read_text() == run("export").out
    assert "<graphml" in run("export", "--format", "graphml").out
    done = run("view")
    assert done.out.startswith("kg-graph/view.html: ")
    assert (graph / "view.html").read_text().startswith("<!doctype html>")


def test_an_export_for_neo4j_admin_is_a_folder(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run("export", "--format", "neo4j-admin").code == 2
    done = run("export", "--format", "neo4j-admin", "-o", "import")
    assert (done.code, done.out) == (0, "")
    assert "sh import/import.sh" in one_line(done.err)
    assert (tmp_path / "import" / "Paper.csv").read_text().startswith('"made:0",')
    again = run("export", "--format", "neo4j-admin", "-o", "import")
    assert again.code == 2
    assert "import is no empty folder" in one_line(again.err)


def test_status(run: Run, graph: Path) -> None:
    found = json.loads(run("status", "--json").out)
    assert (found["papers"], found["to extract"], found["rejects"]) == (12, 0, 0)
    assert found["store"] == "is up to date"
    assert found["entities"] > 12


def test_a_store_that_is_gone_or_broken_is_built_unasked(run: Run, graph: Path) -> None:
    wanted = run("export").out
    (graph / "graph.kgl").unlink()
    done = run("export")
    assert (done.out, one_line(done.err)) == (
        wanted,
        "the store is not there yet: building it from the ledger\n",
    )
    (graph / "graph.kgl").write_bytes(b"broken")
    done = run("export")
    assert (done.out, one_line(done.err)) == (
        wanted,
        "the store cannot be read: building it from the ledger\n",
    )


def test_extract_prints_records_and_touches_no_folder(run: Run, tmp_path: Path) -> None:
    write_corpus(tmp_path / "papers.jsonl", 2)
    done = run("extract", "papers.jsonl")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [r["id"] for r in records] == ["made:0", "made:1"]
    assert records[0]["text"] == records[0]["title"] + "\n" + records[0]["abstract"]
    assert [file.name for file in tmp_path.iterdir()] == ["papers.jsonl"]


def test_evaluate_scores_the_default_extractor_and_given_records(run: Run, tmp_path: Path) -> None:
    gold = {
        **record(1),
        "entities": [{"name": "PPO", "type": "Method", "forms": ["PPO"], "proposed": False}],
        "relations": [],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold))
    scored = json.loads(run("evaluate", "gold.jsonl", "--json").out)
    assert scored["papers"] == 1
    (tmp_path / "records.jsonl").write_text(run("extract", "gold.jsonl").out)
    assert (
        json.loads(run("evaluate", "gold.jsonl", "--records", "records.jsonl", "--json").out)
        == scored
    )
    assert "mention" in run("evaluate", "gold.jsonl").out


def test_demo(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    assert done.code == 0
    assert "45 papers read: 45 new" in done.out
    assert done.out.count("$ kg query") == 2
    assert (tmp_path / "kg-demo" / "view.html").is_file()
    assert "Try next" in done.out
    assert "nothing to do" in run("demo").out


def test_version_and_help(run: Run) -> None:
    from kg import __version__

    assert run("--version").out == f"{__version__}\n"
    assert "ingest" in run("--help").out


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert f"kg {name}" in readme, name
        assert command.callback
        assert command.callback.__doc__


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        ("", "gold.jsonl: holds no record"),
        ("{", "gold.jsonl:1: no JSON"),
        ("[1]", "gold.jsonl:1: the record has no id, title, abstract"),
        ('{"id": 1, "title": "A"}', "gold.jsonl:1: the record has no abstract"),
    ],
)
def test_gold_that_cannot_be_used_is_one_line(
    run: Run, tmp_path: Path, gold: str, expected: str
) -> None:
    (tmp_path / "gold.jsonl").write_text(gold)
    done = run("evaluate", "gold.jsonl")
    assert (done.code, expected in one_line(done.err)) == (1, True)


def test_a_graph_cannot_lie_in_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("ingest", str(write_corpus(tmp_path / "papers.jsonl", 1)), "--at", "file")
    assert (done.code, one_line(done.err)) == (2, "kg: file: not a folder\n")


def test_a_recipe_threshold_outlives_a_plain_ingest(run: Run, tmp_path: Path) -> None:
    write_corpus(tmp_path / "some.jsonl", 12)
    write_corpus(tmp_path / "more.jsonl", 14)
    recipe = '[read]\nfiles = ["some.jsonl"]\n[assemble]\nclaim_threshold = 1.0\n'
    (tmp_path / "strict.toml").write_text(recipe)
    run("ingest", "strict.toml")
    run("ingest", "more.jsonl")
    assert json.loads(run("status", "--json").out)["claims"] == 0


def test_an_export_follows_links_and_leaves_devices_alone(
    run: Run, graph: Path, tmp_path: Path
) -> None:
    (tmp_path / "target.jsonl").touch()
    (tmp_path / "link.jsonl").symlink_to("target.jsonl")
    run("export", "-o", "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "target.jsonl").stat().st_size > 0
    run("export", "--format", "graphml", "-o", "/dev/null")
    assert Path("/dev/null").is_char_device()
    done = run("export", "-o", "kg-graph")
    assert (done.code, "kg-graph: cannot be written" in one_line(done.err)) == (1, True)
    assert not list(tmp_path.glob(".kg-graph.*"))


def test_a_model_that_is_not_there_stops_before_anything_is_made(run: Run, tmp_path: Path) -> None:
    write_corpus(tmp_path / "some.jsonl", 2)
    (tmp_path / "m.toml").write_text('[read]\nfiles = ["some.jsonl"]\n[extract]\nmodel = "x"\n')
    done = run("ingest", "m.toml")
    assert (done.code, "no model is called 'x'" in one_line(done.err)) == (1, True)
    assert not (tmp_path / "kg-graph").exists()


def test_reextract_wants_a_graph(run: Run, tmp_path: Path) -> None:
    done = run("ingest", "--reextract")
    assert (done.code, "holds no graph" in one_line(done.err)) == (2, True)
    assert list(tmp_path.iterdir()) == []
