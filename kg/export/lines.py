"""Graph → lines: JSON Lines without loss, GraphML for graph tools."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from kg import schema
from kg.ids import digest
from kg.model import Claim, Ends, Entity, EntityMention, Evidence, Graph, Paper
from kg.record import Json

_NOT_IN_XML = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")


def export(graph: Graph, form: str) -> Iterator[str]:
    """Yield the lines, each with its line end; equal graphs give equal lines."""
    writers: Mapping[str, Callable[[Graph], Iterable[str]]] = {"jsonl": _jsonl, "graphml": _graphml}
    for line in writers[form](graph):
        yield line + "\n"


def _jsonl(graph: Graph) -> list[str]:
    rows = (
        *map(_paper, graph.papers),
        *map(_entity, graph.entities),
        *map(_mention, graph.mentions),
        *map(_claim, graph.claims),
        *map(_evidence, graph.evidence),
    )
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


def _properties(thing: object, names: Iterable[str]) -> Json:
    return {name: getattr(thing, name) for name in names}


def _paper(paper: Paper) -> Json:
    return {"type": "paper", "id": paper.id, **_properties(paper, schema.NODES["Paper"])}


def _entity(entity: Entity) -> Json:
    properties = _properties(entity, schema.NODES[entity.type])
    return {"type": "entity", "label": entity.type, "id": entity.id, **properties}


def _mention(mention: EntityMention) -> Json:
    names = ("paper", "entity", "proposed", "proposed_confidence", "proposed_sentence")
    properties = _properties(mention, (*names, *schema.EDGES["MENTIONS"][1]))
    return {"type": "mention", **properties}


def _claim(claim: Claim) -> Json:
    names = ("subject", "relation", "object", *schema.EDGES[claim.relation][1])
    return {"type": "claim", **_properties(claim, names)}


def _evidence(evidence: Evidence) -> Json:
    names = {"id", "subject", "object", "paper", *schema.NODES["Evidence"]} - {"paper_id"}
    return {"type": "evidence", **_properties(evidence, sorted(names))}


def _graphml(graph: Graph) -> Iterable[str]:
    """Papers and entities as nodes; claims, with their sentences, and mentions as edges."""
    net: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for paper in graph.papers:
        net.add_node(paper.id, **_attributes(_paper(paper)))
    for entity in graph.entities:
        net.add_node(entity.id, **_attributes(_entity(entity)))
    sentences = _sentences_by_claim(graph)
    for claim in graph.claims:
        row = _claim(claim) | {"sentences": sentences[claim.ends]}
        net.add_edge(claim.subject, claim.object, key=claim.id, **_attributes(row))
    for mention in graph.mentions:
        row = _mention(mention) | {"relation": "PROPOSES" if mention.proposed else "MENTIONS"}
        one = digest(mention.paper, mention.entity)
        net.add_edge(mention.paper, mention.entity, key=one, **_attributes(row))
    return nx.generate_graphml(net, named_key_ids=True)


def _sentences_by_claim(graph: Graph) -> dict[Ends, list[str]]:
    found: dict[Ends, list[str]] = {}
    for one in graph.evidence:
        if one.asserts:
            found.setdefault(one.ends, []).append(" … ".join(one.sentences))
    return found


def _attributes(row: Json) -> dict[str, Any]:
    """Return what GraphML can hold: no lists, no nulls, no character that XML forbids."""
    attributes = {}
    for name, value in row.items():
        if isinstance(value, list | tuple):
            flat = all(isinstance(one, str) for one in value)
            attributes[name] = " | ".join(value) if flat else json.dumps(value)
        elif value is not None:
            attributes[name] = str(value) if isinstance(value, str) else value
    return {
        name: value.translate(_NOT_IN_XML) if isinstance(value, str) else value
        for name, value in attributes.items()
    }
