"""BibTeX: what Zotero and the ACL Anthology write is read, and a broken entry costs only itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read import open_inputs, read_papers
from kg.read.latex import decode

Read = Callable[[str], list[Paper | Reject]]

ANTHOLOGY = r"""
@proceedings{cats-2020-main,
    title = "Proceedings of the First Conference on Cats",
    editor = "One, Ann",
    year = "2020"
}
@inproceedings{one-two-2020-cats,
    title = "Why {C}ats {P}urr -- and {G}{\"o}del Does Not",
    author = "One, Ann  and
      van Two, B{\'e}la  and
      {The Cat Group}",
    booktitle = "Proceedings of the First Conference on Cats",
    month = jul,
    year = "2020",
    doi = "10.18653/v1/2020.cats-main.1",
    url = "https://cats.example.org/2020.cats-main.1/",
    pages = "1--9",
    abstract = "We say ``purr'' in 98{\%} of $x < y$ cases \& more."
}
"""

ZOTERO = r"""
@online{oneWhyCats2021,
  title = {{{BARK}}: {{What}} Dogs Bark At},
  author = {One, Ann and Two, Bo and others},
  date = {2021-03-04},
  eprint = {2103.00001},
  eprinttype = {arxiv},
  eprintclass = {cs.SD},
  doi = {10.48550/arXiv.2103.00001},
  url = {http://example.org/{\textasciitilde}one/a\_b},
  urldate = {2021-05-06},
  abstract = {Dogs bark
    at the moon --- and at the \emph{mail carrier}.

    We ask why.},
  pubstate = {prepublished},
  keywords = {Dogs,Moon},
  file = {/home/ann/One and Two - BARK.pdf}
}
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str) -> list[Paper | Reject]:
        (tmp_path / "refs.bib").write_text(text, newline="")
        return list(read_papers(*open_inputs([tmp_path / "refs.bib"])))

    return read


@pytest.fixture
def paper(read: Read) -> Callable[[str], Paper]:
    """Gives the paper of the one entry."""

    def paper(text: str) -> Paper:
        (found,) = read(text)
        assert isinstance(found, Paper), found
        return found

    return paper


Only = Callable[[str], Paper]


def test_the_acl_anthology(read: Read) -> None:
    volume, paper = read(ANTHOLOGY)
    assert volume == Reject(
        source="refs.bib", line=2, reason="cats-2020-main is a volume, no paper"
    )
    assert paper == Paper(
        id="doi:10.18653/v1/2020.cats-main.1",
        ids=("doi:10.18653/v1/2020.cats-main.1",),
        own_id="one-two-2020-cats",
        citekey="one-two-2020-cats",
        title="Why Cats Purr – and Gödel Does Not",
        abstract="We say “purr” in 98% of $x < y$ cases & more.",
        year=2020,
        published="2020-07",
        authors=("Ann One", "Béla van Two", "The Cat Group"),
        venue="Proceedings of the First Conference on Cats",
        url="https://cats.example.org/2020.cats-main.1/",
        source="refs.bib",
    )


def test_zotero(paper: Only) -> None:
    found = paper(ZOTERO)
    assert (found.id, found.own_id) == ("arxiv:2103.00001", "oneWhyCats2021")
    assert found.title == "BARK: What Dogs Bark At"
    assert found.abstract == "Dogs bark at the moon — and at the mail carrier. We ask why."
    assert (found.year, found.published) == (2021, "2021-03-04")
    assert found.authors == ("Ann One", "Bo Two")
    assert found.url == "http://example.org/~one/a_b"


def test_macros_and_what_is_no_entry(paper: Only) -> None:
    found = paper(
        '@string{cats = "Journal of Cats"}\n@string(full = CATS # ", " # {Series B})\n'
        '@preamble{"\\newcommand{\\x}{y}"}\n@comment{jabref-meta: x}\nloose words\n'
        '@article{a, title = "A " # {Title}, journal = Full, year = 2020, month = dec # "~24"}'
    )
    assert (found.title, found.venue) == ("A Title", "Journal of Cats, Series B")
    assert found.published == "2020-12"


@pytest.mark.parametrize(
    ("fields", "year", "published"),
    [
        ("year = 2020", 2020, "2020"),
        ("year = {2020}, month = {Sept.}", 2020, "2020-09"),
        ("year = {2020}, month = {3}", 2020, "2020-03"),
        ("year = {2020}, month = {09--15 Jun}", 2020, "2020-06"),
        ("year = {2020}, month = {Spring}", 2020, "2020"),
        ("date = {2020-06-01/2020-06-07}", 2020, "2020-06-01"),
        ("date = {2020~}", 2020, "2020"),
        ("date = {2019-12-31}, year = {2020}", 2020, "2019-12-31"),
        ("year = {in press}", None, ""),
    ],
)
def test_year_and_date(paper: Only, fields: str, year: int | None, published: str) -> None:
    found = paper(f"@misc{{a, title = {{T}}, {fields}}}")
    assert (found.year, found.published) == (year, published)


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2103.00001}, archiveprefix = {arXiv}",
        "eprint = {2103.00001v2}",
        "journal = {arXiv preprint arXiv:2103.00001}",
        "journal = {CoRR}, volume = {abs/2103.00001}",
        "note = {arXiv:2103.00001 [cs]}",
        "doi = {10.48550/arXiv.2103.00001}",
        "url = {https://arxiv.org/abs/2103.00001v1}",
    ],
)
def test_arxiv_ids_are_found_where_managers_write_them(paper: Only, fields: str) -> None:
    assert paper(f"@misc{{a, title = {{T}}, {fields}}}").id == "arxiv:2103.00001"


def test_an_eprint_of_another_archive_is_no_arxiv_id(paper: Only) -> None:
    assert paper("@misc{a, title={T}, eprint={2103.00001}, eprinttype={hal}}").id == "refs#a"


GOOD = "@misc{good, title = {Good}}\n"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("@misc{bad, title = {Not closed,\n year = {2020}\n", "'@misc{bad, title = {Not closed"),
        ("@misc{bad, title = {No comma} year = {2020}}\n", "no comma after the field title of bad"),
        ('@misc{bad, title = "One" "Two"}\n', "no comma after the field title of bad"),
        ("@misc{bad, year = {2020}}\n", "bad has no title"),
        ("@misc{bad, title = {}}\n", "bad has no title"),
        ("@misc{bad}\n", "bad has no title"),
        ("@misc{bad, title}\n", "'@misc{bad, title}"),
        ("@collection{bad, title = {Papers}}\n", "bad is a volume, no paper"),
        ("@book{bad, title = {Papers}, editor = {One, Ann}}\n", "bad is a volume, no paper"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_rejected_and_the_rest_is_read(
    read: Read, entry: str, reason: str
) -> None:
    for newline in ("\n", "\r\n"):
        before, reject, after = read(f"{GOOD}\n{entry}{GOOD}".replace("\n", newline))
        assert isinstance(before, Paper)
        assert isinstance(after, Paper)
        assert isinstance(reject, Reject)
        assert reject.line == 3
        assert reject.reason.startswith(reason)


def test_the_last_entry_may_be_cut_off(read: Read) -> None:
    good, reject = read(GOOD + "@misc{bad, title = {Cut")
    assert isinstance(good, Paper)
    assert isinstance(reject, Reject)
    assert (reject.line, "has no end" in reject.reason) == (2, True)


def test_text_that_a_brace_too_many_leaves_outside_is_not_lost_in_silence(read: Read) -> None:
    paper, reject, _ = read("@misc{a, title = {T}},\n abstract = {Cats purr.}}\n" + GOOD)
    assert isinstance(paper, Paper)
    assert isinstance(reject, Reject)
    assert "outside any entry" in reject.reason


def test_of_two_entries_with_one_key_neither_is_lost(read: Read) -> None:
    found = read('@misc{a, title = "On {Cats}"}\n@misc{a, title = "On {Dogs}", year = 2020}')
    assert [one.title for one in found if isinstance(one, Paper)] == ["On Cats", "On Dogs"]


def test_of_two_fields_with_one_name_the_first_counts(paper: Only) -> None:
    assert paper("@misc{a, title = {First}, title = {Second}}").title == "First"


def test_a_book_by_an_author_is_read(paper: Only) -> None:
    assert paper("@book{a, title = {Cats}, author = {One, Ann}}").title == "Cats"


def test_an_entry_may_stand_in_parentheses(paper: Only) -> None:
    assert paper("@misc(a, title = {Cats (and Dogs)}, year = 2020)").title == "Cats (and Dogs)"


def test_an_at_sign_and_quotes_in_a_text(paper: Only) -> None:
    found = paper('@misc{a, title = {Top@{5} of "Cats"}, abstract = "Say {"}purr{"}; \\"o."}')
    assert (found.title, found.abstract) == ('Top@5 of "Cats"', 'Say "purr"; ö.')


def test_a_file_without_entries_is_an_error(read: Read) -> None:
    with pytest.raises(ReadError, match=r"refs.bib: no entry found"):
        read('@string{cats = "Cats"}')


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Erd{\H o}s, Stra{\ss}e, \'{\i}, \c{c}, M\o ller", "Erdős, Straße, í, ç, Møller"),
        (r"na\"{\i}ve caf\'e \AA ngstr\"om {\L}{\'o}d\'z \v{s}", "naïve café Ångström Łódź š"),
        (r"\textbf{a} {\em b} \textsc{c} \emph{d \textit{e}}", "a b c d e"),
        (r"5\% of \$3 \& \#1 a\_b \{c\}", "5% of $3 & #1 a_b {c}"),
        ("5% & a_b ^ <x> \"y\" 'z'", "5% & a_b ^ <x> \"y\" 'z'"),
        (r"a -- b --- c~d ``e'' \ldots{} \textless 3", "a – b — c d “e” … < 3"),
        (r"$\alpha$, $O(\sqrt{n})$, \(x_1\) and \$5", r"$\alpha$, $O(\sqrt{n})$, \(x_1\) and $5"),
        (r"from $5 to {six}", "from $5 to six"),
        (r"\url{http://a.b/~c\_d} \href{http://a.b}{here}", "http://a.b/~c_d here"),
        (r"\ours{} beats \ours on \data{Cats}", r"\ours beats \ours on Cats"),
        (r"\textbackslash alpha {\textasciitilde}5 H\textsubscript{2}O", r"\alpha ~5 H2O"),
        (r"a\\b \newline c\par d 10\,000 hy\-phen", "a b c d 10 000 hyphen"),
        (r"\begin{itemize}\item a\end{itemize} \textcolor{red}{b} \verb|c|", "• a b c"),
        ("a\n   b\r\n\tc", "a b c"),
        ("{{un}balanced {brace", "unbalanced brace"),
        ("trailing \\", "trailing \\"),
    ],
)  # fmt: skip
def test_latex_is_decoded_once_and_mathematics_stays(latex: str, text: str) -> None:
    assert decode(latex) == text


@given(st.text())
def test_any_text_is_decoded_and_no_word_is_lost(text: str) -> None:
    plain = re.sub(r"[\\{}~`'-]", " ", text)
    assert decode(plain).split() == plain.split()
    assert decode(text) == " ".join(decode(text).split())


@given(st.text(st.sampled_from("a o\\{}$%&~-`'\"^_.cvuH\n")))
def test_decoding_always_ends_and_leaves_no_brace(latex: str) -> None:
    bare = re.sub(r"\$|\\+[{}]", " ", latex)  # in mathematics and behind a backslash braces stay
    assert not re.search(r"[{}]", decode(bare))
