"""The extraction record: one paper's extraction as one JSON object, there and back."""

from typing import Any

from kg.errors import ReadError
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


_ABOUT = ("ids", "year", "published", "authors", "venue", "url", "citekey", "source")
"""What a record says about its paper beside the text."""


def to_record(extraction: Extraction, *, threshold: float = 0.0) -> Json:
    """Return the record; relations and proposed flags below the threshold are left out."""
    paper = extraction.paper
    return {
        "id": paper.own_id or paper.id,
        "paper": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "text": paper.text,
        **{name: getattr(paper, name) for name in _ABOUT},
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


def from_record(record: Json) -> Extraction:
    """Return the extraction that the record holds; ReadError says what is wrong with it."""
    try:
        about = {name: record[name] for name in _ABOUT if name in record}
        lists = {name: tuple(about.get(name, ())) for name in ("ids", "authors")}
        given = {name: record[name] for name in ("title", "abstract")}
        paper = Paper(id=record["paper"], own_id=str(record["id"]), **{**about, **lists}, **given)
        extraction = with_paper(paper, record)
    except KeyError as error:
        raise ReadError(f"the record has no {error}") from error
    except (TypeError, ValueError) as error:
        raise ReadError(f"the record is not as it should be: {error}") from error
    _check(extraction, record)
    return extraction


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


def _check(extraction: Extraction, record: Json) -> None:
    """Raise ReadError where the record contradicts itself or its text."""
    paper = extraction.paper
    texts = [paper.id, paper.title, paper.abstract, paper.published, paper.venue, paper.url]
    texts += [paper.citekey, paper.source, *paper.ids, *paper.authors, extraction.extractor]
    if not all(isinstance(one, str) for one in texts) or not paper.id or not extraction.extractor:
        raise ReadError("the record's paper, its texts or the extractor are no texts")
    if not isinstance(paper.year, int | None):
        raise ReadError(f"the record's year is {paper.year!r}")
    if record.get("text", paper.text) != paper.text:
        raise ReadError("the record's text is not its title and abstract")
    for mention in extraction.mentions:
        if not mention.text or mention.span.of(paper.text) != mention.text:
            raise ReadError(
                f"{mention.text!r} does not stand at {mention.span.start}–{mention.span.end}"
            )
    known = {entity.id for entity in extraction.entities}
    named = {mention.entity for mention in extraction.mentions}
    ends = {end for relation in extraction.relations for end in (relation.head, relation.tail)}
    if unknown := sorted((named | ends) - known):
        raise ReadError(f"no entity of the record is {unknown[0]!r}")
    end = len(paper.text)
    spans = [
        span for r in extraction.relations for span in (*r.sentences, r.head_span, r.tail_span)
    ]
    if not all(0 <= span.start < span.end <= end for span in spans):
        raise ReadError("a relation's offsets lie outside the text")
    sure = [m.confidence for m in extraction.mentions] + [
        r.confidence for r in extraction.relations
    ]
    sure += [e.proposed_confidence for e in extraction.entities]
    if not all(isinstance(one, int | float) and 0 <= one <= 1 for one in sure):
        raise ReadError("a confidence lies outside 0 to 1")


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
