"""Graphs for the tests of the page: a small one in our own words, and one of any size."""

from collections.abc import Iterable
from dataclasses import replace

from kg import ids
from kg.model import (
    Claim,
    Entity,
    EntityMention,
    EntityType,
    Evidence,
    Graph,
    Paper,
    RelationType,
    Span,
)

METHOD, TASK, DATASET = EntityType

GO_EXPLORE = Paper(
    id="arxiv:1901.10995",
    ids=("arxiv:1901.10995",),
    title="Go-Explore: remember, return, then explore",
    abstract=(
        "Hard-exploration games defeat most agents. Go-Explore remembers where it has been, and "
        "it solves Montezuma's Revenge in the Atari benchmark. It is not trained on ImageNet."
    ),
    year=2019,
    authors=("Ada Lovelace", "Alan Turing"),
    venue="Journal of Returns",
)
PPO = Paper(
    id="doi:10.5555/ppo",
    ids=("doi:10.5555/ppo",),
    title="Proximal policies 🚀 for control",
    abstract=(
        "We write 𝔽 for the field 🎯. PPO takes small steps. It is tested on Atari. "
        "PPO might help exploration."
    ),
    year=2017,
)
SURVEY = Paper(
    id="refs#survey",
    title="A survey of exploration",
    abstract="Go-Explore beats PPO at exploration.",
    year=2021,
    url="https://example.org/survey",
)


def span(paper: Paper, words: str) -> Span:
    """Return where the words first stand in the abstract, else in the text."""
    start = paper.text.find(words, len(paper.title) + 1)
    start = start if start >= 0 else paper.text.index(words)
    return Span(start, start + len(words))


def entity(
    entity_type: EntityType, name: str, *aliases: str, papers: Iterable[Paper] = ()
) -> Entity:
    """Return an entity that these papers speak of."""
    years = [paper.year for paper in papers if paper.year]
    return Entity(
        id=ids.entity_id(entity_type, ids.key(name)),
        type=entity_type,
        name=name,
        aliases=aliases,
        merged_by=(),
        n_papers=len(list(papers)),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
    )


def mention(paper: Paper, of: Entity, words: str, *, proposed: str = "") -> EntityMention:
    """Return that the paper names it in these words, and proposes it in that sentence."""
    return EntityMention(
        paper=paper.id,
        entity=of.id,
        count=1,
        in_title=words in paper.title,
        surfaces=(words,),
        spans=(span(paper, words),),
        proposed=bool(proposed),
        proposed_confidence=0.9 if proposed else 0.0,
        proposed_sentence=proposed,
    )


def evidence(
    paper: Paper,
    ends: tuple[Entity, RelationType, Entity],
    words: tuple[str, str],
    *sentences: str,
    confidence: float = 0.9,
) -> Evidence:
    """Return that the paper says so: the ends' words, and the sentences that hold them."""
    subject, relation, other = ends
    places = tuple(span(paper, sentence) for sentence in sentences)
    marks = tuple(_within(paper, word, places) for word in words)
    return Evidence(
        id=ids.digest(paper.id, relation, *map(str, marks)),
        relation=relation,
        subject=subject.id,
        object=other.id,
        paper=paper.id,
        year=paper.year,
        published="",
        confidence=confidence,
        negated=False,
        hedged=False,
        favoured="",
        extractor="by hand",
        sentences=sentences,
        sentence_spans=places,
        subject_span=marks[0],
        object_span=marks[1],
    )


def _within(paper: Paper, word: str, places: Iterable[Span]) -> Span:
    for place in places:
        at = paper.text.find(word, place.start, place.end)
        if at >= 0:
            return Span(at, at + len(word))
    raise ValueError(f"{word} stands in none of the sentences")


def claims(all_evidence: Iterable[Evidence]) -> list[Claim]:
    """Return a claim for each triple that some evidence supports."""
    triples: dict[tuple[str, RelationType, str], list[Evidence]] = {}
    for one in all_evidence:
        if not (one.negated or one.hedged):
            triples.setdefault((one.subject, one.relation, one.object), []).append(one)
    return [
        Claim(
            id=ids.digest(*triple),
            subject=triple[0],
            relation=triple[1],
            object=triple[2],
            support=len({one.paper for one in said}),
            confidence=max(one.confidence for one in said),
            first_year=min((one.year for one in said if one.year), default=None),
            last_year=max((one.year for one in said if one.year), default=None),
        )
        for triple, said in triples.items()
    ]


def graph(
    papers: Iterable[Paper],
    entities: Iterable[Entity],
    mentions: Iterable[EntityMention],
    said: Iterable[Evidence],
    *,
    doubtful: int = 0,
) -> Graph:
    """Return the parts as a graph, in its order."""
    said = list(said)
    return Graph(
        papers=tuple(sorted(papers, key=lambda one: one.id)),
        entities=tuple(sorted(entities, key=lambda one: one.id)),
        mentions=tuple(sorted(mentions, key=lambda one: (one.paper, one.entity))),
        claims=tuple(sorted(claims(said), key=lambda one: one.id)),
        evidence=tuple(sorted(said, key=lambda one: one.id)),
        doubtful=doubtful,
    )


def small() -> Graph:
    """Return three papers on exploration, with denied and hedged words among the evidence."""
    go = entity(METHOD, "Go-Explore", "go explore", papers=[GO_EXPLORE, SURVEY])
    ppo = entity(METHOD, "PPO", "proximal policy optimisation", papers=[PPO, SURVEY])
    task = entity(TASK, "exploration", "hard exploration", papers=[GO_EXPLORE, PPO, SURVEY])
    atari = entity(DATASET, "Atari", "ALE", papers=[GO_EXPLORE, PPO])
    imagenet = entity(DATASET, "ImageNet", papers=[GO_EXPLORE])
    solves = (
        "Go-Explore remembers where it has been, and it solves Montezuma's Revenge in the Atari "
        "benchmark."
    )
    tested = (PPO, (ppo, RelationType.EVALUATED_ON, atari), ("PPO", "Atari"))
    trained = (GO_EXPLORE, (go, RelationType.TRAINED_ON, imagenet), ("It", "ImageNet"))
    might = (PPO, (ppo, RelationType.USED_FOR, task), ("PPO", "exploration"))
    beats = "Go-Explore beats PPO at exploration."
    return graph(
        [GO_EXPLORE, PPO, SURVEY],
        [go, ppo, task, atari, imagenet],
        [
            mention(GO_EXPLORE, go, "Go-Explore", proposed=solves),
            mention(GO_EXPLORE, task, "Hard-exploration"),
            mention(GO_EXPLORE, atari, "Atari"),
            mention(GO_EXPLORE, imagenet, "ImageNet"),
            mention(PPO, ppo, "PPO"),
            mention(PPO, atari, "Atari"),
            mention(PPO, task, "exploration"),
            mention(SURVEY, go, "Go-Explore"),
            mention(SURVEY, ppo, "PPO"),
            mention(SURVEY, task, "exploration"),
        ],
        [
            evidence(
                GO_EXPLORE, (go, RelationType.EVALUATED_ON, atari), ("Go-Explore", "Atari"), solves
            ),
            evidence(*tested, "PPO takes small steps.", "It is tested on Atari.", confidence=0.7),
            evidence(
                SURVEY, (go, RelationType.USED_FOR, task), ("Go-Explore", "exploration"), beats
            ),
            evidence(SURVEY, (go, RelationType.COMPARED_WITH, ppo), ("Go-Explore", "PPO"), beats),
            replace(evidence(*trained, "It is not trained on ImageNet."), negated=True),
            replace(evidence(*might, "PPO might help exploration."), hedged=True),
        ],
        doubtful=1203,
    )


def hostile(text: str) -> Graph:
    """Return a graph in which every field that a text reaches holds this text."""
    paper = Paper(
        id=f"refs#{text}",
        title=f"Title {text}",
        abstract=f"Method {text} solves Task {text}.",
        authors=(f"Author {text}",),
        venue=f"Venue {text}",
        url=f"javascript:window.pwned=1//{text}",
        year=2020,
    )
    method = replace(
        entity(METHOD, "m", f"Alias {text}"),
        id=f"method/{text}",
        name=f"M {text}",
        merged_by=(f"Alias {text}: rule {text}",),
        homonyms=(f"task/{text}",),
    )
    task = replace(entity(TASK, "t"), id=f"task/{text}", name=f"T {text}")
    words = (f"Method {text}", f"Task {text}")
    return graph(
        [paper],
        [method, task],
        [
            mention(paper, method, words[0], proposed=paper.abstract),
            mention(paper, task, words[1]),
        ],
        [evidence(paper, (method, RelationType.USED_FOR, task), words, paper.abstract)],
    )


def many(nodes: int) -> Graph:
    """Return a graph of that size: half papers, and some five relations for two nodes."""
    n_papers = nodes // 2
    kinds = [METHOD] * 5 + [TASK] * 3 + [DATASET] * 2
    entities = [
        replace(entity(kinds[i % 10], f"Thing {i}"), n_papers=1 + 2 * n_papers // (i + 5))
        for i in range(nodes - n_papers)
    ]
    methods, tasks, datasets = ([e for e in entities if e.type == kind] for kind in EntityType)
    papers, mentions, said = [], [], []
    for p in range(n_papers):
        method, task, data = (
            some[(p * step + p // 3) % max(1, len(some) >> 2 * (p % 3))]
            for some, step in ((methods, 7), (tasks, 3), (datasets, 5))
        )
        sentences = (
            f"{method.name} is applied to {task.name} with care.",
            f"We test {method.name} on {data.name} and on nothing else.",
        )
        paper = Paper(
            id=f"x:{p:05}",
            title=f"Paper {p} on {task.name}",
            abstract=" ".join((*sentences, "It does well, and more is said of how. " * 12)),
            year=2010 + p % 15,
        )
        papers.append(paper)
        mentions += [mention(paper, one, one.name) for one in (method, task, data)]
        used, on = RelationType.USED_FOR, RelationType.EVALUATED_ON
        said.append(evidence(paper, (method, used, task), (method.name, task.name), sentences[0]))
        said.append(evidence(paper, (method, on, data), (method.name, data.name), sentences[1]))
    return graph(papers, entities, mentions, said)
