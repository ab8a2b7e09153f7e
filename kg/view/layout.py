"""Where the nodes lie: communities apart from one another, and within each its nodes apart.

Takes radii, links and the papers' entities as plain numbers and gives coordinates. Nothing here is
random: the same input gives the same coordinates.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.complex128]
Numbers = NDArray[np.float64]
Links = Mapping[tuple[int, int], float]

PAPER_RADIUS = 4.5
BIGGEST = 150
"""A community of more nodes is split again, else it reads as a ball."""
SMALLEST = 12
"""A graph of no more nodes is not divided, and has room for all its names."""
_GAP = 7.0
_MOAT = 12.0
_GOLDEN = math.pi * (3 - math.sqrt(5))
_SPRUNG = 600


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of entities and papers, and the community of each, in the order given."""

    entities: tuple[tuple[int, int], ...]
    papers: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]
    paper_communities: tuple[int, ...]


def lay_out(radii: Sequence[float], links: Links, papers: Sequence[Sequence[int]]) -> Layout:
    """Return places for entities of these radii, and for papers that mention some of them.

    ``links`` joins two entities, the smaller first, by a weight; a paper lies close to its entities
    in the community that holds most of them.
    """
    groups = _communities(len(radii), links)
    home = {node: number for number, group in enumerate(groups) for node in group}
    homes = [_home(entities, home) for entities in papers]
    sizes = np.array(radii, dtype=np.float64)
    weights = _neighbours(links)
    entity_at: dict[int, complex] = {}
    paper_at: dict[int, complex] = {}
    discs = []
    for number, group in enumerate(groups):
        inside = _inside(_matrix(group, weights), sizes[group])
        guests = [paper for paper, where in enumerate(homes) if where == number]
        wishes = _wishes(guests, papers, dict(zip(group, inside, strict=True)))
        places, radius = _nestle(inside, sizes[group], wishes)
        entity_at.update(zip(group, places[: len(group)], strict=True))
        paper_at.update(zip(guests, places[len(group) :], strict=True))
        discs.append(radius)
    homeless = [paper for paper, where in enumerate(homes) if where < 0]
    if homeless:
        places = _sunflower(len(homeless)) * (2 * PAPER_RADIUS + _GAP / 2)
        paper_at.update(zip(homeless, places, strict=True))
        discs.append(float(np.abs(places).max()) + PAPER_RADIUS)
    centres = _pack(np.array(discs), _between(links, home, len(discs)))
    homes = [where if where >= 0 else len(groups) for where in homes]
    wide = 2.0 if len(radii) <= SMALLEST else 1.0
    return Layout(
        entities=tuple(_place(wide * (entity_at[i] + centres[home[i]])) for i in range(len(radii))),
        papers=tuple(_place(wide * (paper_at[i] + centres[at])) for i, at in enumerate(homes)),
        communities=tuple(home[i] for i in range(len(radii))),
        paper_communities=tuple(homes),
    )


def _place(at: complex) -> tuple[int, int]:
    return round(at.real), round(at.imag)


def _communities(n: int, links: Links) -> list[list[int]]:
    """Return the communities, the biggest first; those that are too big are split once more."""
    if n <= SMALLEST:
        return [list(range(n))] if n else []
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(links.items()))
    found: list[set[int]] = []
    for group in nx.community.louvain_communities(graph, seed=0):
        if len(group) > BIGGEST:
            part = nx.Graph(graph.subgraph(sorted(group)).edges(data=True))
            part.add_nodes_from(sorted(group))
            found += nx.community.louvain_communities(part, resolution=2, seed=0)
        else:
            found.append(group)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


def _home(entities: Iterable[int], home: Mapping[int, int]) -> int:
    tally = Counter(home[entity] for entity in entities)
    return min(tally, key=lambda number: (-tally[number], number), default=-1)


def _neighbours(links: Links) -> dict[int, dict[int, float]]:
    neighbours: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), weight in links.items():
        neighbours[a][b] = neighbours[b][a] = weight
    return neighbours


def _matrix(group: Sequence[int], weights: Mapping[int, Mapping[int, float]]) -> Numbers:
    place = {node: i for i, node in enumerate(group)}
    matrix = np.zeros((len(group), len(group)))
    for node, i in place.items():
        for other, weight in weights.get(node, {}).items():
            if other in place:
                matrix[i, place[other]] = weight
    return matrix


def _inside(weights: Numbers, radii: Numbers) -> Points:
    """Return places around 0 for one community: linked nodes close together, none overlapping."""
    n = len(radii)
    order = np.lexsort((np.arange(n), -weights.sum(1)))
    at = np.empty(n, dtype=np.complex128)
    if n <= 8:
        ring = np.exp(2j * math.pi * np.arange(n - 1) / max(n - 1, 1))
        widest = 2 * radii.max() + _GAP
        reach = max(widest, widest / (2 * math.sin(math.pi / (n - 1))) if n > 2 else 0.0)
        at[order] = np.concatenate([[0], reach * ring])
        return at
    at[order] = _sunflower(n)
    at = _springs(at / math.sqrt(n), weights)
    rank = np.empty(n)
    rank[np.argsort(np.abs(at), kind="stable")] = np.arange(n)
    room = math.sqrt(1.1 * float(((radii + _GAP / 2) ** 2).sum()))
    spread = at / (np.abs(at) + 1e-9) * room * np.sqrt((rank + 0.5) / n)
    return _apart(spread, radii + _GAP / 2)


def _sunflower(n: int) -> Points:
    i = np.arange(n)
    return np.asarray(np.sqrt(i + 0.5) * np.exp(1j * _GOLDEN * i), dtype=np.complex128)


def _springs(at: Points, weights: Numbers) -> Points:
    """Pull linked points together and push all apart (Fruchterman and Reingold), all pairs."""
    rest = 1 / math.sqrt(len(at))
    heat = 0.1
    for _ in range(min(200, 60_000_000 // len(at) ** 2)):
        between = at[:, None] - at[None]
        square = np.abs(between) ** 2 + 1e-6
        pull = rest**2 / square - weights * np.sqrt(square) / rest
        force = (between * pull).sum(1) - at * 0.05
        size = np.abs(force) + 1e-12
        at = at + force / size * np.minimum(size, heat)
        heat = max(heat * 0.97, 0.002)
    return at


def _apart(at: Points, radii: Numbers) -> Points:
    """Push discs apart until none overlap, or nearly none."""
    reach = radii[:, None] + radii[None]
    for _ in range(120):
        between = at[:, None] - at[None]
        distance = np.abs(between) + 1e-9
        np.fill_diagonal(distance, np.inf)
        overlap = np.clip(reach - distance, 0, None)
        if overlap.max() < 1:
            break
        at = at + (between / distance * overlap).sum(1) * 0.35
    return np.asarray(at - at.mean(), dtype=np.complex128)


def _wishes(
    guests: Iterable[int], papers: Sequence[Sequence[int]], inside: Mapping[int, complex]
) -> list[complex]:
    wishes = []
    for guest in guests:
        near = [inside[entity] for entity in papers[guest] if entity in inside]
        wishes.append(sum(near) / len(near))
    return wishes


def _nestle(inside: Points, radii: Numbers, wishes: Sequence[complex]) -> tuple[Points, float]:
    """Put papers into the gaps nearest to where they wish to lie; return all places and a radius.

    The places are around 0 anew.
    """
    slots = _slots(inside, radii, len(wishes))
    taken = []
    for wish in wishes:
        best = int(np.argmin(np.abs(slots - wish)))
        taken.append(slots[best])
        slots[best] = np.inf
    places = np.concatenate([inside, np.array(taken, dtype=np.complex128)])
    sizes = np.concatenate([radii, np.full(len(taken), PAPER_RADIUS)])
    low = complex((places.real - sizes).min(), (places.imag - sizes).min())
    high = complex((places.real + sizes).max(), (places.imag + sizes).max())
    places = places - (low + high) / 2
    return places, float((np.abs(places) + sizes).max())


def _slots(inside: Points, radii: Numbers, number: int) -> Points:
    """Return at least so many places for papers, on a grid, that touch no entity."""
    side = 2 * PAPER_RADIUS + 2
    reach = float((np.abs(inside) + radii).max()) + side
    while True:
        grid = _hexagons(reach, side)
        free = (np.abs(grid[:, None] - inside[None]) >= radii[None] + side / 2).all(1)
        if free.sum() >= number:
            return grid[free]
        reach *= 1.2


def _between(links: Links, home: Mapping[int, int], n: int) -> Numbers:
    between = np.zeros((n, n))
    for (a, b), weight in links.items():
        if home[a] != home[b]:
            between[home[a], home[b]] += weight
            between[home[b], home[a]] += weight
    return np.asarray(np.log1p(between), dtype=np.float64)


def _pack(radii: Numbers, between: Numbers) -> Points:
    """Return centres for discs, none overlapping: linked ones in the middle, the others around.

    The linked ones get a wish from springs and take the free place nearest to it, from the middle
    outwards; the others come as near to the middle as they can, the biggest first.
    """
    moated = radii + _MOAT / 2
    linked = np.flatnonzero(between.any(1))[:_SPRUNG]
    wishes = np.zeros(len(radii), dtype=np.complex128)
    if len(linked):
        start = _sunflower(len(linked)) / math.sqrt(len(linked))
        wished = _springs(start, between[linked][:, linked])
        extent = math.sqrt(float((moated[linked] ** 2).sum()) * 1.2)
        wishes[linked] = (wished - wished.mean()) * (extent / (float(np.abs(wished).max()) + 1e-9))
    order = linked[np.lexsort((linked, np.abs(wishes[linked]).round(3)))].tolist()
    order += sorted(set(range(len(radii))) - set(order), key=lambda i: (-radii[i], i))
    return _settle(order, moated, wishes)


def _settle(order: Sequence[int], radii: Numbers, wishes: Points) -> Points:
    """Put one disc after the other on the free place nearest to its wish."""
    centres = np.zeros(len(radii), dtype=np.complex128)
    reach = 2.2 * math.sqrt(float((radii**2).sum())) + float(radii.max(initial=0))
    grid = _hexagons(reach, max(4.0, reach / 160))
    room = np.full(len(grid), np.inf)
    rim = 0.0
    for i in order:
        best = int(np.argmin(np.where(room >= radii[i], np.abs(grid - wishes[i]), np.inf)))
        centres[i] = grid[best] if room[best] >= radii[i] else rim + radii[i]
        room = np.minimum(room, np.abs(grid - centres[i]) - radii[i])
        rim = max(rim, abs(centres[i]) + radii[i])
    return centres


def _hexagons(reach: float, side: float) -> Points:
    """Return the points of a grid of equal triangles, as far from 0 as ``reach``."""
    steps = np.arange(-math.ceil(reach / side * 1.2), math.ceil(reach / side * 1.2) + 1)
    columns, rows = np.meshgrid(steps, steps)
    grid = side * (columns + rows % 2 / 2 + 1j * math.sqrt(0.75) * rows).ravel()
    return np.asarray(grid[np.abs(grid) <= reach], dtype=np.complex128)
