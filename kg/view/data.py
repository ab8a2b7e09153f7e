"""From a part of a graph to the data block of the page: plain lists and dicts, in a fixed order.

Each sentence is stored once, in its paper's abstract; evidence points into it by UTF-16 offsets.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg import schema
from kg.model import Entity, EntityMention, EntityType, Evidence, Graph, Paper, RelationType, Span
from kg.view.choose import Part, Statement
from kg.view.excerpt import Excerpt
from kg.view.layout import PAPER_RADIUS, lay_out
from kg.view.link import link

Json = dict[str, Any]

PAPER, PROPOSES, MENTIONS = "Paper", "PROPOSES", "MENTIONS"

PLURAL = {
    EntityType.METHOD: "methods",
    EntityType.TASK: "tasks",
    EntityType.DATASET: "datasets",
    PAPER: "papers",
}
WORDS: dict[str, tuple[str, str]] = {
    RelationType.USED_FOR: ("used for", "methods used for it"),
    RelationType.EVALUATED_ON: ("evaluated on", "evaluated on it"),
    RelationType.TRAINED_ON: ("trained on", "trained on it"),
    RelationType.PART_OF: ("part of", "has as parts"),
    RelationType.SUBCLASS_OF: ("a kind of", "kinds of it"),
    RelationType.SUBTASK_OF: ("subtask of", "subtasks"),
    RelationType.BENCHMARK_FOR: ("benchmark for", "benchmarks for it"),
    RelationType.COMPARED_WITH: ("compared with", "compared with"),
    PROPOSES: ("proposes", "proposed by"),
    MENTIONS: ("mentions", "mentioned by"),
}
"""For each relation how it reads from its start, and from its end."""


def page_data(graph: Graph, part: Part) -> Json:
    """Return what the page knows: nodes, relations, words and counts."""
    excerpts = _excerpts(part)
    number = {entity.id: i for i, entity in enumerate(part.entities)}
    paper_number = {p.id: len(number) + i for i, p in enumerate((*part.papers, *part.quoted))}
    by_year = _papers_by_year(graph)
    nodes = [
        _entity(entity, part.beyond[entity.id], by_year[entity.id]) for entity in part.entities
    ] + [
        _paper(paper, excerpts[paper.id], part.mentions.get(paper.id, ()), number)
        for paper in (*part.papers, *part.quoted)
    ]
    _set_places(nodes, part, number)
    has_claims = any(one.claim for one in part.statements)
    return {
        "nodes": nodes,
        "edges": [_statement(one, number, paper_number, excerpts) for one in part.statements],
        "types": [{"name": name, "plural": plural} for name, plural in PLURAL.items()],
        "relations": [
            {"name": name, "out": out, "in": back, "symmetric": name in schema.SYMMETRIC}
            for name, (out, back) in WORDS.items()
        ],
        "hidden": [PAPER] if has_claims and len(part.papers) > 1 else [],
    }


def _excerpts(part: Part) -> dict[str, Excerpt]:
    quotes: dict[str, list[Span]] = defaultdict(list)
    for statement in part.statements:
        for evidence in statement.evidence:
            quotes[evidence.paper].extend(evidence.sentence_spans)
    return {p.id: Excerpt(p) for p in part.papers} | {
        p.id: Excerpt(p, quotes[p.id]) for p in part.quoted
    }


def _filled(**fields: object) -> Json:
    """Return the fields that say something; the page takes a missing one for none."""
    return {name: value for name, value in fields.items() if value not in (None, "", 0, (), [], {})}


def _years(first: int | None, last: int | None) -> list[int]:
    """Return the first and the last year, or the only one."""
    return sorted({year for year in (first, last) if year is not None})


def _why(entity: Entity) -> dict[str, list[str]]:
    """Return the forms that each rule brought."""
    why: dict[str, list[str]] = {}
    for one in entity.merged_by:
        form, _, rule = one.rpartition(": ")
        why.setdefault(rule, []).append(form)
    return why


def _other_names(entity: Entity) -> list[str]:
    """Return the aliases, without those that differ in case alone."""
    names = {name.casefold(): name for name in reversed((entity.name, *entity.aliases))}
    return [alias for alias in entity.aliases if names[alias.casefold()] == alias != entity.name]


def _papers_by_year(graph: Graph) -> dict[str, Counter[int]]:
    years = {paper.id: paper.year for paper in graph.papers}
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for mention in graph.mentions:
        if (year := years[mention.paper]) is not None:
            found[mention.entity][year] += 1
    return found


def _entity(entity: Entity, beyond: int, by_year: Mapping[int, int]) -> Json:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "r": round(min(6 + 2.6 * math.sqrt(max(entity.n_papers - 1, 0)), 34), 1),
    } | _filled(
        aliases=_other_names(entity),
        papers=entity.n_papers,
        years=_years(entity.first_year, entity.last_year),
        beyond=beyond,
        why=_why(entity),
        others=entity.homonyms,
        byYear=sorted(by_year.items()),
    )


def _paper(
    paper: Paper,
    excerpt: Excerpt,
    mentions: Iterable[EntityMention],
    number: Mapping[str, int],
) -> Json:
    return {
        "id": paper.id,
        "type": PAPER,
        "name": paper.title,
        "r": PAPER_RADIUS,
        "has": [_mention(one, paper, excerpt, number) for one in mentions],
    } | _filled(
        abstract=excerpt.abstract,
        cut=not excerpt.whole,
        authors=paper.authors,
        venue=paper.venue,
        url=link(paper),
        years=_years(paper.year, paper.year),
    )


def _mention(one: EntityMention, paper: Paper, excerpt: Excerpt, number: Mapping[str, int]) -> Json:
    start = paper.text.find(one.proposed_sentence) if one.proposed_sentence else -1
    places = _inside(excerpt, one.spans)
    return {"e": number[one.entity]} | _filled(
        n=one.count if one.count != len(places) else 0,
        at=places,
        proposed=one.proposed,
        c=one.proposed_confidence if one.proposed else 0,
        q=_inside(excerpt, [Span(start, start + len(one.proposed_sentence))]) if start >= 0 else [],
    )


def _statement(
    one: Statement,
    number: Mapping[str, int],
    paper_number: Mapping[str, int],
    excerpts: Mapping[str, Excerpt],
) -> Json:
    claim = one.claim
    fields = {"s": number[one.subject], "t": number[one.object], "type": one.relation} | _filled(
        ev=[_evidence(ev, paper_number[ev.paper], excerpts[ev.paper]) for ev in one.evidence],
        of=one.n_evidence if one.n_evidence > len(one.evidence) else 0,
    )
    if claim is None:
        return fields | {"unclaimed": True}
    return fields | _filled(
        c=claim.confidence,
        n=claim.support,
        years=_years(claim.first_year, claim.last_year),
        inferred=claim.inferred,
    )


def _evidence(one: Evidence, paper: int, excerpt: Excerpt) -> Json:
    return {"p": paper, "c": one.confidence} | _filled(
        q=_inside(excerpt, one.sentence_spans),
        s=excerpt.at(one.subject_span),
        o=excerpt.at(one.object_span),
        negated=one.negated,
        hedged=one.hedged,
        favoured=one.favoured,
    )


def _inside(excerpt: Excerpt, spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [place for span in sorted(spans) if (place := excerpt.at(span))]


def _set_places(nodes: Sequence[Json], part: Part, number: Mapping[str, int]) -> None:
    """Give place and community to the nodes on the map; quoted papers have none."""
    links: dict[tuple[int, int], float] = defaultdict(float)
    for one in part.statements:
        if one.claim and one.subject != one.object:
            low, high = sorted((number[one.subject], number[one.object]))
            links[low, high] += math.log1p(one.claim.support)
    papers = [[number[m.entity] for m in part.mentions.get(p.id, ())] for p in part.papers]
    layout = lay_out(
        [node["r"] for node in nodes[: len(part.entities)]], _with_mates(links, papers), papers
    )
    places = zip(
        nodes,
        layout.entities + layout.papers,
        layout.communities + layout.paper_communities,
        strict=False,
    )
    for node, (x, y), community in places:
        node.update(x=x, y=y, k=community)


def _with_mates(
    links: Mapping[tuple[int, int], float], papers: Iterable[Sequence[int]]
) -> dict[tuple[int, int], float]:
    """Return the links and, for entities without any, one to the best linked of the same paper."""
    linked = Counter(end for pair in links for end in pair)
    joined = dict(links)
    alone: set[int] = set()
    for entities in papers:
        if not entities:
            continue
        best = min(entities, key=lambda entity: (-linked[entity], entity))
        for entity in sorted(set(entities) - {best} - alone):
            if not linked[entity]:
                joined[min(entity, best), max(entity, best)] = 0.5
                alone.add(entity)
    return joined
