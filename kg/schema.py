"""The shape of the graph, said once: labels, relation types, signatures and properties.

Loaders, queries, views and checks take every name from here, and no name comes from a text.
"""

from kg.model import EntityType, RelationType

VERSION = 2
"""Version of this shape; a store of another version is built anew."""

METHOD, TASK, DATASET = EntityType

SIGNATURES: dict[RelationType, tuple[tuple[EntityType, EntityType], ...]] = {
    RelationType.USED_FOR: ((METHOD, TASK),),
    RelationType.EVALUATED_ON: ((METHOD, DATASET),),
    RelationType.TRAINED_ON: ((METHOD, DATASET),),
    RelationType.PART_OF: ((METHOD, METHOD), (DATASET, DATASET)),
    RelationType.SUBCLASS_OF: ((METHOD, METHOD), (DATASET, DATASET)),
    RelationType.SUBTASK_OF: ((TASK, TASK),),
    RelationType.BENCHMARK_FOR: ((DATASET, TASK),),
    RelationType.COMPARED_WITH: ((METHOD, METHOD), (DATASET, DATASET)),
}
"""Which types each relation joins, from head to tail."""

SYMMETRIC = frozenset({RelationType.COMPARED_WITH})
"""Relations without a direction: stored once, the smaller id first."""


def fits(head: EntityType, relation: RelationType, tail: EntityType) -> bool:
    """Say whether the relation may join these types.

    >>> fits(EntityType.METHOD, RelationType.USED_FOR, EntityType.TASK)
    True
    >>> fits(EntityType.TASK, RelationType.USED_FOR, EntityType.METHOD)
    False
    """
    return (head, tail) in SIGNATURES[relation]


ENTITY_LABELS = tuple(str(entity_type) for entity_type in EntityType)
STAMP = ("kg", "rev")
"""On every node and edge of ours: the graph's id, and the digest of the row."""

LOADING = "loading "
"""Stands before the marker's digest while a graph is loaded."""

_ENTITY = ("name", "aliases", "merged_by", "homonyms", "n_papers", "first_year", "last_year")

NODES: dict[str, tuple[str, ...]] = {
    "Graph": ("schema", "digest", "doubtful", "sums"),
    "Paper": (
        "ids", "title", "abstract", "year", "published", "authors",
        "venue", "url", "citekey", "source",
    ),
    **dict.fromkeys(ENTITY_LABELS, _ENTITY),
    "Evidence": (
        "relation", "sentences", "sentence_spans", "subject_span", "object_span", "paper_id",
        "year", "published", "confidence", "negated", "hedged", "favoured", "extractor",
    ),
}  # fmt: skip
"""Properties of each label beside ``id``, which is unique within its label, and the stamp."""

_CLAIM = ("id", "support", "confidence", "first_year", "last_year", "inferred")

EDGES: dict[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    **{
        str(relation): (tuple((str(a), str(b)) for a, b in ends), _CLAIM)
        for relation, ends in SIGNATURES.items()
    },
    "PROPOSES": (tuple(("Paper", label) for label in ENTITY_LABELS), ("confidence", "sentence")),
    "MENTIONS": (
        tuple(("Paper", label) for label in ENTITY_LABELS),
        ("count", "in_title", "surfaces", "spans"),
    ),
    "SUBJECT": (tuple(("Evidence", label) for label in ENTITY_LABELS), ()),
    "OBJECT": (tuple(("Evidence", label) for label in ENTITY_LABELS), ()),
    "FROM_PAPER": ((("Evidence", "Paper"),), ()),
}
"""For each relationship type the pairs of labels that it joins, and its properties."""

VALUES: dict[str, str] = {
    **dict.fromkeys(
        (
            "schema",
            "doubtful",
            "year",
            "n_papers",
            "first_year",
            "last_year",
            "support",
            "count",
            "rev",
        ),
        "long",
    ),
    **dict.fromkeys(("negated", "hedged", "inferred", "in_title"), "boolean"),
    **dict.fromkeys(
        ("ids", "authors", "aliases", "merged_by", "homonyms", "sentences", "surfaces", "sums"),
        "string[]",
    ),
    **dict.fromkeys(("sentence_spans", "subject_span", "object_span", "spans"), "long[]"),
    "confidence": "double",
}
"""What a property holds, in Neo4j's words; all others hold a string."""

CONSTRAINTS = tuple(
    f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in NODES
)
FULLTEXT = tuple(
    f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{labels}) ON EACH [{properties}]"
    for name, labels, properties in (
        ("entity_names", "|".join(ENTITY_LABELS), "n.name, n.aliases"),
        ("evidence_sentences", "Evidence", "n.sentences"),
        ("paper_texts", "Paper", "n.title, n.abstract"),
    )
)
"""What Neo4j is told before a load, or after an import; told twice, it does nothing more."""
