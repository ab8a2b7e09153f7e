"""What follows from claims of a transitive relation, and where such claims go round in a circle."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg.ids import digest
from kg.model import Claim, Ends, Evidence, RelationType

TRANSITIVE = (RelationType.SUBCLASS_OF, RelationType.SUBTASK_OF, RelationType.PART_OF)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Claims of one relation that lead from an entity back to itself, and who says each."""

    claims: tuple[Claim, ...]
    papers: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        """Say the way round."""
        way = self.claims[0].subject
        for claim, papers in zip(self.claims, self.papers, strict=True):
            way += f" → {claim.object} (says {', '.join(papers)})"
        return f"{self.claims[0].relation} goes round: {way}"


def close(
    claims: Iterable[Claim], evidence: Iterable[Evidence], threshold: float
) -> tuple[tuple[Claim, ...], tuple[Cycle, ...]]:
    """Return the inferred claims and the cycles; nothing is inferred from claims of a cycle.

    An inferred claim is as sure as all claims on its surest way together, and no paper says it.
    """
    inferred: list[Claim] = []
    cycles: list[Cycle] = []
    said_by: defaultdict[Ends, set[str]] = defaultdict(set)
    for one in evidence:
        if one.asserts:
            said_by[one.ends].add(one.paper)
    by_relation: dict[RelationType, list[Claim]] = {relation: [] for relation in TRANSITIVE}
    for claim in claims:
        if claim.relation in by_relation:
            by_relation[claim.relation].append(claim)
    for relation, said in by_relation.items():
        net: nx.DiGraph[str] = nx.DiGraph()
        for claim in said:
            net.add_edge(claim.subject, claim.object, claim=claim)
        for knot in list(nx.strongly_connected_components(net)):
            if len(knot) > 1:
                cycles.append(_cycle(net, knot, said_by))
                net.remove_edges_from(list(net.subgraph(knot).edges))
        inferred += _follows(net, relation, threshold)
    return (
        tuple(sorted(inferred, key=lambda claim: claim.id)),
        tuple(sorted(cycles, key=str)),
    )


def _cycle(net: "nx.DiGraph[str]", knot: set[str], said_by: Mapping[Ends, set[str]]) -> Cycle:
    """Return the shortest way from the knot's first entity back to it, within the knot."""
    inside, start = net.subgraph(knot), min(knot)
    ways = (nx.shortest_path(inside, after, start) for after in sorted(inside[start]))
    way = [start, *min(ways, key=lambda way: (len(way), way))]
    claims = tuple(net[a][b]["claim"] for a, b in pairwise(way))
    return Cycle(claims, tuple(tuple(sorted(said_by[claim.ends])) for claim in claims))


def _follows(net: "nx.DiGraph[str]", relation: RelationType, least: float) -> Iterator[Claim]:
    for start in sorted(net):
        sure = _surest(net, start, least)
        for end in sorted(sure.keys() - {start} - net[start].keys()):
            yield Claim(
                id=digest(start, relation, end),
                subject=start,
                relation=relation,
                object=end,
                support=0,
                confidence=round(sure[end], 3),
                first_year=None,
                last_year=None,
                inferred=True,
            )


def _surest(net: "nx.DiGraph[str]", start: str, least: float) -> dict[str, float]:
    """Return how sure the surest way to each entity is, where it is sure enough."""
    sure, open_ends = {start: 1.0}, [start]
    while open_ends:
        here = open_ends.pop()
        for after, edge in net[here].items():
            confidence = sure[here] * edge["claim"].confidence
            if confidence >= least and confidence > sure.get(after, 0.0):
                sure[after] = confidence
                open_ends.append(after)
    return sure
