"""The nouns: what is read, what is extracted from one paper, and the graph over all papers.

All are frozen and hold only immutable values. Offsets are half-open and count Unicode code points
of ``paper.text``; confidences lie in 0..1 and have three decimals.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class EntityType(StrEnum):
    """The three types of things that a text speaks of."""

    METHOD = "Method"
    TASK = "Task"
    DATASET = "Dataset"


class RelationType(StrEnum):
    """The relations between entities; ``schema.SIGNATURES`` says which types they join."""

    USED_FOR = "USED_FOR"
    EVALUATED_ON = "EVALUATED_ON"
    TRAINED_ON = "TRAINED_ON"
    PART_OF = "PART_OF"
    SUBCLASS_OF = "SUBCLASS_OF"
    SUBTASK_OF = "SUBTASK_OF"
    BENCHMARK_FOR = "BENCHMARK_FOR"
    COMPARED_WITH = "COMPARED_WITH"


class Span(NamedTuple):
    """A stretch of a text: half-open, in code points.

    >>> Span(0, 2).of("𝔽-GAN")
    '𝔽-'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A title and an abstract, and what the input says about them.

    ``id`` is what the graph knows it by, ``own_id`` what the input called it, ``ids`` all known.
    """

    id: str
    title: str
    abstract: str = ""
    own_id: str = ""
    ids: tuple[str, ...] = ()
    year: int | None = None
    published: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    url: str = ""
    citekey: str = ""
    source: str = ""

    @property
    def text(self) -> str:
        """The text that all offsets refer to."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A part of an input that could not be used; ``line`` counts from 1, 0 is the whole file."""

    source: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where a paper names an entity; ``entity`` is the ``PaperEntity.id``."""

    span: Span
    text: str
    type: EntityType
    entity: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntity:
    """An entity as one paper speaks of it; ``name`` is the fullest of its ``forms``."""

    id: str
    name: str
    type: EntityType
    forms: tuple[str, ...]
    proposed: bool = False
    proposed_confidence: float = 0.0
    proposed_sentence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one paper says of two of its entities; ``head`` and ``tail`` are ``PaperEntity`` ids.

    ``sentences`` is the one that holds both mentions, or two where none does. ``favoured`` is
    ``"subject"``, ``"object"`` or empty.
    """

    head: str
    type: RelationType
    tail: str
    confidence: float
    head_span: Span
    tail_span: Span
    sentences: tuple[Span, ...]
    negated: bool = False
    hedged: bool = False
    favoured: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one extractor found in one paper; ``extractor`` is its digest."""

    paper: Paper
    mentions: tuple[Mention, ...]
    entities: tuple[PaperEntity, ...]
    relations: tuple[Relation, ...]
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A method, task or dataset over all papers.

    ``merged_by`` says for each name which rule brought it here: ``"SAC: abbreviation"``;
    ``homonyms`` are the ids of things of another type with this key.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    merged_by: tuple[str, ...]
    n_papers: int
    first_year: int | None
    last_year: int | None
    homonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """All mentions of one entity in one paper, and whether the paper proposes it."""

    paper: str
    entity: str
    count: int
    in_title: bool
    surfaces: tuple[str, ...]
    spans: tuple[Span, ...]
    proposed: bool
    proposed_confidence: float
    proposed_sentence: str


Ends = tuple[str, RelationType, str]
"""Subject, relation and object: what a claim and its evidence say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One paper's words for one relation; ``sentences`` and ``sentence_spans`` go in step."""

    id: str
    relation: RelationType
    subject: str
    object: str
    paper: str
    year: int | None
    published: str
    confidence: float
    negated: bool
    hedged: bool
    favoured: str
    extractor: str
    sentences: tuple[str, ...]
    sentence_spans: tuple[Span, ...]
    subject_span: Span
    object_span: Span

    @property
    def ends(self) -> Ends:
        """What it speaks of, as its claim has it."""
        return self.subject, self.relation, self.object

    @property
    def asserts(self) -> bool:
        """Whether it says that the relation holds: denied and hedged words do not."""
        return not (self.negated or self.hedged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A relation of two entities over all papers; ``support`` counts distinct papers."""

    id: str
    subject: str
    relation: RelationType
    object: str
    support: int
    confidence: float
    first_year: int | None
    last_year: int | None
    inferred: bool = False

    @property
    def ends(self) -> Ends:
        """What it says."""
        return self.subject, self.relation, self.object


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The whole, each part sorted by id; ``doubtful`` counts the claims that are left out."""

    papers: tuple[Paper, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[EntityMention, ...]
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    doubtful: int = 0
