"""What of a graph is to be seen: the choices of ``kg view``, names looked up, and a heading."""

import re
from dataclasses import dataclass

from kg.errors import UsageError
from kg.model import EntityType, Graph
from kg.network import read_graph
from kg.pipeline.folder import GraphFolder
from kg.pipeline.store import Say
from kg.query import named_query, run_named
from kg.query.find import find_and_tell
from kg.stores import Store
from kg.view import HEADING, Size, narrow

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to show: one of the first five, if any, and then only what the others let through."""

    around: str = ""
    depth: int = 1
    task: str = ""
    paper: str = ""
    between: tuple[str, str] | None = None
    query: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    since: str = ""
    ingested_since: str = ""
    types: tuple[EntityType, ...] = ()
    least: float = 0.0

    def check(self) -> None:
        """Raise UsageError where the choices contradict each other or a date is none."""
        given = [
            f"--{name}"
            for name in ("around", "task", "paper", "between", "query")
            if getattr(self, name)
        ]
        if len(given) > 1:
            raise UsageError(f"choose one of {' and '.join(given)}")
        if self.depth > 1 and not self.around:
            raise UsageError("--depth goes with --around NAME")
        if self.parameters and not self.query:
            raise UsageError("parameters go with --query NAME")
        for date in filter(None, (self.since, self.ingested_since)):
            if not _DATE.fullmatch(date):
                raise UsageError(f"{date!r} is no date: write 2024, 2024-05 or 2024-05-17")
        if self.query:
            named_query(self.query).bind(dict(self.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A part of a graph, what it is, how big the whole is, and the id that it is about, or ''."""

    graph: Graph
    heading: str
    whole: Size
    start: str


def chosen(folder: GraphFolder, store: Store, choice: Choice, *, say: Say) -> Chosen:
    """Return the part of the graph; QueryError where a name is not known.

    What is too old or not sure enough goes first, so that no way leads over it.
    """
    whole = read_graph(store)
    graph, said = whole, list[str]()
    if choice.since:
        graph = narrow.since(graph, choice.since)
        said.append(f"published since {choice.since}")
    if choice.ingested_since:
        with folder.open() as ledger:
            known = ledger.papers_since(choice.ingested_since)
        graph = narrow.of_papers(graph, {p.id for p in graph.papers if known & {p.id, *p.ids}})
        said.append(f"ingested since {choice.ingested_since}")
    if choice.least:
        graph = narrow.surer_than(graph, choice.least)
        said.append(f"confidence {choice.least:g} and more")
    graph, heading, start = _place(graph, store, choice, say=say)
    if choice.types:
        graph = narrow.of_types(graph, choice.types)
        said.append("only " + ", ".join(choice.types))
    heading = " · ".join(filter(None, (heading, *said))) or HEADING
    return Chosen(graph=graph, heading=heading, whole=Size.of(whole), start=start)


def _place(graph: Graph, store: Store, choice: Choice, *, say: Say) -> tuple[Graph, str, str]:
    if choice.around:
        steps = "1 step" if choice.depth == 1 else f"{choice.depth} steps"
        ids = find_and_tell(store, "entity", choice.around, say=say)
        heading = f"{choice.around}, {steps} around"
        return narrow.around(graph, ids, choice.depth), heading, ids[0]
    if choice.task:
        ids = find_and_tell(store, "task", choice.task, say=say)
        return narrow.of_task(graph, ids), choice.task, ids[0]
    if choice.paper:
        ids = find_and_tell(store, "paper", choice.paper, say=say)
        part = narrow.of_papers(graph, ids)
        return part, ", ".join(paper.title for paper in part.papers) or choice.paper, ids[0]
    if choice.between:
        a, b = (find_and_tell(store, "entity", name, say=say) for name in choice.between)
        return narrow.between(graph, a, b), " to ".join(choice.between), ""
    if choice.query:
        query = named_query(choice.query)
        rows = run_named(store, query, dict(choice.parameters), say=say)
        if rows and not {"source", "relation", "target"} <= rows[0].keys():
            raise UsageError(
                f"{choice.query} returns no source, relation and target to draw; neighbourhood does"
            )
        drawn = narrow.of_rows(graph, ((r["source"], r["relation"], r["target"]) for r in rows))
        asked = " ".join(f"{name}={value}" for name, value in choice.parameters)
        return drawn, f"{choice.query} {asked}", ""
    return graph, "", ""
