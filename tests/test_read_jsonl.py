"""JSON Lines: texts come back code point for code point, and a bad line costs only itself."""

import json
import re
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Paper, Reject
from kg.read import open_inputs, read_papers

Read = Callable[..., list[Paper | Reject]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes lines, records as their JSON, to ``papers.jsonl``; gives what is read from it."""

    def read(*lines: object) -> list[Paper | Reject]:
        texts = [one if isinstance(one, str | bytes) else json.dumps(one) for one in lines]
        data = [one if isinstance(one, bytes) else one.encode() for one in texts]
        (tmp_path / "papers.jsonl").write_bytes(b"\n".join(data))
        return list(read_papers(*open_inputs([tmp_path / "papers.jsonl"])))

    return read


@pytest.fixture
def paper(read: Read) -> Callable[..., Paper]:
    """Gives the paper of one record with these fields."""

    def paper(**fields: object) -> Paper:
        (found,) = read({"title": "On Cats", **fields})
        assert isinstance(found, Paper)
        return found

    return paper


def as_stored(text: str) -> str:
    """Say in other words what is kept: all but surrogates and controls that are no white space."""
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cs") or char in "\t\n\r" else "\ufffd"
        for char in text
    )


# A high surrogate before a low one is no lone one: JSON reads the two escapes as one character.
PAIR = re.compile("[\ud800-\udbff]+(?=[\udc00-\udfff])")
anything = st.text(st.characters() | st.characters(categories=["Cs", "Cc"])).map(
    lambda text: PAIR.sub("", text)
)


@given(title=anything, abstract=anything, raw=st.booleans())
@example(title="\U0001d53d-GAN e\u0301 \ud800 👩‍🔬", abstract="a\x00b\r\nc\u2028d\x85", raw=False)
@example(title=" GPT ", abstract="\x1c", raw=True)
def test_texts_come_back_code_point_for_code_point(
    tmp_path_factory: pytest.TempPathFactory, *, title: str, abstract: str, raw: bool
) -> None:
    text = json.dumps({"title": title, "abstract": abstract}, ensure_ascii=not raw)
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(text.encode("utf-8", "replace" if raw else "strict"))
    if raw:
        title, abstract = (t.encode("utf-8", "replace").decode() for t in (title, abstract))
    (found,) = read_papers(*open_inputs([path]))
    if not as_stored(title).strip():
        assert isinstance(found, Reject)
        return
    assert isinstance(found, Paper)
    assert found.title == as_stored(title)
    assert found.abstract == (as_stored(abstract) if as_stored(abstract).strip() else "")
    assert found.text.startswith(found.title + "\n")


def test_what_else_is_there_is_read(paper: Callable[..., Paper]) -> None:
    found = paper(
        id="made:1",
        abstract="Cats purr.",
        date="2021-03-04",
        authors=["Ann One", {"name": " Bo  Two "}],
        venue=" Journal of Cats ",
        doi="https://doi.org/10.1000/CATS",
        arxiv_id="2103.00001v2",
        url="https://example.org/cats",
        citekey="one21",
    )
    assert found == Paper(
        id="arxiv:2103.00001",
        ids=("arxiv:2103.00001", "doi:10.1000/cats", "made:1"),
        own_id="made:1",
        title="On Cats",
        abstract="Cats purr.",
        year=2021,
        published="2021-03-04",
        authors=("Ann One", "Bo Two"),
        venue="Journal of Cats",
        url="https://example.org/cats",
        citekey="one21",
        source="papers.jsonl",
    )


@pytest.mark.parametrize(
    ("fields", "year", "published"),
    [
        ({"year": 2020}, 2020, "2020"),
        ({"year": "2020"}, 2020, "2020"),
        ({"year": 2020.0}, 2020, "2020"),
        ({"date": "2021-03"}, 2021, "2021-03"),
        ({"published": "2021-03-04T05:06:07Z"}, 2021, "2021-03-04"),
        ({"date": "4 March 2021"}, 2021, "2021"),
        ({"year": 2020, "date": "2019-11-02"}, 2020, "2019-11-02"),
        ({"year": "in press", "date": "2021-13-01"}, 2021, "2021"),
        ({"year": [2020], "date": None}, None, ""),
        ({"year": float("nan")}, None, ""),
        ({"year": True}, None, ""),
        ({"versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]}, 2007,
         "2007-04-02"),
        ({"versions": [{"created": "some day"}]}, None, ""),
    ],
)  # fmt: skip
def test_year_and_date(
    paper: Callable[..., Paper], fields: dict[str, object], year: int | None, published: str
) -> None:
    found = paper(**fields)
    assert (found.year, found.published) == (year, published)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Ann One and Bo Two", ("Ann One", "Bo Two")),
        ("Ann One, Bo Two, and Cy Three", ("Ann One", "Bo Two", "Cy Three")),
        ("Ann One, Bo Two", ("Ann One", "Bo Two")),
        ("One, Ann; Two, Bo", ("One, Ann", "Two, Bo")),
        ("van One, Ann and Two, Bo", ("van One, Ann", "Two, Bo")),
        ("One, Ann", ("One, Ann",)),
        (["Ann One", 7, {"affiliation": "X"}, ""], ("Ann One",)),
        (7, ()),
        ("", ()),
    ],
)
def test_authors(paper: Callable[..., Paper], authors: object, expected: tuple[str, ...]) -> None:
    assert paper(authors=authors).authors == expected


@pytest.mark.parametrize("abstract", [None, "", " \n", 7, ["Cats purr."]])
def test_without_an_abstract_the_title_is_read(
    paper: Callable[..., Paper], abstract: object
) -> None:
    assert paper(abstract=abstract).abstract == ""
    assert paper(abstract=abstract, summary="Cats purr.").abstract == "Cats purr."


def test_an_own_id_may_be_a_number(paper: Callable[..., Paper]) -> None:
    assert (paper(id=7).own_id, paper(id=7).id) == ("7", "papers#7")


def test_what_is_no_text_where_text_belongs_is_ignored(paper: Callable[..., Paper]) -> None:
    found = paper(venue=5, doi=["10.1/x"], url={"a": 1}, citekey=False)
    assert (found.venue, found.url, found.citekey, found.ids) == ("", "", "", (found.id,))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "Broken', "no JSON: at column 11: Unterminated string"),
        ('{"title": "On Cats"} x', "no JSON: at column 22: Extra data"),
        ("[1]", "no JSON object"),
        ("7", "no JSON object"),
        ("9" * 5000, "no JSON: Exceeds the limit"),
        ('{"a":' * 100_000, "no JSON: nested too deeply"),
        (b'{"title": "Caf\xe9"}', "byte 0xe9 is not UTF-8"),
        ({"abstract": "Cats purr."}, "no title"),
        ({"title": None}, "no title"),
        ({"title": 7}, "the title is no text"),
        ({"title": " "}, "the title is blank"),
    ],
)
def test_a_bad_line_is_rejected_and_the_rest_is_read(read: Read, line: object, reason: str) -> None:
    good = {"title": "On Cats"}
    before, reject, after = read(good, "", line, good)
    assert isinstance(reject, Reject)
    assert (reject.source, reject.line) == ("papers.jsonl", 3)
    assert reject.reason.startswith(reason)
    assert isinstance(before, Paper)
    assert isinstance(after, Paper)


def test_the_first_line_may_be_the_broken_one(read: Read) -> None:
    reject, first, second = read('half a line"}', {"title": "On Cats"}, {"title": "On Dogs"})
    assert isinstance(reject, Reject)
    assert isinstance(first, Paper)
    assert isinstance(second, Paper)


def test_a_very_long_line_is_rejected_and_not_held(tmp_path: Path) -> None:
    with (tmp_path / "papers.jsonl").open("wb") as file:
        file.write(b'{"title": "Long", "abstract": "')
        for _ in range(60):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"title": "On Cats"}\n')
    tracemalloc.start()
    reject, paper = read_papers(*open_inputs([tmp_path / "papers.jsonl"]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reject == Reject(source="papers.jsonl", line=1, reason="the line is longer than 10 MB")
    assert isinstance(paper, Paper)
    assert peak < 35_000_000


def test_memory_does_not_grow_with_the_number_of_papers(tmp_path: Path) -> None:
    line = json.dumps({"title": "On Cats", "abstract": "Cats purr. " * 500}) + "\n"
    (tmp_path / "papers.jsonl").write_text(line * 4000)
    (source,) = open_inputs([tmp_path / "papers.jsonl"])
    tracemalloc.start()
    assert sum(1 for _ in read_papers(source)) == 4000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
