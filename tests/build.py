"""Nouns built by hand, in few words."""

from collections.abc import Mapping

from kg.assemble import assemble
from kg.lexicon import Entry, Lexicon
from kg.model import (
    EntityType,
    Extraction,
    Mention,
    Paper,
    PaperEntity,
    Relation,
    RelationType,
    Span,
)

M, T, D = EntityType


def paper(one: str, title: str, abstract: str = "", *, year: int | None = None) -> Paper:
    """Return a paper known by that id alone."""
    return Paper(id=one, ids=(one,), own_id=one, title=title, abstract=abstract, year=year)


def entity(
    text: str, one: str, entity_type: EntityType, *forms: str, proposed: float = 0.0
) -> tuple[PaperEntity, list[Mention]]:
    """Return an entity of a text, and a mention wherever one of its forms stands first."""
    found = PaperEntity(
        id=one,
        name=max(forms, key=len),
        type=entity_type,
        forms=forms,
        proposed=proposed > 0,
        proposed_confidence=proposed,
        proposed_sentence=Span(0, len(text)) if proposed else None,
    )
    spans = [Span(text.index(form), text.index(form) + len(form)) for form in forms]
    return found, [
        Mention(span=s, text=s.of(text), type=entity_type, entity=one, confidence=0.9)
        for s in spans
    ]


def extraction(
    about: Paper,
    entities: Mapping[str, tuple[EntityType, tuple[str, ...]]],
    relations: list[tuple[str, str, str, float]],
    *,
    proposed: dict[str, float] | None = None,
    negated: bool = False,
) -> Extraction:
    """Return an extraction; relations are (head, type, tail, confidence) by local entity id."""
    built = {
        one: entity(about.text, one, kind, *forms, proposed=(proposed or {}).get(one, 0.0))
        for one, (kind, forms) in entities.items()
    }
    where = {one: mentions[0].span for one, (_, mentions) in built.items()}
    return Extraction(
        paper=about,
        entities=tuple(found for found, _ in built.values()),
        mentions=tuple(mention for _, mentions in built.values() for mention in mentions),
        relations=tuple(
            Relation(
                head=head,
                type=RelationType(kind),
                tail=tail,
                confidence=confidence,
                head_span=where[head],
                tail_span=where[tail],
                sentences=(Span(0, len(about.text)),),
                negated=negated,
            )
            for head, kind, tail, confidence in relations
        ),
        extractor="by hand",
    )


GO_EXPLORE = extraction(
    paper("arxiv:1", "Go-Explore", "It solves Montezuma's Revenge, unlike PPO.", year=2019),
    {"g": (M, ("Go-Explore",)), "d": (D, ("Montezuma's Revenge",)), "p": (M, ("PPO",))},
    [("g", "EVALUATED_ON", "d", 0.8), ("p", "COMPARED_WITH", "g", 0.6)],
    proposed={"g": 0.9},
)
PPO = extraction(
    paper("arxiv:2", "Proximal Policy Optimization (PPO)", "It is used for control.", year=2017),
    {"p": (M, ("Proximal Policy Optimization", "PPO")), "t": (T, ("control",))},
    [("p", "USED_FOR", "t", 0.7)],
    proposed={"p": 0.8},
)
LEXICON = Lexicon([Entry(type=M, name="Proximal Policy Optimization", aliases=("PPO",))])
GRAPH = assemble([GO_EXPLORE, PPO], LEXICON, claim_threshold=0.5).graph
