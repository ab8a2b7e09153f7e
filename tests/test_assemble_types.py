"""One type for a name where nearly all agree; and what follows from claims."""

import pytest

from kg.assemble import assemble
from kg.assemble.closure import close
from kg.lexicon import Lexicon
from kg.model import Claim, EntityType, Extraction, RelationType
from tests.build import M, T, extraction, paper


def speaks(number: int, kind: EntityType) -> Extraction:
    return extraction(paper(f"p{number}", f"GAN {number}"), {"g": (kind, ("GAN",))}, [])


@pytest.mark.parametrize(
    ("methods", "tasks", "expected"),
    [
        (4, 1, {"method/gan": 5}),
        (3, 1, {"method/gan": 3, "task/gan": 1}),
        (4, 2, {"method/gan": 4, "task/gan": 2}),
    ],
)
def test_a_name_has_the_type_that_four_in_five_papers_give_it(
    methods: int, tasks: int, expected: dict[str, int]
) -> None:
    found = [speaks(n, M) for n in range(methods)] + [speaks(9 + n, T) for n in range(tasks)]
    graph = assemble(found, Lexicon(), claim_threshold=0).graph
    assert {e.id: e.n_papers for e in graph.entities} == expected
    if len(expected) == 2:
        assert [e.homonyms for e in graph.entities] == [("task/gan",), ("method/gan",)]
    else:
        assert [e.homonyms for e in graph.entities] == [()]


def claim(a: str, b: str, confidence: float = 0.9) -> Claim:
    return Claim(
        id=f"{a}{b}",
        subject=a,
        relation=RelationType.SUBCLASS_OF,
        object=b,
        support=1,
        confidence=confidence,
        first_year=None,
        last_year=None,
    )


def test_what_follows_is_inferred_and_as_sure_as_its_way() -> None:
    said = [claim("a", "b"), claim("b", "c", 0.8), claim("c", "d", 0.5)]
    inferred, cycles = close(said, [], 0.4)
    assert {(c.subject, c.object): c.confidence for c in inferred} == {
        ("a", "c"): 0.72,
        ("b", "d"): 0.4,
    }
    assert all(c.inferred and c.support == 0 for c in inferred)
    assert cycles == ()


def test_nothing_follows_from_what_goes_round() -> None:
    said = [claim("a", "b"), claim("b", "c"), claim("c", "a"), claim("a", "d"), claim("d", "e")]
    inferred, (cycle,) = close(said, [], 0.1)
    assert [(c.subject, c.object) for c in inferred] == [("a", "e")]
    assert str(cycle) == "SUBCLASS_OF goes round: a → b (says ) → c (says ) → a (says )"
