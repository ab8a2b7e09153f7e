"""Claims and evidence: what all papers say of two entities, and in which words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg import schema
from kg.assemble.corrected import Verdicts
from kg.ids import digest
from kg.model import Claim, Ends, EntityType, Evidence, Extraction, Relation

_SWAPPED = {"subject": "object", "object": "subject"}


LAMBDA = 1.0
"""How far to trust an extractor's confidence when papers are counted together, 0 to 1.

Fitted on 220 judged claims (``tests/bench/trust.py``): the likelihood grows all the way up to 1,
since what the rules are sure of at 0.3 to 0.5 is right more often than that.
"""


def collect_claims(
    extractions: Sequence[Extraction],
    resolved: Sequence[dict[str, str]],
    verdicts: Verdicts,
    claim_threshold: float,
) -> tuple[tuple[Claim, ...], tuple[Evidence, ...], int]:
    """Return claims and their evidence, sorted by id, and how many claims are too doubtful.

    ``resolved`` gives for each extraction the entity id of each of its entities. Negated and hedged
    evidence makes no claim; it is kept from the same confidence on. What people rejected is gone,
    what they accepted stands.
    """
    asserting: defaultdict[Ends, dict[str, Evidence]] = defaultdict(dict)
    negating: defaultdict[Ends, dict[str, Evidence]] = defaultdict(dict)
    kept: dict[str, Evidence] = {}
    for extraction, ids in zip(extractions, resolved, strict=True):
        for evidence in _evidence(extraction, ids):
            ends = evidence.ends
            if {"", evidence.paper} & verdicts.rejected.get(ends, set()):
                continue
            if evidence.asserts:
                asserting[ends][evidence.id] = evidence
                continue
            if not _fits(ends):
                continue
            if evidence.negated:
                negating[ends][evidence.id] = evidence
            if evidence.confidence >= claim_threshold:
                kept[evidence.id] = evidence
    claims = []
    for ends, by_id in asserting.items():
        claim = _claim(ends, by_id.values(), negating.get(ends, {}).values())
        sure = claim.confidence >= claim_threshold or _accepted(ends, by_id.values(), verdicts)
        if sure and _fits(ends):
            claims.append(claim)
            kept |= by_id
    claims.sort(key=lambda claim: claim.id)
    doubtful = len(asserting) - len(claims)
    return tuple(claims), tuple(kept[one] for one in sorted(kept)), doubtful


def _accepted(ends: Ends, evidence: Iterable[Evidence], verdicts: Verdicts) -> bool:
    papers = verdicts.accepted.get(ends, set())
    return "" in papers or any(one.paper in papers for one in evidence)


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


def _fits(ends: Ends) -> bool:
    """Say whether the relation joins the types that the entities turned out to be of."""
    subject, relation, object_ = ends
    return schema.fits(_type(subject), relation, _type(object_))


def _type(entity: str) -> EntityType:
    return EntityType(entity.partition("/")[0].capitalize())


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


def _claim(ends: Ends, asserting: Iterable[Evidence], negating: Iterable[Evidence]) -> Claim:
    """Return the claim: noisy-or over each asserting paper's best evidence, less the negating."""
    best = _best_by_paper(asserting)
    years = [one.year for one in best.values() if one.year is not None]
    subject, relation, object_ = ends
    doubt = _none_right(best)
    denied = _none_right(_best_by_paper(negating))
    return Claim(
        id=digest(subject, relation, object_),
        subject=subject,
        relation=relation,
        object=object_,
        support=len(best),
        confidence=round((1 - doubt) * denied, 3),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def _best_by_paper(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    best: dict[str, Evidence] = {}
    for one in evidence:
        best[one.paper] = max(one, best.get(one.paper, one), key=lambda e: e.confidence)
    return best


def _none_right(best: Mapping[str, Evidence]) -> float:
    return math.prod(1 - LAMBDA * c for c in sorted(one.confidence for one in best.values()))
