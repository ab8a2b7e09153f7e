"""The README is run: its commands work, its tables are what the code says."""

import gzip
import json
import re
import shlex
from pathlib import Path

import pytest

from kg import schema
from kg.query import named_queries
from tests.corpus import record, write_corpus
from tests.test_cli import Run, run

__all__ = ["run"]

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [line[2:] for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def library(tmp_path: Path) -> None:
    """Give the files that the README speaks of."""
    bib = (
        "@article{a, title={PPO}, abstract={We apply PPO to continuous control.}, year=2017,\n"
        "eprint={1707.06347}, archiveprefix={arXiv}}\n"
    )
    (tmp_path / "library.bib").write_text(bib)
    papers = write_corpus(tmp_path / "papers.jsonl", 20).read_bytes()
    (tmp_path / "arxiv.jsonl.gz").write_bytes(gzip.compress(papers))
    abstract = "We study image classification with ResNet on ImageNet. " * 8
    (tmp_path / "page.txt").write_text(f"Subscribe\n\nOn Classifying Images\n\n{abstract}\n")
    gold = {**record(1), "entities": [], "relations": []}
    (tmp_path / "GOLD.jsonl").write_text(json.dumps(gold))


@pytest.mark.usefixtures("library")
def test_the_commands_of_the_readme_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.launch", [].append)
    commands = [shlex.split(command, comments=True) for command in COMMANDS]
    ours = [command for command in commands if command[0] == "kg"]
    assert len(ours) > 8
    for command in ours:
        until = command.index(">") if ">" in command else None
        done = run(*command[1:until])
        assert done.code == 0, (command, done.err)


def test_the_table_of_questions_is_whole() -> None:
    for name, query in named_queries().items():
        takes = " ".join(f"`{parameter.usage}`" for parameter in query.parameters)
        assert f"| `{name}` {takes} | {query.summary} |" in README


def test_the_table_of_the_graph_is_whole() -> None:
    for label, properties in schema.NODES.items():
        assert f"| `{label}` | {', '.join(properties)} |" in README
    for relation, (ends, properties) in schema.EDGES.items():
        joined = ", ".join(f"{start} → {end}" for start, end in ends)
        assert f"| `{relation}` | {joined} | {', '.join(properties)} |" in README


def test_the_readme_tells_both_commands_that_do_all() -> None:
    assert "python3 -m pip install -q uv && uv run kg demo" in COMMANDS
    assert "uv run pytest" in COMMANDS
