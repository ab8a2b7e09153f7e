from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.ids import key
from kg.lexicon import Entry, Lexicon, read_lexicon
from kg.model import EntityType

METHOD, TASK, _ = EntityType


def written(folder: Path, *lines: str) -> Path:
    path = folder / "lexicon.tsv"
    path.write_text("\n".join(("type\tname\taliases", *lines)) + "\n", encoding="utf-8")
    return path


def test_every_form_leads_to_its_name(tmp_path: Path) -> None:
    lexicon = read_lexicon(written(tmp_path, "Method\tsimulated annealing\tSA | annealed search"))
    assert lexicon.name(METHOD, key("SA")) == "simulated annealing"
    assert lexicon.name(METHOD, key("Annealed Searches")) == "simulated annealing"
    assert lexicon.name(TASK, key("SA")) is None


def test_one_form_may_have_two_types(tmp_path: Path) -> None:
    lexicon = read_lexicon(written(tmp_path, "Method\tplanning\t", "Task\tplanning\t"))
    assert {entry.type for entry in lexicon.entries} == {METHOD, TASK}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Method\tonly two", ":2: 2 columns instead of 3"),
        ("Metric\taccuracy\t", ":2: type 'Metric'"),
        ("Method\t \t", ":2: ' ' has no letter or digit"),
        ("Method\tswarm search\tSWS | ", ":2: '' has no letter or digit"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, line)
    with pytest.raises(ReadError) as caught:
        read_lexicon(path)
    assert f"{path}{reason}" in str(caught.value)


def test_a_clash_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "Method\tswarm search\tSWS", "Method\tstar walk search\tSWS")
    with pytest.raises(ReadError, match=":3: 'SWS' stands for 'swarm search' already"):
        read_lexicon(path)


def test_a_missing_file_and_a_wrong_header_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_lexicon(tmp_path / "absent.tsv")
    (tmp_path / "bare.tsv").write_text("Method\tx\t\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"bare\.tsv:1: the header"):
        read_lexicon(tmp_path / "bare.tsv")


def test_the_digest_depends_on_the_content_alone() -> None:
    one = Entry(type=METHOD, name="swarm search", aliases=("SWS", "swarming"))
    turned = Entry(type=METHOD, name="swarm search", aliases=("swarming", "SWS"))
    other = Entry(type=TASK, name="maze solving")
    assert Lexicon([one, other]).digest == Lexicon([other, turned]).digest
    assert Lexicon([one]).digest != Lexicon([other]).digest


def test_the_shipped_lexicon_can_be_read() -> None:
    assert read_lexicon().entries
