"""Claims and evidence: what all papers say of two entities, and in which words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg import schema
from kg.ids import digest
from kg.model import Claim, Evidence, Extraction, Relation, RelationType

Ends = tuple[str, RelationType, str]
_SWAPPED = {"subject": "object", "object": "subject"}


def collect_claims(
    extractions: Sequence[Extraction],
    resolved: Sequence[dict[str, str]],
    claim_threshold: float,
) -> tuple[tuple[Claim, ...], tuple[Evidence, ...], int]:
    """Return claims and their evidence, sorted by id, and how many claims are too doubtful.

    ``resolved`` gives for each extraction the entity id of each of its entities. Negated and hedged
    evidence makes no claim; it is kept from the same confidence on.
    """
    asserting: defaultdict[Ends, dict[str, Evidence]] = defaultdict(dict)
    kept: dict[str, Evidence] = {}
    for extraction, ids in zip(extractions, resolved, strict=True):
        for evidence in _evidence(extraction, ids):
            if not (evidence.negated or evidence.hedged):
                ends = (evidence.subject, evidence.relation, evidence.object)
                asserting[ends][evidence.id] = evidence
            elif evidence.confidence >= claim_threshold:
                kept[evidence.id] = evidence
    claims = []
    for ends, by_id in asserting.items():
        claim = _claim(ends, by_id.values())
        if claim.confidence >= claim_threshold:
            claims.append(claim)
            kept |= by_id
    claims.sort(key=lambda claim: claim.id)
    doubtful = len(asserting) - len(claims)
    return tuple(claims), tuple(kept[one] for one in sorted(kept)), doubtful


def _evidence(extraction: Extraction, ids: dict[str, str]) -> Iterable[Evidence]:
    """Return the evidence of one paper; what joins an entity with itself is none.

    Where two say the same of the same places, the surer one stays.
    """
    found: dict[str, Evidence] = {}
    for relation in extraction.relations:
        head, tail = ids.get(relation.head, ""), ids.get(relation.tail, "")
        if head and tail and head != tail:
            one = _one_evidence(extraction, relation, head, tail)
            found[one.id] = max(one, found.get(one.id, one), key=_sureness)
    return found.values()


def _sureness(evidence: Evidence) -> tuple[float, bool, bool, str]:
    return evidence.confidence, evidence.negated, evidence.hedged, evidence.favoured


def _one_evidence(extraction: Extraction, relation: Relation, head: str, tail: str) -> Evidence:
    paper = extraction.paper
    head_span, tail_span, favoured = relation.head_span, relation.tail_span, relation.favoured
    identity = (paper.id, relation.type, *map(str, (*head_span, *tail_span)))
    if relation.type in schema.SYMMETRIC and tail < head:
        head, tail, head_span, tail_span = tail, head, tail_span, head_span
        favoured = _SWAPPED.get(favoured, "")
    return Evidence(
        id=digest(*identity),
        relation=relation.type,
        subject=head,
        object=tail,
        paper=paper.id,
        year=paper.year,
        published=paper.published,
        confidence=relation.confidence,
        negated=relation.negated,
        hedged=relation.hedged,
        favoured=favoured,
        extractor=extraction.extractor,
        sentences=tuple(span.of(paper.text) for span in relation.sentences),
        sentence_spans=relation.sentences,
        subject_span=head_span,
        object_span=tail_span,
    )


def _claim(ends: Ends, evidence: Iterable[Evidence]) -> Claim:
    """Return the claim; its confidence is noisy-or over each paper's best evidence."""
    best: defaultdict[str, float] = defaultdict(float)
    years = set()
    for one in evidence:
        best[one.paper] = max(best[one.paper], one.confidence)
        if one.year is not None:
            years.add(one.year)
    subject, relation, object_ = ends
    return Claim(
        id=digest(subject, relation, object_),
        subject=subject,
        relation=relation,
        object=object_,
        support=len(best),
        confidence=round(1 - math.prod(1 - c for c in sorted(best.values())), 3),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )
