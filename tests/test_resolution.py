"""How well two names are told to be one thing or two, on 500 pairs from the field."""

import csv
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.assemble import assemble
from kg.lexicon import Lexicon, read_lexicon
from kg.model import EntityType
from tests.build import extraction, paper

GOLD = Path(__file__).parent / "gold" / "resolution.tsv"


class Pair(NamedTuple):
    """Two names of one type, and whether they are one thing."""

    type: EntityType
    a: str
    b: str
    same: bool


def read_pairs() -> list[Pair]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(EntityType(r["type"]), r["a"], r["b"], r["same"] == "yes") for r in rows]


def united(pair: Pair, lexicon: Lexicon) -> bool:
    """Say whether two papers that each know one of the names speak of one entity."""
    papers = [
        extraction(paper(f"p:{n}", f"{name} {n}"), {"e": (pair.type, (name,))}, [])
        for n, name in enumerate((pair.a, pair.b))
    ]
    return len(assemble(papers, lexicon, claim_threshold=0).graph.entities) == 1


def measure(lexicon: Lexicon) -> tuple[float, float, list[Pair]]:
    """Return precision, recall, and the pairs that are told wrongly."""
    told = [(pair, united(pair, lexicon)) for pair in read_pairs()]
    right = sum(pair.same and one for pair, one in told)
    precision = right / max(sum(one for _, one in told), 1)
    recall = right / sum(pair.same for pair, _ in told)
    return precision, recall, [pair for pair, one in told if one != pair.same]


def test_the_pairs_are_five_hundred_and_none_comes_twice() -> None:
    pairs = read_pairs()
    assert len(pairs) == 500
    assert len({(p.type, frozenset((p.a, p.b))) for p in pairs}) == 500
    assert all(a != b for _, a, b, _ in pairs)


def test_nearly_all_that_is_united_is_one_and_most_that_is_one_is_united() -> None:
    precision, recall, wrong = measure(read_lexicon())
    assert precision >= 0.99, wrong
    assert recall >= 0.85, wrong


def test_without_the_lexicon_nothing_wrong_is_united() -> None:
    precision, recall, wrong = measure(Lexicon())
    assert precision >= 0.99, [pair for pair in wrong if not pair.same]
    assert recall >= 0.3


@pytest.mark.parametrize("count", [4])
def test_versions_and_sizes_stay_apart(count: int) -> None:
    names = ["GPT-3", "GPT-4", "GPT-3.5", "GPT 2"][:count]
    assert not any(
        united(Pair(EntityType.METHOD, a, b, same=False), read_lexicon())
        for a, b in combinations(names, 2)
    )
