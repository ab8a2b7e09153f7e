"""Extractions → Graph: one thing, one node; one assertion, one claim, with all its evidence.

A pure function: no clock, no chance, and no dependence on the order of the extractions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.assemble.claims import collect_claims
from kg.assemble.closure import Cycle, close
from kg.assemble.corrected import RULE, Corrected
from kg.assemble.names import SAME, Names, Sense
from kg.assemble.papers import unite_papers
from kg.assemble.types import settle_types
from kg.corrections import Correction, Outcome
from kg.ids import entity_id
from kg.lexicon import Lexicon
from kg.model import Entity, EntityMention, EntityType, Extraction, Graph, Paper, PaperEntity

__all__ = ["VERSION", "Assembly", "Cycle", "assemble"]

VERSION = "2"
"""Part of a store's digest: another version of assembly makes another graph."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graph, what became of each correction, and which claims go round in a circle."""

    graph: Graph
    outcomes: tuple[Outcome, ...] = ()
    cycles: tuple[Cycle, ...] = ()


def assemble(
    extractions: Iterable[Extraction],
    lexicon: Lexicon,
    corrections: Sequence[Correction] = (),
    *,
    claim_threshold: float,
    infer: bool = False,
) -> Assembly:
    """Return the graph of all papers; claims and proposals below the threshold are counted.

    ``infer`` adds what follows from claims of a transitive relation, marked as inferred.
    """
    found = unite_papers(extractions)
    names = Names(found, lexicon)
    senses = settle_types([{e.id: names.sense(e) for e in one.entities} for one in found])
    corrected = Corrected(found, senses, names, corrections)
    builder = _Builder(claim_threshold, corrected)
    for extraction, its_senses in zip(corrected.found, corrected.senses, strict=True):
        builder.add(extraction, its_senses)
    claims, evidence, doubtful = collect_claims(
        corrected.found, builder.resolved, corrected.verdicts, claim_threshold
    )
    inferred, cycles = close(claims, evidence, claim_threshold) if infer else ((), ())
    graph = Graph(
        papers=tuple(extraction.paper for extraction in corrected.found),
        entities=builder.entities(),
        mentions=tuple(sorted(builder.mentions, key=lambda m: (m.paper, m.entity))),
        claims=tuple(sorted((*claims, *inferred), key=lambda claim: claim.id)),
        evidence=evidence,
        doubtful=doubtful + builder.doubtful,
    )
    return Assembly(graph, tuple(corrected.outcomes), cycles)


_TYPES = tuple(sorted(EntityType))


class _Builder:
    """Gathers entities and their mentions, paper by paper."""

    def __init__(self, claim_threshold: float, corrected: Corrected) -> None:
        self.mentions: list[EntityMention] = []
        self.resolved: list[dict[str, str]] = []
        self.doubtful = 0
        self._claim_threshold = claim_threshold
        self._names, self._aliases = corrected.names, corrected.aliases
        self._senses: dict[str, Sense] = {}
        self._papers: defaultdict[str, list[Paper]] = defaultdict(list)
        self._surfaces: defaultdict[str, defaultdict[str, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        self._rules: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def add(self, extraction: Extraction, senses: dict[str, Sense]) -> None:
        """Add one paper; an entity without a key or without a mention is none."""
        mentioned = {mention.entity for mention in extraction.mentions}
        ids = {
            local: entity_id(sense.type, sense.key)
            for local, sense in senses.items()
            if sense.key and local in mentioned
        }
        self.resolved.append(ids)
        grouped: defaultdict[str, list[PaperEntity]] = defaultdict(list)
        for entity in extraction.entities:
            if entity.id in ids:
                grouped[ids[entity.id]].append(entity)
                self._senses[ids[entity.id]] = senses[entity.id]
        for one, entities in grouped.items():
            mention = self._mention(extraction, one, entities)
            self.mentions.append(mention)
            self._papers[one].append(extraction.paper)
            for surface in mention.surfaces:
                self._surfaces[one][surface] += 1
            for entity in entities:
                self._note_rules(one, senses[entity.id], entity)

    def _mention(
        self, extraction: Extraction, one: str, entities: Sequence[PaperEntity]
    ) -> EntityMention:
        local = {entity.id for entity in entities}
        mentions = sorted((m.span, m.text) for m in extraction.mentions if m.entity in local)
        text, title_end = extraction.paper.text, len(extraction.paper.title)
        proposing = [e for e in entities if e.proposed]
        best = max(proposing, key=lambda e: (e.proposed_confidence, e.name), default=None)
        stands = best is not None and best.proposed_confidence >= self._claim_threshold
        self.doubtful += best is not None and not stands
        sentence = best.proposed_sentence if best and stands else None
        return EntityMention(
            paper=extraction.paper.id,
            entity=one,
            count=len(mentions),
            in_title=any(span.end <= title_end for span, _ in mentions),
            surfaces=tuple(sorted({surface for _, surface in mentions})),
            spans=tuple(span for span, _ in mentions),
            proposed=stands,
            proposed_confidence=best.proposed_confidence if best and stands else 0.0,
            proposed_sentence=sentence.of(text) if sentence else "",
        )

    def _note_rules(self, one: str, sense: Sense, entity: PaperEntity) -> None:
        for form in entity.forms:
            rule = sense.rule_of(form)
            known = self._rules[one].get(form, rule)
            self._rules[one][form] = min(rule, known)

    def entities(self) -> tuple[Entity, ...]:
        """Return the entities, sorted by id."""
        return tuple(self._entity(one) for one in sorted(self._papers))

    def _entity(self, one: str) -> Entity:
        surfaces = self._surfaces[one]
        rules = self._rules[one] | dict.fromkeys(self._aliases.get(one, ()), RULE)
        most = min(surfaces, key=lambda f: (rules.get(f) == RULE, -surfaces[f], -len(f), f))
        name = self._names.get(one, most)
        aliases = sorted((surfaces.keys() | rules.keys()) - {name})
        years = [paper.year for paper in self._papers[one] if paper.year is not None]
        sense = self._senses[one]
        others = [entity_id(other, sense.key) for other in _TYPES if other != sense.type]
        return Entity(
            id=one,
            type=sense.type,
            name=name,
            aliases=tuple(aliases),
            merged_by=tuple(
                f"{form}: {rules[form]}"
                for form in sorted((*aliases, name))
                if form in rules and (form != name or rules[form] != SAME)
            ),
            homonyms=tuple(other for other in others if other in self._papers),
            n_papers=len(self._papers[one]),
            first_year=min(years, default=None),
            last_year=max(years, default=None),
        )
