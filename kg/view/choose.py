"""Which part of a graph a page holds: the best-connected nodes, and what is said among them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Claim, Ends, Entity, EntityMention, Evidence, Graph, Paper, RelationType
from kg.schema import SYMMETRIC

MOST_EVIDENCE = 10
"""Sentences shown for one relation: the surest; and as many that deny or hedge it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many entities and papers there are."""

    entities: int
    papers: int

    @classmethod
    def of(cls, graph: Graph) -> "Size":
        """Return the size of a graph."""
        return cls(len(graph.entities), len(graph.papers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is said of two entities: a claim with its evidence, or denied and hedged words alone.

    ``n_evidence`` counts what the graph holds, of which ``evidence`` is the surest part.
    """

    subject: str
    relation: RelationType
    object: str
    claim: Claim | None
    evidence: tuple[Evidence, ...]
    n_evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a page holds: its nodes, the papers that are quoted but no nodes, and the statements.

    ``mentions`` has those of both kinds of papers; ``beyond`` counts for an entity the claims that
    lead to nodes outside.
    """

    entities: tuple[Entity, ...]
    papers: tuple[Paper, ...]
    quoted: tuple[Paper, ...]
    mentions: dict[str, list[EntityMention]]
    statements: tuple[Statement, ...]
    beyond: Counter[str]

    @property
    def size(self) -> Size:
        """How much the page knows of."""
        return Size(len(self.entities), len(self.papers) + len(self.quoted))


def choose(graph: Graph, *, limit: int) -> Part:
    """Return the ``limit`` best-connected nodes, ties by id, with all that is said among them.

    Where there are claims the map is of entities: papers come only where those leave room.
    """
    entity_ids, paper_ids = _best_connected(graph, limit)
    statements = tuple(_statements(graph, entity_ids))
    quoted = {evidence.paper for one in statements for evidence in one.evidence} - paper_ids
    mentions: dict[str, list[EntityMention]] = defaultdict(list)
    for mention in graph.mentions:
        if mention.entity in entity_ids and (mention.paper in paper_ids or mention.paper in quoted):
            mentions[mention.paper].append(mention)
    return Part(
        entities=tuple(e for e in graph.entities if e.id in entity_ids),
        papers=tuple(p for p in graph.papers if p.id in paper_ids),
        quoted=tuple(p for p in graph.papers if p.id in quoted),
        mentions=dict(mentions),
        statements=statements,
        beyond=_beyond(graph.claims, entity_ids),
    )


def _best_connected(graph: Graph, limit: int) -> tuple[set[str], set[str]]:
    entities, papers = Counter[str](), Counter[str]()
    for claim in graph.claims:
        entities.update((claim.subject, claim.object))
    for mention in graph.mentions:
        entities[mention.entity] += 1
        papers[mention.paper] += 1
    later = bool(graph.claims)
    ranked = sorted(
        [(False, -entities[e.id], e.id, "entity") for e in graph.entities]
        + [(later, -papers[p.id], p.id, "paper") for p in graph.papers]
    )[: max(limit, 0)]
    chosen: dict[str, set[str]] = {"entity": set(), "paper": set()}
    for _, _, one, kind in ranked:
        chosen[kind].add(one)
    return chosen["entity"], chosen["paper"]


def _statements(graph: Graph, entity_ids: set[str]) -> Iterable[Statement]:
    claims = {
        triple_of(claim): claim
        for claim in graph.claims
        if claim.subject in entity_ids and claim.object in entity_ids
    }
    evidence: dict[Ends, list[Evidence]] = defaultdict(list)
    for one in graph.evidence:
        if one.subject in entity_ids and one.object in entity_ids:
            evidence[triple_of(one)].append(one)
    for triple in sorted(claims.keys() | evidence.keys()):
        claim = claims.get(triple)
        ranked = sorted(evidence[triple], key=lambda one: (-one.confidence, one.id))
        plain = [one for one in ranked if one.asserts] if claim else []
        other = [one for one in ranked if not one.asserts]
        if claim or other:
            yield Statement(
                subject=triple[0],
                relation=triple[1],
                object=triple[2],
                claim=claim,
                evidence=(*plain[:MOST_EVIDENCE], *other[:MOST_EVIDENCE]),
                n_evidence=len(plain) + len(other),
            )


def triple_of(one: Claim | Evidence) -> Ends:
    """Return the ends and the relation; where that has no direction, the smaller end first."""
    subject, other = one.subject, one.object
    if one.relation in SYMMETRIC and other < subject:
        subject, other = other, subject
    return subject, one.relation, other


def _beyond(claims: Iterable[Claim], entity_ids: set[str]) -> Counter[str]:
    beyond = Counter[str]()
    for claim in claims:
        ends = entity_ids & {claim.subject, claim.object}
        if len(ends) == 1 and claim.subject != claim.object:
            beyond.update(ends)
    return beyond
