"""Inputs are told apart by their content; what cannot be used is named before any is read."""

import bz2
import gzip
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read import open_inputs, read_papers

LINE = '{"id": "x1", "title": "On Cats", "abstract": "Cats purr."}\n'
ENTRY = "@article{x1, title = {On Cats}, abstract = {Cats purr.}}\n"
PAGE = (
    "Search\n\nOn the Purring of House Cats\n\nCats purr, and nobody quite knows why they do so. "
    "We listen to forty cats for a year and find that they purr when they are fed, when they sleep "
    "and when they are brushed, but never when the vacuum cleaner runs.\n"
)


def read(path: Path) -> list[Paper | Reject]:
    return list(read_papers(*open_inputs([path])))


def titles(path: Path) -> list[str]:
    return [one.title for one in read(path) if isinstance(one, Paper)]


@pytest.fixture
def refused(tmp_path: Path) -> "Refused":
    return Refused(tmp_path)


class Refused:
    """Writes bytes to a file; gives the one line that says why the file is refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: bytes | str, name: str = "input") -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(ReadError) as caught:
            open_inputs([path])
        said = str(caught.value)
        assert said.startswith(str(path))
        assert "\n" not in said
        return said


@pytest.mark.parametrize(
    ("content", "title"),
    [(LINE, "On Cats"), (ENTRY, "On Cats"), (PAGE, "On the Purring of House Cats")],
)
@pytest.mark.parametrize("name", ["no-suffix", "wrong.csv", "packed.gz"])
def test_the_content_tells_the_format_and_gzip_is_unpacked(
    tmp_path: Path, content: str, title: str, name: str
) -> None:
    data = content.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert titles(tmp_path / name) == [title]


@pytest.mark.parametrize("content", [LINE, ENTRY, PAGE])
def test_a_byte_order_mark_is_skipped(tmp_path: Path, content: str) -> None:
    (tmp_path / "input").write_text(content, encoding="utf-8-sig")
    assert len(titles(tmp_path / "input")) == 1


@pytest.mark.parametrize("header", ["% Encoding: UTF-8\n\n", "Made by a program.\n\n", "\n\n"])
def test_bibtex_may_have_a_header(tmp_path: Path, header: str) -> None:
    (tmp_path / "input").write_text(header + ENTRY)
    assert titles(tmp_path / "input") == ["On Cats"]


def test_a_page_that_shows_an_entry_to_cite_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "input").write_text(PAGE + PAGE + "\n\n" + ENTRY)
    assert titles(tmp_path / "input")[0] == "On the Purring of House Cats"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("TY  - JOUR\nTI  - On Cats\nER  - \n", "RIS"),
        ("Provider: Some Press\n\nTY  - JOUR\nTI  - On Cats\n", "RIS"),
        ("PMID- 1\nTI  - On Cats\n", "MEDLINE"),
        ("FN Some Database\nVR 1.0\nPT J\nTI On Cats\n", "Web of Science"),
        ("%0 Journal Article\n%T On Cats\n", "EndNote"),
        ("id,title,abstract\n1,On Cats,Cats purr.\n", "CSV"),
        ('"Key";"Title"\n"1";"On Cats"\n', "CSV"),
        ("Article Title\tAbstract\nOn Cats\tCats purr.\n", "TSV"),
        ("1\tOn Cats\t2020\n2\tOn Dogs\t2021\n3\tOn Mice\t2022\n", "TSV"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "Atom"),
        ("<?xml version='1.0'?>\n<!DOCTYPE article><article></article>", "JATS"),
        ("<?xml version='1.0'?><xml><records></records></xml>", "EndNote XML"),
        ("<?xml version='1.0'?><PubmedArticleSet/>", "PubMed"),
        ("<modsCollection><mods/></modsCollection>", "XML"),
        ("<!DOCTYPE html><html><p>On Cats</p></html>", "HTML"),
        ("<!-- saved from a site -->\n<HTML lang='en'></HTML>", "HTML"),
        ('[{"title": "On Cats"}]', "JSON array"),
        ('[\n  {"title": "On Cats"},\n  {"title": "On Dogs"}\n]', "JSON array"),
        ('{\n  "title": "On Cats"\n}', "JSON document"),
        ('{"title": "On Cats",\n "abstract": "Cats purr."}', "JSON document"),
        ('{"papers": [\n{"title": "On Cats"},\n{"title": "On Dogs"}\n]}', "JSON document"),
        (r"{\rtf1 On Cats}", "RTF"),
        ("\\documentclass{article}\n\\title{On Cats}", "LaTeX"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\xd0\xcf\x11\xe0rest", "Office"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"PAR1rest", "Parquet"),
        (bz2.compress(LINE.encode()), "bzip2"),
    ],
)
def test_a_format_that_is_not_read_is_refused_by_name(
    refused: Refused, content: bytes | str, name: str
) -> None:
    said = refused(content, "papers.jsonl")
    assert name in said
    assert "cannot read yet; " in said


def test_a_json_array_comes_with_the_way_out(refused: Refused) -> None:
    assert "jq -c '.[]'" in refused('[{"title": "On Cats"}]')


@pytest.mark.parametrize("coding", ["UTF-16", "UTF-32", "UTF-16-LE", "UTF-16-BE", "UTF-32-LE"])
def test_other_codings_are_named_with_the_way_out(refused: Refused, coding: str) -> None:
    assert f"iconv -f {coding} " in refused(PAGE.encode(coding))


def test_a_page_or_bibtex_in_latin_1_is_refused_with_its_line(refused: Refused) -> None:
    for content in (ENTRY + "\n@misc{é}", PAGE + "Café\n"):
        said = refused(content.encode("latin-1"))
        assert ":3: byte 0xe9 is not UTF-8" in said or ":6: byte 0xe9 is not UTF-8" in said
        assert "iconv -f latin1 -t utf-8" in said


@pytest.mark.parametrize("content", [b"", b"\n \n", gzip.compress(b"")])
def test_an_empty_file_is_refused(refused: Refused, content: bytes) -> None:
    assert "empty" in refused(content)


def test_a_binary_file_is_refused(refused: Refused) -> None:
    assert "binary" in refused(bytes(range(256)) * 9)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        open_inputs([tmp_path])
    with pytest.raises(ReadError, match="no such file"):
        open_inputs([tmp_path / "missing"])


def test_all_files_are_looked_at_before_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "good").write_text(LINE)
    with pytest.raises(ReadError, match="missing: no such file"):
        open_inputs([tmp_path / "good", tmp_path / "missing"])


def test_a_gzip_file_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    lines = "".join(LINE.replace("x1", os.urandom(20).hex()) for _ in range(5000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "cut.gz").write_bytes(packed[: len(packed) // 2])
    papers = read_papers(*open_inputs([tmp_path / "cut.gz"]))
    assert isinstance(next(papers), Paper)
    with pytest.raises(ReadError, match="cut short"):
        list(papers)


def test_a_gzip_file_with_wrong_bytes_is_refused(refused: Refused) -> None:
    packed = bytearray(gzip.compress(os.urandom(1000)))
    packed[12:200] = bytes(188)
    assert "gzip file is broken" in refused(bytes(packed))


def test_standard_input_can_be_any_format(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (LINE, ENTRY):
        data = io.BytesIO(gzip.compress(content.encode()))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
        (paper,) = read(Path("-"))
        assert isinstance(paper, Paper)
        assert (paper.source, paper.id) == ("stdin", "stdin#x1")


def test_the_copy_of_standard_input_goes_with_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE.encode())))
    inputs = open_inputs([Path("-")])
    copy = inputs[0].path
    assert copy.exists()
    inputs.clear()
    assert not copy.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_read_like_standard_input(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(LINE * 3,))
    writer.start()
    assert titles(pipe) == ["On Cats"] * 3
    writer.join()


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("refs.jsonl.gz", "refs#x1"),
        ("refs.2020.bib", "refs.2020#x1"),
        ("refs", "refs#x1"),
        (".jsonl", ".jsonl#x1"),
    ],
)
def test_a_paper_without_an_id_of_its_own_is_named_by_the_file(
    tmp_path: Path, name: str, paper: str
) -> None:
    (tmp_path / name).write_text(LINE)
    (found,) = read(tmp_path / name)
    assert isinstance(found, Paper)
    assert (found.id, found.source) == (paper, name)


def test_bibtex_is_imported_only_where_bibtex_is_read(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text(LINE)
    script = (
        "import sys; from pathlib import Path; from kg.read import open_inputs, read_papers; "
        f"list(read_papers(*open_inputs([Path({str(tmp_path / 'papers')!r})]))); "
        "sys.exit('bibtexparser' in sys.modules or 'pylatexenc' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
