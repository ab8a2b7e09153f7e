"""Proposals and relations: each cue has an example.

In the examples ``[M Hexwalk]`` is a mention of a method, ``[M* Hexwalk]`` one of the paper's own.
"""

import re
from itertools import count

import pytest

from kg.extract.cues import BETWEEN, FRAMES
from kg.extract.mentions import Group
from kg.extract.proposals import PRECISION, Proposal, find_proposals
from kg.extract.relations import TRUTH, Candidate, find_candidates, find_relations
from kg.extract.sentences import split_sentences
from kg.model import EntityType, Relation, Span

TYPES = {kind[0]: kind for kind in EntityType}
MARK = re.compile(r"\[([MTD])(\*?) ([^\]]*)\]")


class Example:
    """A text with its mentions, read from its marks."""

    def __init__(self, marked: str) -> None:
        spans: dict[str, list[Span]] = {}
        kinds: dict[str, EntityType] = {}
        self.text, self.own, last = "", [], 0
        for mark in MARK.finditer(marked):
            self.text += marked[last : mark.start()]
            start, name = len(self.text), mark[3]
            self.text += name
            spans.setdefault(name, []).append(Span(start, len(self.text)))
            kinds[name] = TYPES[mark[1]]
            self.own += [name] if mark[2] else []
            last = mark.end()
        self.text += marked[last:]
        number = count(1)
        self.groups = [
            Group(f"{kinds[name][0].lower()}{next(number)}", kinds[name], name, (name,),
                  tuple(places), "lexicon")
            for name, places in spans.items()
        ]  # fmt: skip
        self.sentences = split_sentences(self.text, self.text.find("\n") if "\n" in marked else 0)

    def candidates(self) -> list[Candidate]:
        own = {
            group.id: Proposal(group.id, "our", self.sentences[0])
            for group in self.groups
            if group.name in self.own
        }
        return list(find_candidates(self.text, self.sentences, self.groups, own))

    def relations(self) -> tuple[Relation, ...]:
        own = find_proposals(self.text, self.sentences, self.groups)
        return find_relations(self.text, self.sentences, self.groups, own)

    def proposed(self) -> set[tuple[str, str]]:
        names = {group.id: group.name for group in self.groups}
        found = find_proposals(self.text, self.sentences, self.groups)
        return {(names[one.entity], one.rule) for one in found.values()}


CUES = [
    ("USED_FOR: for", "[M A] is a good way for walking in [T B]."),
    ("USED_FOR: for", "[M A] stands out for [T C], [T D] and [T B]."),
    ("USED_FOR: to solve", "[M A], which solves [T B]."),
    ("USED_FOR: applied to", "[M A] is applied to [T B]."),
    ("USED_FOR: in", "[M A] is common in [T B]."),
    ("USED_FOR: to", "[M A] leads to [T B]."),
    ("USED_FOR: task using", "[T B] using [M A]."),
    ("EVALUATED_ON: on", "[M A] on [D B]."),
    ("EVALUATED_ON: evaluated on", "[M A] was, as before, tested on [D B]."),
    ("EVALUATED_ON: on data", "On [D B], tests show [M A]."),
    ("TRAINED_ON: trained on", "[M A] is trained on [D B]."),
    ("PART_OF: uses", "[M B] combines [M C], [M D] and [M A]."),
    ("PART_OF: based on", "[M B] is built on [M A]."),
    ("PART_OF: with", "[M B] with [M A]."),
    ("PART_OF: into", "[M A] built into [M B]."),
    ("PART_OF: -based", "[M A]-based [M B]."),
    ("SUBCLASS_OF: is a", "[M A] is a new [M B]."),
    ("SUBCLASS_OF: variant of", "[M A] is one variant of [M B]."),
    ("SUBCLASS_OF: such as", "[M B] such as [M A]."),
    ("SUBCLASS_OF: called", "[M B], called [M A]."),
    ("SUBTASK_OF: such as", "[T B] tasks such as [T C] and [T A]."),
    ("SUBTASK_OF: in", "[T A] in [T B]."),
    ("SUBTASK_OF: is a", "[T A] is a hard [T B]."),
    ("BENCHMARK_FOR: for", "[D A] is made for [T B]."),
    ("BENCHMARK_FOR: task on data", "[T B] on [D A]."),
    ("BENCHMARK_FOR: task benchmark", "[T B] benchmarks such as [D A]."),
    ("COMPARED_WITH: outperforms", "[M A] outperforms [M B]."),
    ("COMPARED_WITH: better than", "[M A] is better than [M B]."),
    ("COMPARED_WITH: compared with", "[M A] is compared to [M B]."),
    ("USED_FOR: own, for", "We use it for [T B], not bare [M* A]."),
    ("USED_FOR: own, problem", "The problem of [T B] needs [M* A]."),
    ("USED_FOR: own, any", "[T B] needs [M* A]."),
    ("USED_FOR: own, for, far", "[M* A] is new. It is made for [T B]."),
    ("USED_FOR: own, problem, far", "[M* A] is new. The task of [T B] is old."),
    ("USED_FOR: own, any, far", "[M* A] is new. [T B] is old."),
    ("EVALUATED_ON: own, evaluate", "Experiments on [D B] show [M* A]."),
    ("EVALUATED_ON: own, any", "[D B] is where [M* A] runs."),
    ("EVALUATED_ON: own, evaluate, far", "[M* A] is new. We evaluate on [D B]."),
    ("EVALUATED_ON: own, any, far", "[M* A] is new. [D B] is old."),
    ("TRAINED_ON: own, train", "[M* A] is pre-trained in one go on all of [D B]."),
    ("TRAINED_ON: own, train, far", "[M* A] is new. We trained it on [D B]."),
    ("PART_OF: own, uses", "Combining the old [M A] gave [M* B]."),
    ("PART_OF: own, with", "With [M A] we made [M* B]."),
    ("PART_OF: own, any", "[M A] leads to [M* B]."),
    ("PART_OF: own, uses, far", "[M* B] is new. We combine it all in [M A]."),
    ("PART_OF: own, with, far", "[M* B] is new. It runs with [M A]."),
    ("PART_OF: own, any, far", "[M* B] is new. [M A] is old."),
    ("SUBCLASS_OF: own, extends", "[M* A] extends [M B]."),
    ("SUBCLASS_OF: own, extends, far", "[M* A] is new. It is a variant of [M B]."),
    ("COMPARED_WITH: own, outperforms", "[M* A] outperforms [M B]."),
    ("COMPARED_WITH: own, outperforms, far", "[M* A] is new. It outperforms [M B]."),
    ("COMPARED_WITH: own, compare", "Unlike [M B], we know [M* A]."),
    ("COMPARED_WITH: own, compare, far", "[M* A] is new. Baselines are [M C] and [M B]."),
    ("BENCHMARK_FOR: own, any", "[D* A] tells who is good at [T B]."),
    ("BENCHMARK_FOR: own, any, far", "[D* A] is new. [T B] is old."),
    ("SUBCLASS_OF: last words", "[M deep B], a kind of [M B]."),
    ("SUBTASK_OF: last words", "We do [T small B] as well as [T B]."),
]


@pytest.mark.parametrize(("rule", "marked"), CUES)
def test_cues(rule: str, marked: str) -> None:
    example = Example(marked)
    names = {group.id: group.name for group in example.groups}
    found = {
        (names[one.head.entity], names[one.tail.entity])
        for one in example.candidates()
        if one.rule == rule
    }
    expected = {("deep B", "B"), ("small B", "B")} if rule.endswith("last words") else {("A", "B")}
    assert found & expected


def test_every_rule_has_an_example_and_a_measured_truth() -> None:
    rules = {rule for rule, _ in CUES}
    assert rules == set(TRUTH)
    assert rules >= {one.rule for one in BETWEEN} | {one.rule for one in FRAMES}


def only(marked: str) -> Relation:
    (relation,) = Example(marked).relations()
    return relation


def test_a_relation_names_its_sentence_and_its_mentions() -> None:
    example = Example("[M Hexwalk] is here. [M Hexwalk] is made for [T walking]. So it is.")
    (relation,) = example.relations()
    (sentence,) = relation.sentences
    assert sentence.of(example.text) == "Hexwalk is made for walking."
    assert relation.head_span == example.groups[0].spans[1]
    assert relation.tail_span.of(example.text) == "walking"


def test_a_relation_to_the_proposal_may_name_two_sentences() -> None:
    example = Example("We propose [M Hexwalk]. It is quick. We evaluate it on [D HexMaps].")
    (relation,) = example.relations()
    assert [sentence.of(example.text) for sentence in relation.sentences] == [
        "We propose Hexwalk.",
        "We evaluate it on HexMaps.",
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "[M A] does not work for [T B].",
        "[M A] fails to solve [T B].",
        "[M A] doesn't solve [T B].",
        "[M A] cannot solve [T B].",
    ],
)
def test_negated(marked: str) -> None:
    assert only(marked).negated


def test_a_negation_elsewhere_does_not_count() -> None:
    assert not only("It does not rest, [M A] is made for [T B].").negated
    assert not only("[M A] is made not only for [T B].").negated


@pytest.mark.parametrize("word", ["may", "might", "could", "potentially"])
def test_hedged(word: str) -> None:
    relation = only(f"[M A] {word} work for [T B].")
    assert (relation.hedged, relation.negated) == (True, False)


def test_the_better_one_is_favoured() -> None:
    assert only("[M A] outperforms [M B].").favoured == "subject"
    assert only("[M A] is compared to [M B].").favoured == ""


def test_a_comparison_is_one_relation() -> None:
    assert len(Example("[M A] is better than [M B]. [M B] is compared to [M A].").relations()) == 1


@pytest.mark.parametrize(
    ("rule", "marked"),
    [
        ("title", "[M A]: walking on maps\nIt walks."),
        ("we propose", "In this paper, we propose [M A]."),
        ("propose, called", "We introduce a new walker, called [M A]."),
        ("our", "It runs with our [M A]."),
    ],
)
def test_proposals(rule: str, marked: str) -> None:
    assert Example(marked).proposed() == {("A", rule)}


def test_every_rule_for_proposals_has_a_precision() -> None:
    assert set(PRECISION) == {"title", "we propose", "propose, called", "our"}


@pytest.mark.parametrize(
    "marked", ["We know [M A].", "We propose a way to [M A].", "We present results, [M A] helps."]
)
def test_what_is_not_proposed(marked: str) -> None:
    assert not Example(marked).proposed()
