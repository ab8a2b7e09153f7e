"""The extractor "rules" as a whole: what holds of any text, and the same with any workers."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import schema
from kg.errors import ExtractError
from kg.extract import Workers, load_extractor
from kg.extract import workers as workers_module
from kg.extract.rules import Rules, load_pipeline
from kg.lexicon import Entry, Lexicon
from kg.model import EntityType, Extraction, Paper, Span
from kg.record import to_record, with_paper

METHOD, TASK, DATASET = EntityType
LEXICON = Lexicon(
    [
        Entry(type=METHOD, name="swarm search", aliases=("SWS",)),
        Entry(type=TASK, name="maze solving"),
        Entry(type=DATASET, name="MazeNet"),
    ]
)
RULES = Rules(LEXICON)
PAPER = Paper(
    id="made-up#1",
    title="Hexwalk: Swarm search for maze solving",
    abstract=(
        "Maze solving may be hard. We propose Hexwalk (HXW), which combines swarm search (SWS) "
        "with deep maze networks. We evaluate HXW on MazeNet, where it outperforms SWS."
    ),
)


def test_an_abstract_as_an_example() -> None:
    extraction = RULES(PAPER)
    names = {entity.id: entity.name for entity in extraction.entities}
    facts = {(names[r.head], str(r.type), names[r.tail]) for r in extraction.relations}
    assert facts >= {
        ("Hexwalk", "USED_FOR", "maze solving"),
        ("Hexwalk", "EVALUATED_ON", "MazeNet"),
        ("swarm search", "PART_OF", "Hexwalk"),
        ("deep maze networks", "PART_OF", "Hexwalk"),
    }
    (own,) = [entity for entity in extraction.entities if entity.proposed]
    assert (own.name, own.forms, own.type) == ("Hexwalk", ("Hexwalk", "HXW"), METHOD)
    assert own.proposed_sentence is not None
    assert own.proposed_confidence >= RULES.threshold


def test_the_document_carries_entities_and_relations() -> None:
    nlp = load_pipeline(LEXICON)
    doc = nlp.tokenizer(PAPER.text)
    doc._.paper = PAPER
    doc = nlp(doc)
    assert {(ent.text, ent.label_) for ent in doc.ents} >= {("MazeNet", "Dataset")}
    assert doc._.relations == RULES(PAPER).relations
    assert next(sent.text.strip() for sent in doc.sents) == PAPER.title


def test_the_digest_depends_on_the_lexicon() -> None:
    assert Rules(LEXICON).digest == RULES.digest != Rules(Lexicon()).digest


VOCABULARY = """
    We propose present evaluate outperforms combine on for using with the a not may , . : ; ( )
    swarm search SWS MazeNet HexWalk Hex-2 deep maze network detection dataset e\u0301 𝔽 𝔽-GAN
    $k$ https://example.org/SWS β-VAE A* C++ ﬁne ß İ e.g. et al. 🙂
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\r\n", "\n", "\t", "  ", "\xa0"])
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS).map("".join)
)


def check(extraction: Extraction) -> None:
    text = extraction.paper.text
    taken: set[int] = set()
    for mention in extraction.mentions:
        assert mention.span.of(text) == mention.text != ""
        assert taken.isdisjoint(range(*mention.span))
        taken.update(range(*mention.span))
    types = {entity.id: entity.type for entity in extraction.entities}
    spans = {(mention.span, mention.entity) for mention in extraction.mentions}
    for relation in extraction.relations:
        assert schema.fits(types[relation.head], relation.type, types[relation.tail])
        assert {(relation.head_span, relation.head), (relation.tail_span, relation.tail)} <= spans
        assert len(relation.sentences) in (1, 2)
        for span in (relation.head_span, relation.tail_span):
            assert any(within(span, sentence) for sentence in relation.sentences)
    assert with_paper(extraction.paper, to_record(extraction)) == extraction


def within(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start < sentence.end


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS)
def test_any_text_can_be_read(title: str, abstract: str) -> None:
    paper = Paper(id="any#1", title=title, abstract=abstract)
    extraction = RULES(paper)
    check(extraction)
    assert RULES(paper) == extraction


def test_spacy_is_loaded_when_it_is_needed() -> None:
    code = "import sys, kg.extract; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(ExtractError, match="no model is called 'magic': choose one of rules"):
        load_extractor("magic")


def test_results_do_not_depend_on_the_number_of_workers() -> None:
    papers = [
        Paper(id=f"made-up#{n}", title=PAPER.title, abstract=f"{PAPER.abstract} HexWalk{n} is new.")
        for n in range(40)
    ]
    with Workers("rules", workers=1) as one, Workers("rules", workers=2) as two:
        extractions = two.extract(papers)
        assert extractions == one.extract(papers)
        assert two.extract([]) == []
    assert [extraction.paper.id for extraction in extractions] == [paper.id for paper in papers]


class Dying:
    """A paper that kills the process which unpacks it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def test_a_dead_worker_is_reported() -> None:
    with Workers("rules", workers=2) as workers, pytest.raises(ExtractError, match="worker"):
        workers.extract([Dying()])  # type: ignore[list-item]


def test_one_worker_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(workers_module, "ProcessPoolExecutor")
    with Workers("rules") as workers:
        assert workers.extract([PAPER])[0].paper == PAPER


def test_new_words_leave_nothing_behind() -> None:
    RULES(Paper(id="a", title="One", abstract="Some words to begin with."))
    before = len(RULES._nlp.vocab.strings)
    words = " ".join(f"newword{number}" for number in range(500))
    RULES(Paper(id="b", title="Two", abstract=words))
    assert len(RULES._nlp.vocab.strings) == before
