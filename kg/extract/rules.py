"""The extractor "rules": a spaCy pipeline without a model, from sentences to relations.

An honest baseline: each of its rules is as sure as it was right on annotated abstracts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import ids
from kg.extract.abbreviations import find_abbreviations
from kg.extract.gazetteer import Gazetteer
from kg.extract.mentions import Group, find_mentions
from kg.extract.proposals import Proposal, find_proposals
from kg.extract.relations import find_relations
from kg.extract.sentences import split_sentences
from kg.extract.tokens import Tokenizer
from kg.lexicon import Lexicon
from kg.model import Extraction, Mention, Paper, PaperEntity

VERSION = "1"
"""Part of the digest: another one whenever the rules give another result."""

ATTRIBUTES = ("paper", "sentences", "abbreviations", "groups", "proposals", "relations")
"""What the components leave in ``doc._``, beside ``doc.ents``."""


class Rules:
    """Extracts by a lexicon, patterns and cue words."""

    threshold = 0.15
    claim_threshold = 0.3

    def __init__(self, lexicon: Lexicon) -> None:
        self.digest = ids.digest("rules", VERSION, lexicon.digest)
        self._nlp = load_pipeline(lexicon)

    def __call__(self, paper: Paper) -> Extraction:
        """Extract from one paper."""
        with self._nlp.memory_zone():  # else the vocabulary grows with every new word
            doc = self._nlp.tokenizer(paper.text)
            doc._.paper = paper
            doc = self._nlp(doc)
            return Extraction(
                paper=paper,
                mentions=_mentions(paper.text, doc._.groups),
                entities=_entities(doc._.groups, doc._.proposals),
                relations=doc._.relations,
                extractor=self.digest,
            )


def load_pipeline(lexicon: Lexicon) -> Language:
    """Return the pipeline; it wants ``doc._.paper`` set in the documents that it is given."""
    for attribute in ATTRIBUTES:
        Doc.set_extension(attribute, default=None, force=True)
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_abbreviations")
    nlp.add_pipe("kg_mentions").gazetteer = Gazetteer(lexicon)  # type: ignore[attr-defined]
    nlp.add_pipe("kg_relations")
    return nlp


@Language.component("kg_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentences; they begin at tokens, as ``doc.sents`` wants it."""
    paper: Paper = doc._.paper
    doc._.sentences = split_sentences(paper.text, len(paper.title))
    starts = {sentence.start for sentence in doc._.sentences}
    # In one go: spaCy looks through all tokens each time that one of them is set.
    marks = np.array([[token.idx in starts] for token in doc], dtype=np.uint64).reshape(-1, 1)
    return doc.from_array(["SENT_START"], marks)  # type: ignore[arg-type] # an array is Ints2d


@Language.component("kg_abbreviations")
def mark_abbreviations(doc: Doc) -> Doc:
    """Set the abbreviations that the paper defines."""
    doc._.abbreviations = find_abbreviations(doc._.paper.text)
    return doc


@Language.factory("kg_mentions")
class MentionFinder:
    """Sets the entities of the paper in ``doc._.groups`` and their mentions in ``doc.ents``."""

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 - spaCy passes both
        self.gazetteer = Gazetteer(Lexicon())

    def __call__(self, doc: Doc) -> Doc:
        """Mark one document."""
        paper: Paper = doc._.paper
        doc._.groups = find_mentions(
            paper.text, len(paper.title), doc._.abbreviations, self.gazetteer
        )
        marked = [
            doc.char_span(span.start, span.end, label=str(group.type))
            for group in doc._.groups
            for span in group.spans
        ]
        doc.ents = [span for span in marked if span]
        return doc


@Language.component("kg_relations")
def mark_relations(doc: Doc) -> Doc:
    """Set what the paper proposes and how its entities are related."""
    text, sentences, groups = doc._.paper.text, doc._.sentences, doc._.groups
    doc._.proposals = find_proposals(text, sentences, groups)
    doc._.relations = find_relations(text, sentences, groups, doc._.proposals)
    return doc


def _mentions(text: str, groups: Sequence[Group]) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            span=span,
            text=span.of(text),
            type=group.type,
            entity=group.id,
            confidence=group.confidence,
        )
        for span, group in sorted((span, group) for group in groups for span in group.spans)
    )


def _entities(
    groups: Sequence[Group], proposals: Mapping[str, Proposal]
) -> tuple[PaperEntity, ...]:
    found = []
    for group in groups:
        proposal = proposals.get(group.id)
        found.append(
            PaperEntity(
                id=group.id,
                name=group.name,
                type=group.type,
                forms=group.forms,
                proposed=proposal is not None,
                proposed_confidence=proposal.confidence if proposal else 0.0,
                proposed_sentence=proposal.sentence if proposal else None,
            )
        )
    return tuple(found)
