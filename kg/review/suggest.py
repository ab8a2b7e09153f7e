"""Graph → suggestions: near names and doubtful claims, the most useful first.

Nothing here changes a graph: a suggestion becomes a correction only where a person says so.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from kg.model import Claim, Ends, Entity, EntityType, Evidence, Graph

NEAR = 88
"""From so many per cent of likeness on (of the keys, by Indel distance) two names are near."""
MOST_NAMED = 3_000
"""Of each type so many entities are compared with each other, those of most papers."""
SENTENCES = 3
DISTANT = 0.8
"""So like are names that have nothing to do with each other."""

_DIGITS = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question for a person, and the correction that each answer makes.

    ``score`` is likeness or confidence, ``useful`` grows with it and the papers that it is about.
    ``yes`` and ``no`` are the columns of a correction; an empty ``no`` is only remembered.
    """

    id: str
    question: str
    score: float
    useful: float
    sentences: tuple[str, ...] = ()
    yes: dict[str, str]
    no: dict[str, str]


def suggest(graph: Graph, threshold: float, *, answered: Collection[str] = ()) -> list[Suggestion]:
    """Return what is worth a look, in a graph that holds doubtful claims too.

    Doubtful are those below the threshold; ``answered`` are the ids of what was asked before.
    """
    entities = {entity.id: entity for entity in graph.entities}
    found = [*_near_names(graph), *_doubtful_claims(graph, entities, threshold)]
    asked = set(answered)
    return sorted(
        (one for one in found if one.id not in asked), key=lambda one: (-one.useful, one.id)
    )


def _near_names(graph: Graph) -> Iterator[Suggestion]:
    for entity_type in EntityType:
        ours = [entity for entity in graph.entities if entity.type == entity_type]
        ours.sort(key=lambda entity: (-entity.n_papers, entity.id))
        ours = ours[:MOST_NAMED]
        keys = [entity.id.partition("/")[2] for entity in ours]
        if len(keys) < 2:
            continue
        likeness = process.cdist(
            keys, keys, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8, workers=-1
        )
        for i, j in np.argwhere(np.triu(likeness, 1)):
            if _may_be_one(keys[i], keys[j]):
                yield _near(ours[i], ours[j], int(likeness[i, j]) / 100)


def _may_be_one(a: str, b: str) -> bool:
    """Say whether no version, and no word or prefix before the name, tells them apart."""
    special = a.endswith(b) or b.endswith(a)
    return not special and _DIGITS.findall(a) == _DIGITS.findall(b)


def _near(more: Entity, less: Entity, score: float) -> Suggestion:
    return Suggestion(
        id=f"{less.id} = {more.id}",
        question=f"{less.type} {less.name!r} ({less.n_papers} papers) is {more.name!r} "
        f"({more.n_papers})",
        score=score,
        useful=(score - DISTANT) / (1 - DISTANT) * less.n_papers,
        yes={"op": "merge", "type": str(less.type), "name": less.id, "other": more.id},
        no={},
    )


def _doubtful_claims(
    graph: Graph, entities: dict[str, Entity], threshold: float
) -> Iterator[Suggestion]:
    said: defaultdict[Ends, list[Evidence]] = defaultdict(list)
    for one in graph.evidence:
        if one.asserts:
            said[one.ends].append(one)
    for claim in graph.claims:
        if claim.confidence < threshold and not claim.inferred:
            yield _doubtful(claim, entities, said[claim.ends])


def _doubtful(claim: Claim, entities: dict[str, Entity], evidence: list[Evidence]) -> Suggestion:
    head, tail = entities[claim.subject], entities[claim.object]
    evidence.sort(key=lambda one: (-one.confidence, one.id))
    columns = {"name": head.id, "relation": str(claim.relation), "other": tail.id}
    return Suggestion(
        id=claim.id,
        question=f"{head.name} {claim.relation} {tail.name}",
        score=claim.confidence,
        useful=claim.confidence * claim.support,
        sentences=tuple(f"{e.paper}: {' … '.join(e.sentences)}" for e in evidence[:SENTENCES]),
        yes={"op": "accept", **columns},
        no={"op": "reject", **columns},
    )
