"""Sentences and abbreviations."""

import pytest

from kg.extract.abbreviations import find_abbreviations
from kg.extract.sentences import split_sentences


def sentences(title: str, abstract: str) -> list[str]:
    text = f"{title}\n{abstract}"
    return [span.of(text) for span in split_sentences(text, len(title))]


def test_the_title_is_a_sentence_of_its_own() -> None:
    assert sentences("On maps", "we draw them.") == ["On maps", "we draw them."]
    assert sentences("", "We draw.") == ["We draw."]
    assert sentences("On maps", "") == ["On maps"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It works, e.g. Maps are drawn.",
        "That is, i.e. Maps, it works.",
        "Doe et al. Drew maps before.",
        "We test maps vs. Globes here.",
        "It gains 2.5 points over 1.0 before.",
        "See Fig. 2 and Eq. (3) for it.",
        "J. Doe drew it.",
        "It runs at www.example.org daily.",
    ],
)
def test_some_dots_end_no_sentence(sentence: str) -> None:
    assert sentences("", f"{sentence} Then more.") == [sentence, "Then more."]


@pytest.mark.parametrize("end", [".", "!", "?", '."', ".)"])
def test_sentences_end_at_marks(end: str) -> None:
    assert sentences("", f"It runs{end} $k$ stays.") == [f"It runs{end}", "$k$ stays."]


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("We use swarm map search (SMS) here.", "swarm map search", "SMS"),
        ("With Swarm-Map Searches (SMSs) it works.", "Swarm-Map Searches", "SMSs"),
        ("It is SMS (swarm map search) that works.", "swarm map search", "SMS"),
        ("We call it search of the maps (SM).", "search of the maps", "SM"),
        ("The hexagonal walker (HexWalk) runs.", "hexagonal walker", "HexWalk"),
    ],
)
def test_abbreviations(text: str, long: str, short: str) -> None:
    (found,) = find_abbreviations(text)
    assert (found.long.of(text), found.short.of(text)) == (long, short)


@pytest.mark.parametrize(
    "text",
    ["It works (Table 2).", "We search maps (XQZ).", "(SMS)", "A map (see below), search (2020)."],
)
def test_not_every_bracket_defines(text: str) -> None:
    assert not find_abbreviations(text)
