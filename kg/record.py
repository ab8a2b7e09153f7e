"""The extraction record: one paper's extraction as one JSON object, there and back."""

from typing import Any

from kg.model import (
    EntityType,
    Extraction,
    Mention,
    Paper,
    PaperEntity,
    Relation,
    RelationType,
    Span,
)

Json = dict[str, Any]

NOTHING: Json = {"mentions": [], "entities": [], "relations": [], "extractor": ""}
"""The findings of a paper that no extractor has read yet."""


def to_record(extraction: Extraction, *, threshold: float = 0.0) -> Json:
    """Return the record; relations and proposed flags below the threshold are left out."""
    paper = extraction.paper
    return {
        "id": paper.own_id or paper.id,
        "paper": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "text": paper.text,
        **to_findings(extraction, threshold=threshold),
    }


def to_findings(extraction: Extraction, *, threshold: float = 0.0) -> Json:
    """Return the record without the paper."""
    return {
        "mentions": [_mention(m) for m in extraction.mentions],
        "entities": [_entity(e, threshold) for e in extraction.entities],
        "relations": [_relation(r) for r in extraction.relations if r.confidence >= threshold],
        "extractor": extraction.extractor,
    }


def with_paper(paper: Paper, record: Json) -> Extraction:
    """Return the record's mentions, entities and relations as those of the paper, unchecked."""
    return Extraction(
        paper=paper,
        mentions=tuple(
            Mention(
                span=Span(m["start"], m["end"]),
                text=m["text"],
                type=EntityType(m["type"]),
                entity=m["entity"],
                confidence=m["confidence"],
            )
            for m in record["mentions"]
        ),
        entities=tuple(
            PaperEntity(
                id=e["id"],
                name=e["name"],
                type=EntityType(e["type"]),
                forms=tuple(e["forms"]),
                proposed=e["proposed"],
                proposed_confidence=e["proposed_confidence"],
                proposed_sentence=Span(*e["proposed_sentence"]) if e["proposed_sentence"] else None,
            )
            for e in record["entities"]
        ),
        relations=tuple(
            Relation(
                head=r["head"],
                type=RelationType(r["type"]),
                tail=r["tail"],
                confidence=r["confidence"],
                head_span=Span(*r["head_span"]),
                tail_span=Span(*r["tail_span"]),
                sentences=tuple(Span(*s) for s in r["sentences"]),
                negated=r["negated"],
                hedged=r["hedged"],
                favoured=r["favoured"],
            )
            for r in record["relations"]
        ),
        extractor=record["extractor"],
    )


def _mention(mention: Mention) -> Json:
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "type": str(mention.type),
        "entity": mention.entity,
        "confidence": mention.confidence,
    }


def _entity(entity: PaperEntity, threshold: float) -> Json:
    proposed = entity.proposed and entity.proposed_confidence >= threshold
    return {
        "id": entity.id,
        "name": entity.name,
        "type": str(entity.type),
        "forms": list(entity.forms),
        "proposed": proposed,
        "proposed_confidence": entity.proposed_confidence,
        "proposed_sentence": list(entity.proposed_sentence) if entity.proposed_sentence else None,
    }


def _relation(relation: Relation) -> Json:
    return {
        "head": relation.head,
        "type": str(relation.type),
        "tail": relation.tail,
        "confidence": relation.confidence,
        "head_span": list(relation.head_span),
        "tail_span": list(relation.tail_span),
        "sentences": [list(sentence) for sentence in relation.sentences],
        "negated": relation.negated,
        "hedged": relation.hedged,
        "favoured": relation.favoured,
    }
