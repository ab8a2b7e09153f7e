"""What caused each change: the input, an extractor, a correction, a setting, or a rule."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.diff.changes import Change, compare
from kg.model import Ends, Graph

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """A graph on the way from old to new, and what was changed to come to it.

    ``papers`` are the ids of the papers that were added, changed or taken away.
    """

    cause: str
    graph: Graph
    papers: frozenset[str] = frozenset()


def changes_by_stage(old: Graph, stages: Sequence[Stage]) -> list[Change]:
    """Return what differs between the old graph and the last stage's, each with its cause.

    A change has the cause of the first stage that brought it.
    """
    if not stages:
        return []
    causes: dict[tuple[str, str, str], str] = {}
    before, speaking = old, _Speaking(old)
    for stage in stages:
        after = _Speaking(stage.graph)
        for change in compare(before, stage.graph):
            causes.setdefault(_key(change), _cause(change, speaking, after, stage))
        before, speaking = stage.graph, after
    return [
        replace(change, cause=causes.get(_key(change), stages[-1].cause))
        for change in compare(old, before)
    ]


def explain(old: Graph, new: Graph) -> list[Change]:
    """Return what differs between two graphs of which no more is known, with its likely cause."""
    old_papers, new_papers = _texts(old), _texts(new)
    differing = {
        one
        for one in old_papers.keys() | new_papers.keys()
        if old_papers.get(one) != new_papers.get(one)
    }
    extractors = {e.extractor for e in old.evidence} != {e.extractor for e in new.evidence}
    cause = "extractor" if extractors else "correction or setting"
    if differing:
        cause = "input"
    return changes_by_stage(old, [Stage(cause, new, frozenset(differing))])


def _texts(graph: Graph) -> dict[str, str]:
    return {paper.id: paper.text for paper in graph.papers}


def _key(change: Change) -> tuple[str, str, str]:
    return change.kind, change.id, change.what


class _Speaking:
    """Which papers speak of what in a graph, and by which rules its names are one."""

    def __init__(self, graph: Graph) -> None:
        self._papers: defaultdict[str, set[str]] = defaultdict(set)
        for mention in graph.mentions:
            self._papers[mention.entity].add(mention.paper)
        said: defaultdict[Ends, set[str]] = defaultdict(set)
        for one in graph.evidence:
            said[one.ends].add(one.paper)
        for claim in graph.claims:
            self._papers[claim.id] = said[claim.ends]
        self._rules = {
            e.id: [one.rpartition(": ")[2] for one in e.merged_by] for e in graph.entities
        }
        for claim in graph.claims:
            ends = (claim.subject, claim.object)
            self._rules[claim.id] = [rule for end in ends for rule in self._rules.get(end, ())]

    def papers(self, one: str) -> set[str]:
        return self._papers.get(one, set())

    def rule(self, one: str) -> str:
        """Return a rule by which some name came to the entity, or to an end of the claim."""
        return next((rule for rule in self._rules.get(one, ()) if rule != "same name"), "")


def _cause(change: Change, before: _Speaking, after: _Speaking, stage: Stage) -> str:
    if not stage.papers:
        return stage.cause
    if change.kind == "paper":
        return stage.cause if change.id in stage.papers else f"{stage.cause}: another record"
    speaking = before.papers(change.id) | after.papers(change.id)
    if own := sorted(speaking & stage.papers):
        return f"{stage.cause}: {_listed(own)}"
    rule = after.rule(change.id) or before.rule(change.id) or "resolution"
    return f"rule {rule!r}, set off by {_listed(sorted(stage.papers))}"


def _listed(papers: Sequence[str]) -> str:
    more = f" and {len(papers) - SHOWN} more" if len(papers) > SHOWN else ""
    return ", ".join(papers[:SHOWN]) + more
