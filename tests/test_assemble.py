import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.assemble import assemble
from kg.lexicon import Lexicon
from kg.model import EntityType, Extraction, Graph
from tests.build import GO_EXPLORE, LEXICON, PPO, D, M, T, extraction, paper


def assembled(*found: Extraction, lexicon: Lexicon = LEXICON, threshold: float = 0.5) -> Graph:
    return assemble(found, lexicon, claim_threshold=threshold).graph


def says(one: str, *relation: str | float, about: str = "BERT for NER on CoNLL") -> Extraction:
    """Return a paper that says one relation of BERT, NER and CoNLL."""
    entities = {"b": (M, ("BERT",)), "n": (T, ("NER",)), "c": (D, ("CoNLL",))}
    head, kind, tail, confidence = relation
    return extraction(
        paper(one, f"{about} {one}"),
        entities,
        [(str(head), str(kind), str(tail), float(confidence))],
    )


def test_papers_entities_mentions_claims_and_evidence() -> None:
    graph = assembled(GO_EXPLORE, PPO)
    assert [p.id for p in graph.papers] == ["arxiv:1", "arxiv:2"]
    assert [e.id for e in graph.entities] == [
        "dataset/montezumas-revenge",
        "method/go-explore",
        "method/proximal-policy-optimization",
        "task/control",
    ]
    assert {(c.subject, str(c.relation), c.object) for c in graph.claims} == {
        ("method/go-explore", "EVALUATED_ON", "dataset/montezumas-revenge"),
        ("method/go-explore", "COMPARED_WITH", "method/proximal-policy-optimization"),
        ("method/proximal-policy-optimization", "USED_FOR", "task/control"),
    }
    assert {m.entity for m in graph.mentions if m.proposed} == {
        "method/go-explore",
        "method/proximal-policy-optimization",
    }
    (evidence,) = [e for e in graph.evidence if e.relation == "EVALUATED_ON"]
    text = GO_EXPLORE.paper.text
    assert evidence.subject_span.of(text) == "Go-Explore"
    assert evidence.object_span.of(text) == "Montezuma's Revenge"
    assert evidence.sentences == tuple(span.of(text) for span in evidence.sentence_spans)


def test_an_entity_counts_its_papers_and_says_why_its_names_are_one() -> None:
    (ppo,) = [e for e in assembled(GO_EXPLORE, PPO).entities if e.id.endswith("optimization")]
    assert (ppo.name, ppo.aliases) == ("PPO", ("Proximal Policy Optimization",))
    assert ppo.merged_by == ("PPO: abbreviation", "Proximal Policy Optimization: same name")
    assert (ppo.n_papers, ppo.first_year, ppo.last_year) == (2, 2017, 2019)


def test_a_comparison_has_one_direction_and_the_evidence_follows() -> None:
    (evidence,) = [e for e in assembled(GO_EXPLORE).evidence if e.relation == "COMPARED_WITH"]
    assert evidence.subject < evidence.object
    assert evidence.subject_span.of(GO_EXPLORE.paper.text) == "Go-Explore"


def test_confidence_grows_with_papers_and_not_with_sentences() -> None:
    once = says("a", "b", "USED_FOR", "n", 0.6)
    twice_in_one = replace(once, relations=once.relations * 2)
    assert [c.confidence for c in assembled(twice_in_one).claims] == [0.6]
    (claim,) = assembled(once, says("b", "b", "USED_FOR", "n", 0.5)).claims
    assert (claim.support, claim.confidence) == (2, 0.8)


def test_a_doubtful_claim_is_counted_and_not_shown() -> None:
    graph = assembled(says("a", "b", "USED_FOR", "n", 0.4))
    assert (graph.claims, graph.evidence, graph.doubtful) == ((), (), 1)
    assert len(assembled(says("a", "b", "USED_FOR", "n", 0.4), threshold=0.4).claims) == 1


def test_negated_evidence_is_kept_and_makes_no_claim() -> None:
    said = says("a", "b", "USED_FOR", "n", 0.9)
    denied = replace(said, relations=(replace(said.relations[0], negated=True),))
    graph = assembled(denied)
    assert (graph.claims, len(graph.evidence)) == ((), 1)


def test_an_abbreviation_binds_in_its_own_paper_only() -> None:
    one = extraction(paper("a", "Active Learning (AL)"), {"a": (M, ("Active Learning", "AL"))}, [])
    other = extraction(
        paper("b", "Adversarial Loss (AL)"), {"a": (M, ("Adversarial Loss", "AL"))}, []
    )
    bare = extraction(paper("c", "AL alone"), {"a": (M, ("AL",))}, [])
    ids = [e.id for e in assembled(one, other, bare).entities]
    assert ids == ["method/active-learning", "method/adversarial-loss", "method/al"]


def test_a_bare_short_form_follows_what_nearly_all_papers_define() -> None:
    define = [
        extraction(paper(i, f"Active Learning (AL) {i}"), {"a": (M, ("Active Learning", "AL"))}, [])
        for i in ("a", "b")
    ]
    bare = extraction(paper("c", "AL alone"), {"a": (M, ("AL",))}, [])
    (entity,) = assembled(*define, bare).entities
    assert (entity.id, entity.n_papers) == ("method/active-learning", 3)
    assert [e.id for e in assembled(define[0], bare).entities] == [
        "method/active-learning",
        "method/al",
    ]


def test_a_name_without_letters_is_no_entity() -> None:
    odd = extraction(
        paper("a", "*** for NER"),
        {"x": (M, ("***",)), "n": (T, ("NER",))},
        [("x", "USED_FOR", "n", 0.9)],
    )
    assert [e.id for e in assembled(odd).entities] == ["method/***", "task/ner"]
    dashes = extraction(
        paper("a", "--- for NER"),
        {"x": (M, ("---",)), "n": (T, ("NER",))},
        [("x", "USED_FOR", "n", 0.9)],
    )
    graph = assembled(dashes)
    assert [e.id for e in graph.entities] == ["task/ner"]
    assert graph.claims == ()


CONFIDENCES = st.integers(50, 1000).map(lambda n: n / 1000)


def test_of_two_that_say_the_same_of_the_same_places_the_surer_stays() -> None:
    said = says("a", "b", "USED_FOR", "n", 0.9)
    twice = (said.relations[0], replace(said.relations[0], confidence=0.2))
    for relations in (twice, twice[::-1]):
        (claim,) = assembled(replace(said, relations=relations)).claims
        assert claim.confidence == 0.9


def test_an_entity_without_a_mention_is_none() -> None:
    said = says("a", "b", "USED_FOR", "n", 0.9)
    unseen = replace(said, mentions=tuple(m for m in said.mentions if m.entity != "n"))
    graph = assembled(unseen)
    assert "task/ner" not in [e.id for e in graph.entities]
    assert graph.claims == ()


NAMES = ["BERT", "Bidirectional Encoder", "PPO", "ppo", "Go-Explore", "go explore", "AL"]


@st.composite
def extractions(draw: st.DrawFn) -> list[Extraction]:
    """Draw some papers that name some things and relate them."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
        types = draw(st.lists(st.sampled_from(list(EntityType)), min_size=5, max_size=5))
        entities = {f"e{i}": (types[i], (name,)) for i, name in enumerate(names)}
        methods = [one for one, (kind, _) in entities.items() if kind == M]
        pairs = [(a, b) for a in methods for b in methods if a != b]
        relations = [
            (a, draw(st.sampled_from(["PART_OF", "COMPARED_WITH"])), b, draw(CONFIDENCES))
            for a, b in (draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else [])
        ]
        about = paper(f"p{number}", " and ".join(names), year=draw(st.integers(2000, 2003)))
        proposed = {one: draw(CONFIDENCES) for one in entities if draw(st.booleans())}
        found.append(extraction(about, entities, relations, proposed=proposed))
    return found


@given(extractions(), st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(found: list[Extraction], draw: random.Random) -> None:
    shuffled = draw.sample(found, len(found))
    assert assembled(*shuffled) == assembled(*found)


@given(extractions())
def test_each_claim_has_evidence_and_each_end_is_an_entity(found: list[Extraction]) -> None:
    graph = assembled(*found)
    ids = {e.id for e in graph.entities}
    shown = {(e.subject, e.relation, e.object) for e in graph.evidence}
    assert all({c.subject, c.object} <= ids for c in graph.claims)
    assert {(c.subject, c.relation, c.object) for c in graph.claims} <= shown
    assert all(m.entity in ids for m in graph.mentions)
