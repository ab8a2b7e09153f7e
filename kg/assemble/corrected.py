"""Corrections replayed, line by line, over what each paper's entities were found to be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg import ids, schema
from kg.assemble.names import Names, Sense, key
from kg.assemble.types import Senses
from kg.corrections import Correction, Outcome, State
from kg.errors import nearest
from kg.ids import entity_id
from kg.model import Ends, EntityType, Extraction, PaperEntity, RelationType

Thing = tuple[EntityType, str]
"""Type and key: what an entity's id is made of."""
Place = tuple[int, str]
"""The number of a paper, and an entity of it."""
RULE = "correction"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people said of claims: by ends, the papers in which that holds; '' is all."""

    rejected: dict[Ends, set[str]] = field(default_factory=dict)
    accepted: dict[Ends, set[str]] = field(default_factory=dict)


class NotApplicableError(Exception):
    """A line cannot be applied."""

    def __init__(self, state: State, why: str) -> None:
        super().__init__(why)
        self.state = state


class Corrected:
    """The papers and senses after all corrections.

    ``names`` are the display names that were given, ``aliases`` the further names, ``verdicts``
    what was said of claims, ``outcomes`` what became of each line.
    """

    def __init__(
        self,
        found: list[Extraction],
        senses: list[Senses],
        names: Names,
        corrections: Sequence[Correction],
    ) -> None:
        self.found, self.senses = found, senses
        self.names: dict[str, str] = {}
        self.aliases: defaultdict[str, set[str]] = defaultdict(set)
        self.verdicts = Verdicts()
        self.outcomes: list[Outcome] = []
        if corrections:
            self._resolver = names
            self._index()
            for correction in corrections:
                self.outcomes.append(self._apply(correction))

    def _index(self) -> None:
        self._places: defaultdict[Thing, set[Place]] = defaultdict(set)
        self._forms: defaultdict[str, set[Place]] = defaultdict(set)
        self._first: dict[Place, Sense] = {}
        self._merged: defaultdict[Thing, set[Place]] = defaultdict(set)
        self._papers = {one: n for n, e in enumerate(self.found) for one in e.paper.ids}
        self._papers |= {e.paper.id: n for n, e in enumerate(self.found)}
        self._named_by: dict[str, int] = {}
        self._judged_by: dict[Ends, int] = {}
        for number, extraction in enumerate(self.found):
            for entity in extraction.entities:
                self._enter(number, entity)

    def _enter(self, number: int, entity: PaperEntity) -> None:
        place, sense = (number, entity.id), self.senses[number][entity.id]
        self._places[sense.type, sense.key].add(place)
        for form in {key(form) for form in entity.forms} - {""}:
            self._forms[form].add(place)

    def _apply(self, line: Correction) -> Outcome:
        if line.fault:
            return Outcome(line, State.FAULTY, line.fault)
        ways: dict[str, Callable[[Correction], None]] = {
            "merge": self._merge,
            "split": self._split,
            "rename": self._rename,
            "retype": self._retype,
            "alias": self._alias,
            "stop": self._stop,
            "reject": self._judge,
            "accept": self._judge,
        }
        try:
            ways[line.op](line)
        except NotApplicableError as error:
            return Outcome(line, error.state, str(error))
        return Outcome(line, State.APPLIED)

    def _merge(self, line: Correction) -> None:
        thing = self._find(line.name, line.type)
        into = self._find(line.other, line.type or thing[0])
        if thing == into:
            raise NotApplicableError(State.STALE, "they are one already")
        self._move(self._in_paper(self._places[thing], line), into)

    def _split(self, line: Correction) -> None:
        """Undo a merge where there was one; else part the form from what it stands for."""
        form = key(line.name)
        types = [EntityType(line.type)] if line.type else list(EntityType)
        merged = {
            place
            for one in types
            for place in self._merged[self._own(one, line.name)]
            if self._sense(place).key
        }
        places = merged or {
            place
            for place in self._forms[form]
            if self._sense(place).type in types and self._sense(place).key
        }
        if not places:
            raise self._stale(line.name, line.type)
        for place in sorted(self._in_paper(places, line)):
            part = place if place in merged else self._part(place, form)
            self._move([part], self._own(self._sense(place).type, line.other))

    def _rename(self, line: Correction) -> None:
        one = entity_id(*self._find(line.name, line.type))
        if self.names.get(one, line.other) != line.other:
            raise NotApplicableError(
                State.CONFLICT, f"line {self._named_by[one]} names it {self.names[one]!r}"
            )
        self.names[one] = line.other
        self._named_by[one] = line.line

    def _retype(self, line: Correction) -> None:
        thing = self._find(line.name, line.type)
        wanted = EntityType(line.other)
        if thing[0] == wanted:
            raise NotApplicableError(State.STALE, f"it is a {wanted} already")
        self._move(self._in_paper(self._places[thing], line), (wanted, thing[1]))

    def _alias(self, line: Correction) -> None:
        thing = self._find(line.name, line.type)
        form = key(line.other)
        bare = self._places.get((thing[0], form), set())
        self._move(self._in_paper(bare, line) if bare else [], thing)
        self.aliases[entity_id(*thing)].add(line.other)

    def _stop(self, line: Correction) -> None:
        for thing in self._called(line.name, line.type):
            self._move(self._in_paper(self._places[thing], line), (thing[0], ""))

    def _judge(self, line: Correction) -> None:
        relation = RelationType(line.relation)
        ends = [
            (head, tail)
            for head in self._called(line.name, "")
            for tail in self._called(line.other, "")
            if schema.fits(head[0], relation, tail[0])
        ]
        if len(ends) != 1:
            what = f"{len(ends)} pairs" if ends else "no pair"
            raise NotApplicableError(
                State.CONFLICT, f"{what} of that name can stand in {relation}; write type/key"
            )
        head, tail = (entity_id(*thing) for thing in ends[0])
        if relation in schema.SYMMETRIC and tail < head:
            head, tail = tail, head
        claim, paper = (head, relation, tail), self._paper(line)
        mine, other = self.verdicts.rejected, self.verdicts.accepted
        if line.op == "accept":
            mine, other = other, mine
        if {paper, ""} & other.get(claim, set()) or (not paper and claim in other):
            raise NotApplicableError(
                State.CONFLICT, f"line {self._judged_by[claim]} says the contrary"
            )
        mine.setdefault(claim, set()).add(paper)
        self._judged_by[claim] = line.line

    def _sense(self, place: Place) -> Sense:
        return self.senses[place[0]][place[1]]

    def _own(self, entity_type: EntityType, name: str) -> Thing:
        """Return what the name stands for by itself."""
        return entity_type, self._resolver.named(entity_type, [name]).key

    def _called(self, name: str, entity_type: str) -> list[Thing]:
        """Return what is called so: by type/key, by its own name, else by any of its names."""
        kind, slash, rest = name.partition("/")
        if slash and kind.capitalize() in list(EntityType):
            thing = EntityType(kind.capitalize()), rest
            if self._places.get(thing):
                return [thing]
        types = [EntityType(entity_type)] if entity_type else list(EntityType)
        own = sorted({self._own(one, name) for one in types})
        found = [thing for thing in own if self._places.get(thing) and thing[1]]
        if not found:
            senses = [self._sense(place) for place in self._forms.get(key(name), ())]
            found = sorted({(s.type, s.key) for s in senses if s.key and s.type in types})
        if not found:
            raise self._stale(name, entity_type)
        return found

    def _find(self, name: str, entity_type: str) -> Thing:
        found = self._called(name, entity_type)
        if len(found) > 1:
            named = ", ".join(entity_id(*thing) for thing in found)
            raise NotApplicableError(
                State.CONFLICT, f"{name!r} stands for {len(found)} things: {named}; write one so"
            )
        return found[0]

    def _stale(self, name: str, entity_type: str) -> NotApplicableError:
        forms = {f for e in self.found for entity in e.entities for f in entity.forms}
        what = entity_type or "entity"
        return NotApplicableError(
            State.STALE, f"no {what} is named {name!r} here{nearest(name, forms)}"
        )

    def _paper(self, line: Correction) -> str:
        if not line.paper:
            return ""
        wanted = [line.paper, ids.arxiv_id(line.paper), ids.doi_id(line.paper)]
        number = next((self._papers[one] for one in wanted if one in self._papers), None)
        if number is None:
            raise NotApplicableError(State.STALE, f"no paper is named {line.paper!r} here")
        return self.found[number].paper.id

    def _in_paper(self, places: Iterable[Place], line: Correction) -> list[Place]:
        paper = self._paper(line)
        chosen = [p for p in places if paper in ("", self.found[p[0]].paper.id)]
        if not chosen:
            raise NotApplicableError(State.STALE, f"{line.paper} does not speak of it")
        return chosen

    def _move(self, places: Iterable[Place], into: Thing) -> None:
        for place in list(places):
            old = self._sense(place)
            first = self._first.setdefault(place, old)
            self._merged[first.type, first.key].add(place)
            self._places[old.type, old.key].discard(place)
            self._places[into].add(place)
            back = into == (first.type, first.key)
            new = first if back else Sense(type=into[0], key=into[1], rule=RULE)
            self.senses[place[0]][place[1]] = new

    def _part(self, place: Place, form: str) -> Place:
        """Return the part of a paper's entity that has this form, made an entity of its own."""
        number, local = place
        extraction = self.found[number]
        (whole,) = (entity for entity in extraction.entities if entity.id == local)
        forms = tuple(one for one in whole.forms if key(one) == form)
        rest = tuple(one for one in whole.forms if key(one) != form)
        if not rest:
            return place
        part = replace(whole, id=f"{local}/{form}", name=forms[0], forms=forms, proposed=False)
        whole = replace(whole, forms=rest, name=whole.name if whole.name in rest else rest[0])
        moved = {m.span for m in extraction.mentions if m.entity == local and key(m.text) == form}
        self.found[number] = replace(
            extraction,
            entities=(*(whole if e.id == local else e for e in extraction.entities), part),
            mentions=tuple(
                replace(m, entity=part.id) if m.entity == local and m.span in moved else m
                for m in extraction.mentions
            ),
            relations=tuple(
                replace(
                    r,
                    head=part.id if r.head == local and r.head_span in moved else r.head,
                    tail=part.id if r.tail == local and r.tail_span in moved else r.tail,
                )
                for r in extraction.relations
            ),
        )
        self.senses[number] = {**self.senses[number], part.id: self._sense(place)}
        self._forms[form].discard(place)
        self._enter(number, part)
        return number, part.id
