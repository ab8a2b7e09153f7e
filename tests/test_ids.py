import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import arxiv_id, digest, doi_id, key, paper_ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Go-Explore", "go explore"),
        ("GPT-3", "GPT 3"),
        ("ResNet50", "ResNet-50"),
        ("graph neural network", "Graph Neural Networks"),
        ("LMs", "LM"),
        ("policies", "policy"),
        (r"$\epsilon$-greedy", "ε-greedy"),
        (r"TD($\lambda$)", "TD(λ)"),
        (r"\textsc{Bert}", "BERT"),
        (r"Schr\"{o}dinger bridge", "Schrödinger bridges"),
        (r"Poincar\'e ball", "Poincaré ball"),
        (r"Ho\v{r}ava model", "Hořava model"),
        ("corpora", "corpus"),
        ("biases", "bias"),
        ("ﬁne tuning", "fine-tuning"),
        ("Dijkstra’s algorithm", "Dijkstra's algorithm"),
    ],
)
def test_names_of_one_thing_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-3", "GPT-4"),
        ("GPT-3.5", "GPT-35"),
        ("ResNet-50", "ResNet-101"),
        ("BERT-base", "BERT-large"),
        ("C", "C++"),
        ("A", "A*"),
        ("α-divergence", "β-divergence"),
        ("ROS", "RO"),
        ("VITS", "ViT"),
    ],
)
def test_names_of_two_things_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("name", ["", "-", "!?", "$$", "\u0000", "🎲"])
def test_a_name_without_letter_or_digit_has_no_key(name: str) -> None:
    assert key(name) == ""


@given(st.text())
def test_a_key_needs_no_trimming_and_no_case(name: str) -> None:
    found = key(name)
    assert found == found.strip("- ").casefold()
    assert key(f" {name} ") == found


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_digests_differ_where_parts_differ(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)
    assert set(digest(*one)) <= set(string.hexdigits)


@pytest.mark.parametrize(
    "text",
    [
        "1901.10995",
        "arXiv:1901.10995v2",
        "https://arxiv.org/abs/1901.10995",
        "http://arxiv.org/pdf/1901.10995v4.pdf",
        "10.48550/arXiv.1901.10995",
        "https://doi.org/10.48550/arXiv.1901.10995",
        "https://arxiv.org/html/1901.10995v1#S2",
    ],
)
def test_an_arxiv_id_is_known_in_all_its_dresses(text: str) -> None:
    assert arxiv_id(text) == "arxiv:1901.10995"


def test_an_old_arxiv_id_needs_no_class_and_no_case() -> None:
    assert arxiv_id("arXiv:CS.LG/0112017") == arxiv_id("cs/0112017v2") == "arxiv:cs/0112017"


def test_a_year_and_a_number_are_no_arxiv_id() -> None:
    assert arxiv_id("2020.12") == arxiv_id("1999.12345") == arxiv_id("12345") == ""


def test_a_doi_is_known_in_lower_case() -> None:
    assert doi_id("https://doi.org/10.1000/ABC") == doi_id("10.1000/abc") == "doi:10.1000/abc"


def test_a_paper_goes_by_arxiv_then_doi_then_its_own_id_then_its_title() -> None:
    given = {"own_id": "x7", "arxiv": "", "doi": "", "url": "", "stem": "refs", "title": "On X"}
    assert paper_ids(**{**given, "arxiv": "1901.10995", "doi": "10.1000/a"}) == [
        "arxiv:1901.10995",
        "doi:10.1000/a",
    ]
    assert paper_ids(**{**given, "doi": "10.1000/a"}) == ["doi:10.1000/a"]
    assert paper_ids(**{**given, "own_id": "acl2022:7"}) == ["acl2022:7"]
    assert paper_ids(**given) == ["refs#x7"]
    assert paper_ids(**{**given, "own_id": ""}) == paper_ids(
        **{**given, "own_id": "", "title": "on x", "stem": "other"}
    )
