"""Pages of different shapes, as people copy them: papers are found, the site's words are not."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Paper, Reject
from kg.read import open_inputs, read_papers

Read = Callable[[str], list[Paper | Reject]]

CATS = (
    "Cats purr, and nobody quite knows why they do so. We listen to forty cats for a year and find "
    "that they purr when they are fed, when they sleep and when they are brushed, but never when "
    "the vacuum cleaner runs."
)
DOGS = (
    "Dogs bark at the mail carrier, at other dogs and at the moon. We present BARK, a model of "
    "what a dog barks at, which is trained on recordings from twelve gardens and tells the mail "
    "carrier from the moon in nine of ten cases (93.5%)."
)
MICE = (
    "How do mice find cheese in the dark? In this paper we put forty mice into a maze and let them "
    "search; those with whiskers find the cheese twice as fast, and those who have been there "
    "before need no whiskers at all."
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str) -> list[Paper | Reject]:
        (tmp_path / "page.txt").write_text(text, newline="")
        return list(read_papers(*open_inputs([tmp_path / "page.txt"])))

    return read


@pytest.fixture
def found(read: Read) -> Callable[[str], list[tuple[str, str]]]:
    """Gives title and abstract of each paper of a page, all of which must be papers."""

    def found(text: str) -> list[tuple[str, str]]:
        papers = read(text)
        assert all(isinstance(one, Paper) for one in papers), papers
        return [(one.title, one.abstract) for one in papers if isinstance(one, Paper)]

    return found


Found = Callable[[str], list[tuple[str, str]]]


def test_one_title_and_one_abstract(found: Found) -> None:
    assert found(f"Why Cats Purr\n\n{CATS}") == [("Why Cats Purr", CATS)]


def test_a_list_of_papers_with_a_menu_on_top_and_authors_and_buttons_between(found: Found) -> None:
    page = f"""
Home

Papers

Get the best papers of the week in your inbox!

Sign up

Published on Mar 11

Why Cats Purr

byAnn One and a friend

{CATS}

Upvote 128

View arXiv page

GitHub 1.2k

2 comments

BARK: What Dogs Bark At

Ann One, Bo van Two, Cy O. Three

View PDF

{DOGS}

Upvote 7

View arXiv page

GitHub 12

Cheese in the Dark

Cy Three

View PDF

{MICE}

Previous

Next

© 2026 Papers of the Week. All rights reserved.
"""
    assert found(page) == [
        ("Why Cats Purr", CATS),
        ("BARK: What Dogs Bark At", DOGS),
        ("Cheese in the Dark", MICE),
    ]


def test_labels_of_an_archive_are_no_part_of_the_paper(found: Found) -> None:
    page = f"""[1] arXiv:2501.00001 [pdf, html, other]
Title: Why Cats Purr
Authors: Ann One, Bo Two
Comments: 12 pages, 5 figures. Accepted at the Conference on Cats
Subjects: Sound (cs.SD); Machine Learning (cs.LG)
Abstract: {CATS}

[2] arXiv:2501.00002 [pdf, html, other]
Title: BARK: What Dogs Bark At
Authors: Cy Three
Subjects: Sound (cs.SD)
Abstract: {DOGS}
"""
    assert found(page) == [("Why Cats Purr", CATS), ("BARK: What Dogs Bark At", DOGS)]


def test_the_page_of_one_paper(found: Found) -> None:
    page = f"""Skip to main content
Computer Science > Sound
[Submitted on 30 Jan 2025 (v1), last revised 26 Feb 2025 (this version, v4)]
Cheese in the Dark: a Study of Whiskers
Ann One, Bo Two, Cy Three
View PDF

    {MICE}

Comments:\t12 pages, 5 figures
Subjects:\tSound (cs.SD)
Cite as:\tarXiv:2501.00003 [cs.SD]
"""
    assert found(page) == [("Cheese in the Dark: a Study of Whiskers", MICE)]


def test_text_with_hard_wrapped_lines_and_rules(found: Found) -> None:
    page = f"""# Papers on animals

## Why Cats Purr: an Inquiry into the Sound That
Cats Make

*2025-01-30*

{textwrap.fill(CATS, 72)}

--------

## BARK: What Dogs Bark At

{textwrap.fill(DOGS, 72)}
"""
    page = page.replace("\n", "\r\n")
    assert found(page) == [
        ("Why Cats Purr: an Inquiry into the Sound That Cats Make", CATS),
        ("BARK: What Dogs Bark At", DOGS),
    ]


def test_a_word_that_was_broken_at_its_hyphen_is_one_word(found: Found) -> None:
    page = f"Why House Cats Purr: an Inquiry into a Low-\nFrequency Sound of Cats\n\n{CATS}"
    ((title, _),) = found(page)
    assert title == "Why House Cats Purr: an Inquiry into a Low-Frequency Sound of Cats"


def test_title_authors_and_wrapped_abstract_may_be_one_block(found: Found) -> None:
    page = f"Cheese in the Dark: a Study of Whiskers\nAnn One, Bo Two\n{textwrap.fill(MICE, 90)}\n"
    assert found(page) == [("Cheese in the Dark: a Study of Whiskers", MICE)]


def test_title_and_abstract_may_be_lines_without_a_blank_one_between(found: Found) -> None:
    long = f"{CATS} {CATS}"
    assert found(f"Why Cats Purr\n{long}\n\nOn Dogs and Moons\n{DOGS} {DOGS}") == [
        ("Why Cats Purr", long),
        ("On Dogs and Moons", f"{DOGS} {DOGS}"),
    ]


def test_an_abstract_of_several_paragraphs_is_joined_by_spaces(found: Found) -> None:
    code = "The code is available at https://example.org/cats."
    page = f"Why Cats Purr\n\n{CATS}\n\n{MICE}\n\n{code}\n\nOn Dogs and Moons\n\n{DOGS}"
    assert found(page) == [
        ("Why Cats Purr", f"{CATS} {MICE} {code}"),
        ("On Dogs and Moons", DOGS),
    ]


def test_titles_that_end_with_a_dot_are_titles(found: Found) -> None:
    page = f"The purring of cats in winter.\n\n{CATS}\n\nThe barking of dogs at night.\n\n{DOGS}"
    assert [title for title, _ in found(page)] == [
        "The purring of cats in winter.",
        "The barking of dogs at night.",
    ]


def test_the_same_tag_before_every_abstract_is_no_title(found: Found) -> None:
    tag = "Animal Behaviour and Sounds"
    page = "".join(
        f"{title}\n\n{tag}\n\n{abstract}\n\n"
        for title, abstract in (("Purring", CATS), ("On Barking", DOGS), ("On Cheese", MICE))
    )
    assert [title for title, _ in found(page)] == ["Purring", "On Barking", "On Cheese"]


@pytest.mark.parametrize(
    "title",
    [
        "Open-Ended Play in Kittens",
        "Show, Stroke and Purr",
        "Read, Sleep, Repeat: Cats in Libraries",
        "Sign Language for Dogs",
        "Bytes Are All Cats Need",
        "Published Cats and Hidden Dogs",
        "Get Your Cat to Purr",
        "May Cats Bark?",
        "Purr!",
        "cats2vec: Cats as Vectors",
        "Ten Cats, Nine Lives and a Box",
        "Purring",
        "Reinforcement Learning",
        "Code Cats",
    ],
)
def test_a_title_is_not_taken_for_furniture(found: Found, title: str) -> None:
    page = f"Menu\n\n{title}\n\nby Ann One\n\nMar 11\n\n{CATS}"
    assert found(page) == [(title, CATS)]


def test_a_notice_on_cookies_is_no_abstract(found: Found) -> None:
    notice = (
        "We use cookies so that the site works and so that we can count who reads it. You can "
        "change this at any time in the settings of your browser, and read how we treat what we "
        "know of you in our privacy policy."
    )
    assert found(f"Welcome to Cat Papers\n\n{notice}\n\nWhy Cats Purr\n\n{CATS}\n\n{notice}") == [
        ("Why Cats Purr", CATS)
    ]


def test_a_long_list_of_authors_is_no_abstract(found: Found) -> None:
    authors = ", ".join(f"A. B. Cat{chr(97 + n)}" for n in range(20))
    assert found(f"Why Cats Purr\n\n{authors}\n\n{CATS}") == [("Why Cats Purr", CATS)]


def test_an_abstract_without_a_title_is_rejected_with_its_line(read: Read) -> None:
    reject, paper = read(f"Menu\n\n128\n\n{CATS}\n\nOn Dogs and Moons\n\n{DOGS}")
    assert reject == Reject(
        source="page.txt",
        line=5,
        reason="no title before 'Cats purr, and nobody quite knows why they'",
    )
    assert isinstance(paper, Paper)


def test_a_paper_of_a_page_is_known_by_its_title(read: Read) -> None:
    (paper,) = read(f"Why Cats Purr\n\n{CATS}")
    (again,) = read(f"Menu\n\nWhy cats purr\n\nMar 3\n\n{DOGS}")
    assert isinstance(paper, Paper) and isinstance(again, Paper)  # noqa: PT018 - for the types
    assert paper.id == again.id
    assert paper.id.startswith("text:")


def test_controls_are_replaced_one_for_one(found: Found) -> None:
    assert found(f"Why\x00 Cats Purr\n\n{CATS}") == [("Why\ufffd Cats Purr", CATS)]


@pytest.mark.parametrize("text", ["Just a note to myself.", "Menu\n\nSearch\n\n128", "x"])
def test_a_text_without_papers_is_an_error(read: Read, text: str) -> None:
    with pytest.raises(ReadError, match=r"page.txt: no title and abstract found in this page"):
        read(text)


@pytest.mark.shared
def test_the_seed_page_gives_its_49_papers_and_nothing_of_the_site(shared: Path) -> None:
    page = shared / "data" / "seed-page.txt"
    paragraphs = [part.strip() for part in page.read_text().split("\n\n") if part.strip()]
    papers = list(read_papers(*open_inputs([page])))
    assert len(papers) == 49
    for paper, title, abstract in zip(papers, paragraphs[-98::2], paragraphs[-97::2], strict=True):
        assert isinstance(paper, Paper)
        assert (paper.title, paper.abstract) == (title, abstract)
    assert len({paper.id for paper in papers if isinstance(paper, Paper)}) == 49
