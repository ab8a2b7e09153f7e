"""The answers of the named questions, computed in plain Python from the nouns."""

from collections.abc import Callable, Iterable
from typing import Any

from kg.model import Claim, Entity, Graph

Row = dict[str, Any]


class Golden:
    """One graph, and what each question should say of it; entities are given by id."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.entities = {entity.id: entity for entity in graph.entities}
        self.papers = {paper.id: paper for paper in graph.papers}

    def _claims(self, *relations: str) -> Iterable[tuple[Entity, Claim, Entity]]:
        for claim in self.graph.claims:
            if claim.relation in relations:
                yield self.entities[claim.subject], claim, self.entities[claim.object]

    def methods_for_task(self, task: str) -> list[Row]:
        rows = [
            {
                "task": t.name,
                "method": m.name,
                "papers": c.support,
                "confidence": c.confidence,
                "first_year": c.first_year,
                "last_year": c.last_year,
                "id": m.id,
            }
            for m, c, t in self._claims("USED_FOR")
            if t.id == task
        ]
        return sorted(rows, key=lambda r: (-r["papers"], -r["confidence"], r["id"]))

    def datasets_for_task(self, task: str) -> list[Row]:
        methods = {m.id for m, _, t in self._claims("USED_FOR") if t.id == task}
        benchmarks = {d.id for d, _, t in self._claims("BENCHMARK_FOR") if t.id == task}
        tested = {(d.id, m.id) for m, _, d in self._claims("EVALUATED_ON") if m.id in methods}
        rows = [
            {
                "task": self.entities[task].name,
                "dataset": d.name,
                "benchmark": d.id in benchmarks,
                "methods": sum(1 for one, _ in tested if one == d.id),
                "papers": d.n_papers,
                "id": d.id,
            }
            for d in self.graph.entities
            if d.id in benchmarks | {one for one, _ in tested}
        ]
        order = lambda r: (not r["benchmark"], -r["methods"], -r["papers"], r["id"])  # noqa: E731
        return sorted(rows, key=order)

    def evaluated_on(self, dataset: str) -> list[Row]:
        rows = [
            {
                "dataset": d.name,
                "relation": str(c.relation),
                "method": m.name,
                "papers": c.support,
                "confidence": c.confidence,
                "first_year": c.first_year,
                "last_year": c.last_year,
                "id": m.id,
            }
            for m, c, d in self._claims("EVALUATED_ON", "TRAINED_ON")
            if d.id == dataset
        ]
        return sorted(rows, key=lambda r: (-r["papers"], -r["confidence"], r["id"], r["relation"]))

    def evidence(self, a: str, b: str) -> list[Row]:
        rows = [
            {
                "subject": self.entities[e.subject].name,
                "relation": str(e.relation),
                "object": self.entities[e.object].name,
                "sentences": list(e.sentences),
                "confidence": e.confidence,
                "negated": e.negated,
                "hedged": e.hedged,
                "paper": self.papers[e.paper].title,
                "year": e.year,
                "id": e.paper,
                "evidence": e.id,
            }
            for e in self.graph.evidence
            if {e.subject, e.object} == {a, b}
        ]
        return sorted(rows, key=lambda r: (-r["confidence"], r["id"], r["evidence"]))

    def paper(self, paper: str) -> list[Row]:
        rows = [
            {
                "paper": self.papers[paper].title,
                "type": str(self.entities[m.entity].type),
                "name": self.entities[m.entity].name,
                "proposed": m.proposed,
                "mentions": m.count,
                "surfaces": list(m.surfaces),
                "id": m.entity,
                "paper_id": paper,
            }
            for m in self.graph.mentions
            if m.paper == paper
        ]
        return sorted(rows, key=lambda r: (not r["proposed"], -r["mentions"], r["id"]))

    def neighbourhood(self, name: str) -> list[Row]:
        rows = [
            {
                "source": c.subject,
                "relation": str(c.relation),
                "target": c.object,
                "source_name": self.entities[c.subject].name,
                "target_name": self.entities[c.object].name,
                "papers": c.support,
                "confidence": c.confidence,
            }
            for c in self.graph.claims
            if name in (c.subject, c.object)
        ]
        return sorted(
            rows,
            key=lambda r: (
                -r["papers"],
                -r["confidence"],
                r["source"],
                r["relation"],
                r["target"],
            ),
        )

    def proposes(self, name: str) -> list[Row]:
        rows = [
            {
                "name": self.entities[name].name,
                "type": str(self.entities[name].type),
                "paper": self.papers[m.paper].title,
                "year": self.papers[m.paper].year,
                "sentence": m.proposed_sentence,
                "confidence": m.proposed_confidence,
                "id": m.paper,
                "entity": name,
            }
            for m in self.graph.mentions
            if m.entity == name and m.proposed
        ]
        return sorted(rows, key=lambda r: (-r["confidence"], r["id"]))

    def co_mentioned(self, name: str) -> list[Row]:
        where = {m.paper for m in self.graph.mentions if m.entity == name}
        papers: dict[str, set[str]] = {}
        for m in self.graph.mentions:
            if m.paper in where and m.entity != name:
                papers.setdefault(m.entity, set()).add(m.paper)
        rows = [
            {
                "type": str(self.entities[one].type),
                "name": self.entities[one].name,
                "papers": len(found),
                "id": one,
            }
            for one, found in papers.items()
        ]
        return sorted(rows, key=lambda r: (-r["papers"], r["id"]))

    def top_entities(self, type: str) -> list[Row]:  # noqa: A002 - the parameter's name
        rows = [
            {
                "type": str(e.type),
                "name": e.name,
                "papers": e.n_papers,
                "first_year": e.first_year,
                "last_year": e.last_year,
                "id": e.id,
            }
            for e in self.graph.entities
            if type in ("", e.type)
        ]
        return sorted(rows, key=lambda r: (-r["papers"], r["id"]))

    def by_year(self, name: str) -> list[Row]:
        years = [self.papers[m.paper].year for m in self.graph.mentions if m.entity == name]
        entity = self.entities[name]
        return [
            {
                "year": year,
                "name": entity.name,
                "type": str(entity.type),
                "papers": years.count(year),
                "id": name,
            }
            for year in sorted({year for year in years if year is not None})
        ]

    def answers(self) -> dict[str, Callable[..., list[Row]]]:
        """Return the question's name → its answer, for all named questions."""
        return {
            "methods-for-task": self.methods_for_task,
            "datasets-for-task": self.datasets_for_task,
            "evaluated-on": self.evaluated_on,
            "evidence": self.evidence,
            "paper": self.paper,
            "neighbourhood": self.neighbourhood,
            "proposes": self.proposes,
            "co-mentioned": self.co_mentioned,
            "top-entities": self.top_entities,
            "by-year": self.by_year,
        }
