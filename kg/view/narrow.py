"""A smaller graph out of a big one: around a thing, of a paper, between two things, of a time."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import islice, product

import networkx as nx

from kg.errors import QueryError
from kg.model import Claim, EntityType, Graph, RelationType
from kg.view.choose import triple_of

WAYS = 50
"""So many of the shortest ways between two things are shown."""


def around(graph: Graph, ids: Collection[str], depth: int) -> Graph:
    """Return what lies within so many claims of these entities."""
    net = _net(graph.claims)
    reached = set(ids)
    for one in ids:
        if one in net:
            reached |= nx.single_source_shortest_path_length(net, one, cutoff=depth).keys()
    return of_entities(graph, reached)


def of_task(graph: Graph, ids: Collection[str]) -> Graph:
    """Return a task's methods, its datasets and those its methods are tested on, its subtasks."""
    methods, others = set(), set(ids)
    for claim in graph.claims:
        if claim.object in ids and claim.relation == RelationType.USED_FOR:
            methods.add(claim.subject)
        elif claim.subject in ids or claim.object in ids:
            others |= {claim.subject, claim.object}
    tested = {
        claim.object
        for claim in graph.claims
        if claim.relation == RelationType.EVALUATED_ON and claim.subject in methods
    }
    return of_entities(graph, methods | others | tested)


def between(graph: Graph, ids: Collection[str], others: Collection[str]) -> Graph:
    """Return the shortest ways from the one to the other; QueryError where none leads there."""
    net = _net(graph.claims)
    ways: list[list[str]] = []
    for a, b in product(sorted(ids), sorted(others)):
        if a in net and b in net and nx.has_path(net, a, b):
            ways += islice(nx.all_shortest_paths(net, a, b), WAYS)
    if not ways:
        raise QueryError(
            f"no claims lead from {', '.join(sorted(ids))} to {', '.join(sorted(others))}"
        )
    least = min(map(len, ways))
    return of_entities(graph, {one for way in ways if len(way) == least for one in way})


def of_papers(graph: Graph, papers: Collection[str]) -> Graph:
    """Return what these papers speak of, and what they say."""
    mentions = tuple(m for m in graph.mentions if m.paper in papers)
    evidence = tuple(e for e in graph.evidence if e.paper in papers)
    said = {triple_of(e) for e in evidence}
    entities = {m.entity for m in mentions}
    return replace(
        graph,
        papers=tuple(p for p in graph.papers if p.id in papers),
        entities=tuple(e for e in graph.entities if e.id in entities),
        mentions=mentions,
        claims=tuple(c for c in graph.claims if triple_of(c) in said),
        evidence=evidence,
    )


def of_entities(graph: Graph, ids: Collection[str]) -> Graph:
    """Return these entities, what is said among them, and the papers that speak of them."""
    mentions = tuple(m for m in graph.mentions if m.entity in ids)
    papers = {m.paper for m in mentions}
    return replace(
        graph,
        papers=tuple(p for p in graph.papers if p.id in papers),
        entities=tuple(e for e in graph.entities if e.id in ids),
        mentions=mentions,
        claims=tuple(c for c in graph.claims if c.subject in ids and c.object in ids),
        evidence=tuple(e for e in graph.evidence if e.subject in ids and e.object in ids),
    )


def of_rows(graph: Graph, rows: Iterable[tuple[str, str, str]]) -> Graph:
    """Return the claims that rows of source, relation and target name, and their ends."""
    wanted = set(rows)
    ids = {one for source, _, target in wanted for one in (source, target)}
    found = of_entities(graph, ids)
    claims = tuple(c for c in found.claims if _named(c) & wanted)
    return _with_evidence(found, claims)


def of_types(graph: Graph, types: Collection[EntityType]) -> Graph:
    """Return the entities of these types."""
    return of_entities(graph, {e.id for e in graph.entities if e.type in types})


def since(graph: Graph, date: str) -> Graph:
    """Return what papers of that date (a year, a month or a day) or later say.

    A paper of which only the year is known counts as of its last day.
    """
    dates = {p.id: p.published or str(p.year or "") for p in graph.papers}
    return of_papers(graph, {one for one, known in dates.items() if known and known + "~" > date})


def surer_than(graph: Graph, least: float) -> Graph:
    """Return the claims of at least that confidence, and all entities."""
    return _with_evidence(graph, tuple(c for c in graph.claims if c.confidence >= least))


def _with_evidence(graph: Graph, claims: tuple[Claim, ...]) -> Graph:
    said = {triple_of(claim) for claim in claims}
    evidence = tuple(e for e in graph.evidence if triple_of(e) in said)
    return replace(graph, claims=claims, evidence=evidence)


def _net(claims: Iterable[Claim]) -> "nx.Graph[str]":
    net: nx.Graph[str] = nx.Graph()
    net.add_edges_from((claim.subject, claim.object) for claim in claims)
    return net


def _named(claim: Claim) -> set[tuple[str, str, str]]:
    """Return the rows that may name the claim: either way round."""
    return {
        (claim.subject, str(claim.relation), claim.object),
        (claim.object, str(claim.relation), claim.subject),
    }
