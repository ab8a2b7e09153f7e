"""Names, terms, the lexicon's names, and the mentions that they make."""

import pytest

from kg.extract.abbreviations import find_abbreviations
from kg.extract.gazetteer import Gazetteer
from kg.extract.mentions import PRECISION, Group, find_mentions
from kg.extract.names import FRAMES, SHAPES, find_names
from kg.extract.terms import find_terms
from kg.lexicon import Entry, Lexicon
from kg.model import EntityType

METHOD, TASK, DATASET = EntityType
LEXICON = Lexicon(
    [
        Entry(type=METHOD, name="swarm search", aliases=("SWS",)),
        Entry(type=METHOD, name="adaptive swarm search"),
        Entry(type=METHOD, name="Dash"),
        Entry(type=METHOD, name="Walk-3"),
        Entry(type=TASK, name="maze solving"),
        Entry(type=DATASET, name="MazeNet"),
    ]
)


def groups(title: str, abstract: str = "") -> list[Group]:
    text = f"{title}\n{abstract}"
    return find_mentions(text, len(title), find_abbreviations(text), Gazetteer(LEXICON))


def marked(title: str, abstract: str = "") -> dict[str, EntityType]:
    return {form: group.type for group in groups(title, abstract) for form in group.forms}


NAMES = [
    ("title", "Hexwalk: walking on maps", "", "Hexwalk", METHOD),
    ("called", "", "A walker called Hexwalk runs.", "Hexwalk", METHOD),
    ("we propose", "", "We propose Hexwalk, which runs.", "Hexwalk", METHOD),
    ("mixed case", "", "It runs with HexWalker well.", "HexWalker", METHOD),
    ("hyphened", "", "It runs with Hex-Walk well.", "Hex-Walk", METHOD),
    ("numbered", "", "It runs with Hexer2 well.", "Hexer2", METHOD),
    ("capitals", "", "It runs with HWK well.", "HWK", METHOD),
    ("data", "", "It runs on the HexMaps dataset.", "HexMaps", DATASET),
    ("data", "", "It knows benchmarks such as HexMaps.", "HexMaps", DATASET),
    ("data", "HexMaps: A benchmark for walkers", "", "HexMaps", DATASET),
    ("tested", "", "We evaluate it on HexMaps.", "HexMaps", DATASET),
    ("capitals, data", "", "It runs on the HXM dataset.", "HXM", DATASET),
    ("capitals, tested", "", "We evaluate it on HXM.", "HXM", DATASET),
]


@pytest.mark.parametrize(("rule", "title", "abstract", "name", "kind"), NAMES)
def test_names(rule: str, title: str, abstract: str, name: str, kind: EntityType) -> None:
    text = f"{title}\n{abstract}"
    found = {(span.of(text), kind, rule) for span, kind, rule in find_names(text, len(title))}
    assert (name, kind, rule) in found


def test_every_rule_for_names_has_an_example_and_a_precision() -> None:
    assert {rule for rule, *_ in NAMES} >= {*SHAPES, *FRAMES}
    assert {rule for rule, *_ in NAMES} | {"lexicon", "head"} == set(PRECISION)


@pytest.mark.parametrize("text", ["Its RMSE is low.", "A GPU is hot.", "A Two-Player Game is on."])
def test_metrics_hardware_and_titles_are_no_names(text: str) -> None:
    assert not list(find_names(f"\n{text}", 0))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("We improve novel sparse maze navigation.", {"sparse maze navigation": TASK}),
        ("With deep maze networks, walking helps.", {"deep maze networks": METHOD}),
        ("It learns policies for our walker detection.", {"walker detection": TASK}),
        ("A recently trained classifier is no name.", {}),
        ("Detection is a word alone.", {}),
        ("A weakly supervised maze detection helps.", {"weakly supervised maze detection": TASK}),
    ],
)
def test_terms(text: str, terms: dict[str, EntityType]) -> None:
    assert {span.of(text): kind for span, kind in find_terms(text)} == terms


def test_the_longest_known_name_is_found_in_any_case() -> None:
    assert marked("Adaptive Swarm-Search")["Adaptive Swarm-Search"] is METHOD
    assert "Swarm-Search" not in marked("Adaptive Swarm-Search")
    assert marked("on maze solving")["maze solving"] is TASK
    assert marked("walk 3 is good")["walk 3"] is METHOD


@pytest.mark.parametrize("text", ["we dash on", "the sws of it", "a mazenet", "swarm, search"])
def test_names_with_capitals_are_found_as_they_are_written(text: str) -> None:
    assert not marked(text)


def test_a_name_is_marked_wherever_it_stands_but_in_no_address() -> None:
    abstract = "Dash runs, Dash walks. Dashing is Dash. See https://example.org/Dash too."
    (group,) = groups("", abstract)
    assert [span.of(f"\n{abstract}") for span in group.spans] == ["Dash"] * 3


def test_an_abbreviation_and_its_long_form_are_one_entity() -> None:
    (group,) = groups("", "We know hex map walking (HMW). HMW is good.")
    assert group.name == "hex map walking"
    assert group.forms == ("hex map walking", "HMW")
    assert len(group.spans) == 3


def test_spellings_of_one_key_are_one_entity_of_one_type() -> None:
    (group,) = groups("", "We know HexWalkers. A HexWalker is good. We evaluate HexWalkers.")
    assert (group.type, group.forms) == (METHOD, ("HexWalkers", "HexWalker"))


def test_no_mention_goes_over_the_end_of_the_title() -> None:
    assert not marked("A new swarm", "search is here.")
