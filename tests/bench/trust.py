"""How far a claim's confidence can be trusted: against claims that a person judged by reading.

    uv run python -m tests.bench.trust

``tests/gold/claims.tsv`` has 220 claims of 10,000 abstracts as the rules found them, more of those
of many papers than come by chance, with the best confidence of each asserting paper, and whether
the texts say so. Prints how well each λ of ``kg.assemble.claims`` fits, and precision by support.
"""

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kg.assemble.claims import LAMBDA

GOLD = Path(__file__).parents[1] / "gold" / "claims.tsv"
SUPPORTS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 1000))


class Judged(NamedTuple):
    """A claim: the confidences of its papers, and whether it holds."""

    relation: str
    confidences: tuple[float, ...]
    holds: bool

    def confidence(self, trust: float) -> float:
        return 1 - math.prod(1 - trust * c for c in self.confidences)


def read_judged() -> list[Judged]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [
            Judged(r["relation"], tuple(map(float, r["confidences"].split())), r["holds"] == "yes")
            for r in csv.DictReader(file, delimiter="\t")
        ]


def log_loss(judged: Sequence[Judged], trust: float) -> float:
    sure = [min(max(one.confidence(trust), 1e-6), 1 - 1e-6) for one in judged]
    losses = (math.log(c if one.holds else 1 - c) for one, c in zip(judged, sure, strict=True))
    return -sum(losses) / len(judged)


def main() -> None:
    judged = read_judged()
    print("| λ | log loss |\n|--:|--:|")
    for trust in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.37):
        print(f"| {trust} | {log_loss(judged, trust):.3f} |")
    print(f"\n| papers | claims | hold | confidence at λ = {LAMBDA} |\n|---|--:|--:|--:|")
    for low, high in SUPPORTS:
        some = [one for one in judged if low <= len(one.confidences) <= high]
        hold = sum(one.holds for one in some) / len(some)
        said = sum(one.confidence(LAMBDA) for one in some) / len(some)
        name = (
            str(low) if low == high else f"{low} and more" if high == 1000 else f"{low} to {high}"
        )
        print(f"| {name} | {len(some)} | {hold:.0%} | {said:.2f} |")


if __name__ == "__main__":
    main()
