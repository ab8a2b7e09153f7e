"""Each input that cannot be used ends in one clear line, and loses nothing else."""

import json
import os
from pathlib import Path

import pytest

from tests.corpus import record, write_corpus
from tests.test_cli import Run, one_line, run

__all__ = ["run"]


def rejects(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "rejects.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("missing.jsonl", None, "missing.jsonl: no such file"),
        ("empty.jsonl", b"", "empty.jsonl: the file is empty"),
        ("binary", bytes(range(256)) * 20, "binary"),
        ("utf16.txt", "A Title\n\nAn abstract.".encode("utf-16"), "UTF-16"),
        ("refs.ris", b"TY  - JOUR\nTI  - A Title\nER  - \n", "RIS"),
        ("papers.csv", b"title,abstract,year\nA,B,2020\n", "CSV"),
        ("feed.xml", b"<?xml version='1.0'?><feed></feed>", "XML"),
        ("page.html", b"<!DOCTYPE html><html><body>x</body></html>", "HTML"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("array.json", b'[{"title": "A"}]', "JSON Lines"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_made(
    run: Run, tmp_path: Path, name: str, content: bytes | None, expected: str
) -> None:
    good = str(write_corpus(tmp_path / "good.jsonl", 2))
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("ingest", good, name)
    assert done.code == 1
    assert expected in one_line(done.err)
    assert not (tmp_path / "kg-graph").exists()


def test_a_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    done = run("ingest", "papers")
    assert (done.code, "papers: is a folder" in one_line(done.err)) == (1, True)


def test_a_latin_1_file_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.bib").write_bytes("@article{a,\n title={Café}\n}".encode("latin-1"))
    done = run("ingest", "old.bib")
    assert done.code == 1
    assert "old.bib:2" in done.err
    assert "iconv" in one_line(done.err)


def test_bad_lines_are_rejected_and_the_rest_is_read(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps(record(1)),
        '{"title": "Broken',
        '{"abstract": "No title."}',
        "[]",
        json.dumps({"title": "A title alone", "id": "made:alone"}),
        json.dumps(record(2)),
    ]
    (tmp_path / "papers.jsonl").write_text("\n".join(lines))
    done = run("ingest", "papers.jsonl")
    assert done.code == 0
    assert "3 new, 1 from the title alone, 3 rejected" in done.out
    assert [(r["source"], r["line"]) for r in rejects(tmp_path / "kg-graph")] == [
        ("papers.jsonl", 2),
        ("papers.jsonl", 3),
        ("papers.jsonl", 4),
    ]
    assert run("ingest", "papers.jsonl", "--strict").code == 1


def test_a_line_of_200_mb_is_rejected_and_not_held(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "papers.jsonl").open("w") as file:
        file.write('{"title": "Long", "abstract": "')
        for _ in range(200):
            file.write("x" * 1_000_000)
        file.write('"}\n' + json.dumps(record(1)))
    done = run("ingest", "papers.jsonl")
    assert "1 new, 1 rejected" in done.out
    (reject,) = rejects(tmp_path / "kg-graph")
    assert (reject["line"], "10 MB" in str(reject["reason"])) == (1, True)


def test_the_same_paper_twice_is_one_paper(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(f"{json.dumps(record(1))}\n" * 2)
    assert "2 papers read: 1 new, 1 known" in run("ingest", "papers.jsonl").out


def test_two_files_with_the_same_own_ids_are_kept_apart(run: Run, tmp_path: Path) -> None:
    for stem, title in (("a", "On Cats"), ("b", "On Dogs")):
        text = json.dumps({"id": "1", "title": title, "abstract": "Short."})
        (tmp_path / f"{stem}.jsonl").write_text(text)
    assert "2 new" in run("ingest", "a.jsonl", "b.jsonl").out
    found = run("query", "--cypher", "MATCH (p:Paper) RETURN p.id AS id ORDER BY id")
    assert found.out.split()[-2:] == ["a#1", "b#1"]


def test_another_paper_under_a_known_id_is_rejected(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record(1)))
    (tmp_path / "b.jsonl").write_text(json.dumps({**record(2), "id": "made:1"}))
    run("ingest", "a.jsonl")
    assert "1 rejected" in run("ingest", "b.jsonl").out
    assert "another title" in str(rejects(tmp_path / "kg-graph")[0]["reason"])


def test_standard_input(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    data = io.BytesIO(json.dumps(record(1)).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert "1 new" in run("ingest", "-").out


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a small disk")
def test_a_disk_without_space(run: Run, tmp_path: Path) -> None:
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("cannot mount a small disk here")
    try:
        file = str(write_corpus(tmp_path / "papers.jsonl", 2000))
        done = run("ingest", file, "--at", "disk/graph")
        assert done.code == 1
        assert "free some space" in one_line(done.err) or "No space" in one_line(done.err)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
