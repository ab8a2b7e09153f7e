"""Types: a name that nearly all its papers use for one type is of that type everywhere."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.assemble.names import AGREEMENT, Sense
from kg.model import EntityType

ENOUGH_PAPERS = 5

Senses = dict[str, Sense]
"""What each entity of one paper is, by its id in the paper."""


def settle_types(found: Sequence[Senses]) -> list[Senses]:
    """Return the senses with the type that at least AGREEMENT of a key's papers give it."""
    papers: Counter[str] = Counter()
    typed: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)
    for senses in found:
        pairs = {(sense.key, sense.type) for sense in senses.values()}
        papers.update({key for key, _ in pairs})
        for key, entity_type in pairs:
            typed[key][entity_type] += 1
    settled = {}
    for key, types in typed.items():
        best = min(types, key=lambda one: (-types[one], one))
        enough = papers[key] >= ENOUGH_PAPERS and types[best] >= AGREEMENT * papers[key]
        if len(types) > 1 and enough:
            settled[key] = best
    return [
        {local: _settled(sense, settled) for local, sense in senses.items()} for senses in found
    ]


def _settled(sense: Sense, settled: dict[str, EntityType]) -> Sense:
    wanted = settled.get(sense.key, sense.type)
    if wanted == sense.type:
        return sense
    return replace(sense, type=wanted, rule="type in most papers", by="")
