"""Two graphs → the papers, entities and claims that were added, are gone or changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.model import Claim, Entity, Graph, Paper

Thing = TypeVar("Thing", Paper, Entity, Claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    ``what`` is added, gone, renamed, changed or re-scored; ``kind`` is paper, entity or claim;
    ``name`` is what people call it; ``before`` and ``after`` are names, or confidence and support.
    """

    what: str
    kind: str
    id: str
    name: str
    before: str = ""
    after: str = ""
    cause: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        change = f": {self.before} → {self.after}" if self.before or self.after else ""
        cause = f"  [{self.cause}]" if self.cause else ""
        return f"{self.what:9} {self.kind:6}  {self.name}{change}{cause}"


def compare(old: Graph, new: Graph) -> list[Change]:
    """Return what differs, papers first, then entities, then claims, each by name."""
    old_names, new_names = ({e.id: e.name for e in graph.entities} for graph in (old, new))
    found = [
        *_compared(
            "paper", _by_id(old.papers), _by_id(new.papers), (_title, _title), _paper_changes
        ),
        *_compared(
            "entity", _by_id(old.entities), _by_id(new.entities), (_name, _name), _entity_changes
        ),
        *_compared(
            "claim",
            _by_id(old.claims),
            _by_id(new.claims),
            (lambda claim: _said(claim, old_names), lambda claim: _said(claim, new_names)),
            lambda a, b: _claim_changes(a, b, new_names),
        ),
    ]
    order = ("paper", "entity", "claim")
    return sorted(found, key=lambda one: (order.index(one.kind), one.name, one.what, one.id))


def _by_id(things: Iterable[Thing]) -> dict[str, Thing]:
    return {thing.id: thing for thing in things}


def _compared(
    kind: str,
    old: Mapping[str, Thing],
    new: Mapping[str, Thing],
    name: tuple[Callable[[Thing], str], Callable[[Thing], str]],
    changed: Callable[[Thing, Thing], Iterator[Change]],
) -> Iterator[Change]:
    for one in sorted(old.keys() | new.keys()):
        if one not in new:
            yield Change(what="gone", kind=kind, id=one, name=name[0](old[one]))
        elif one not in old:
            yield Change(what="added", kind=kind, id=one, name=name[1](new[one]))
        else:
            yield from changed(old[one], new[one])


def _title(paper: Paper) -> str:
    return f"{paper.id}  {paper.title}"


def _name(entity: Entity) -> str:
    return f"{entity.type} {entity.name}"


def _said(claim: Claim, names: Mapping[str, str]) -> str:
    return f"{names[claim.subject]} {claim.relation} {names[claim.object]}"


def _paper_changes(old: Paper, new: Paper) -> Iterator[Change]:
    if old.title != new.title:
        before, after = old.title, new.title
        yield Change(
            what="renamed", kind="paper", id=new.id, name=new.id, before=before, after=after
        )
    if old.abstract != new.abstract:
        yield Change(what="changed", kind="paper", id=new.id, name=_title(new))


def _entity_changes(old: Entity, new: Entity) -> Iterator[Change]:
    if old.name != new.name:
        yield Change(
            what="renamed",
            kind="entity",
            id=new.id,
            name=str(new.type),
            before=old.name,
            after=new.name,
        )


def _claim_changes(old: Claim, new: Claim, names: Mapping[str, str]) -> Iterator[Change]:
    before, after = _score(old), _score(new)
    if before != after:
        yield Change(
            what="re-scored",
            kind="claim",
            id=new.id,
            name=_said(new, names),
            before=before,
            after=after,
        )


def _score(claim: Claim) -> str:
    papers = "inferred" if claim.inferred else f"in {claim.support}"
    return f"{claim.confidence:g} {papers}"
