"""Which papers are one."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.assemble.papers import unite_papers
from kg.model import Extraction, Paper
from tests.build import M, extraction, paper


def bare(about: Paper) -> Extraction:
    return extraction(about, {}, [])


def united(*papers: Paper) -> list[tuple[str, ...]]:
    return [one.paper.ids for one in unite_papers(map(bare, papers))]


def by(about: Paper, *authors: str, year: int | None = None) -> Paper:
    return replace(about, authors=authors, year=year)


def test_papers_that_share_an_id_are_one() -> None:
    arxiv = replace(paper("arxiv:1", "A Title"), ids=("arxiv:1", "doi:10.1/x"))
    journal = replace(paper("doi:10.1/x", "The Title in Print"), ids=("doi:10.1/x",))
    assert united(journal, arxiv, paper("refs#b", "Else")) == [
        ("arxiv:1", "doi:10.1/x"),
        ("refs#b",),
    ]


def test_one_title_by_one_first_author_within_a_year_is_one_paper() -> None:
    first = by(paper("arxiv:1", "Deep Nets"), "Ada Moe", "B. Two", year=2019)
    print_ = by(paper("doi:10.1/x", "Deep  nets."), "Moe, A.", year=2020)
    assert united(first, print_) == [("arxiv:1", "doi:10.1/x")]
    assert len(united(first, by(print_, "Moe, A.", year=2021))) == 2
    assert len(united(first, by(print_, "Lee, A.", year=2019))) == 2
    assert united(first, by(print_, " ", year=2019)) == [("arxiv:1", "doi:10.1/x")]


def test_what_is_not_known_contradicts_nothing_unless_it_could_be_two() -> None:
    bare_title = paper("refs#a", "Deep Nets")
    ada = by(paper("arxiv:1", "Deep Nets"), "Ada Moe", year=2019)
    bo = by(paper("arxiv:2", "Deep Nets"), "Bo Lee", year=2019)
    assert united(bare_title, ada) == [("arxiv:1", "refs#a")]
    assert len(united(bare_title, ada, bo)) == 3


def test_the_one_paper_has_all_ids_the_longest_text_and_the_fullest_metadata() -> None:
    short = by(paper("arxiv:1", "Deep Nets"), "Ada Moe", "Bo Lee", year=2019)
    long = by(paper("refs#a", "Deep Nets", "With an abstract."), "Ada Moe")
    long = replace(long, venue="ICLR", citekey="moe2019")
    found = extraction(long, {"e": (M, ("Nets",))}, [])
    (one,) = unite_papers([bare(short), found])
    assert one.paper.id == "arxiv:1"
    assert (one.paper.abstract, one.mentions) == ("With an abstract.", found.mentions)
    assert (one.paper.authors, one.paper.year) == (("Ada Moe", "Bo Lee"), 2019)
    assert (one.paper.venue, one.paper.citekey) == ("ICLR", "moe2019")


@st.composite
def papers(draw: st.DrawFn) -> list[Paper]:
    """Draw papers, no two with the same own id."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        shared = draw(st.sampled_from([(), ("doi:10.1/x",), ("doi:10.1/y",)]))
        title = draw(st.sampled_from(["One", "one", "Two"]))
        one = paper(f"arxiv:{number}", title, "x" * draw(st.integers(0, 2)))
        authors = draw(st.sampled_from([(), ("Ada Moe",), ("Bo Lee",)]))
        dated = by(one, *authors, year=draw(st.sampled_from([None, 2019, 2020, 2022])))
        found.append(replace(dated, ids=(one.id, *shared)))
    return found


@given(papers(), st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_no_id_is_lost(
    given_papers: list[Paper], draw: random.Random
) -> None:
    found = unite_papers(map(bare, given_papers))
    assert unite_papers(map(bare, draw.sample(given_papers, len(given_papers)))) == found
    ids = [one for each in found for one in each.paper.ids]
    assert sorted(ids) == sorted({one for p in given_papers for one in p.ids})
    assert unite_papers(map(bare, given_papers * 2)) == found
