"""Random small graphs, for laws that must hold for every graph."""

from hypothesis import strategies as st

from kg import schema
from kg.assemble import assemble
from kg.lexicon import Lexicon
from kg.model import Extraction, Graph, RelationType
from tests.build import D, M, T, extraction, paper

THINGS = {
    "m1": (M, "Go-Explore"),
    "m2": (M, "𝔽-GAN"),
    "m3": (M, "PPO"),
    "t1": (T, "control"),
    "t2": (T, "O'Reilly's task"),
    "d1": (D, "Atari"),
    "d2": (D, "MuJoCo"),
}
CONFIDENCES = st.integers(50, 1000).map(lambda n: n / 1000)
ODD = st.text(alphabet="ab \"'\\;\n\u2028é😀$%", max_size=8)


@st.composite
def _papers(draw: st.DrawFn, number: int) -> Extraction:
    present = draw(st.lists(st.sampled_from(sorted(THINGS)), min_size=1, unique=True))
    pairs = [
        (a, relation, b)
        for a in present
        for b in present
        for relation in RelationType
        if a != b and schema.fits(THINGS[a][0], relation, THINGS[b][0])
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True)) if pairs else []
    title = " | ".join(THINGS[one][1] for one in present) + draw(ODD)
    year = draw(st.none() | st.integers(2018, 2020))
    return extraction(
        paper(f"p:{number}", title, draw(ODD), year=year),
        {one: (THINGS[one][0], (THINGS[one][1],)) for one in present},
        [(a, relation, b, draw(CONFIDENCES)) for a, relation, b in chosen],
        proposed={one: draw(CONFIDENCES) for one in present if draw(st.booleans())},
        negated=draw(st.integers(0, 4)) == 0,
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw a graph of up to six papers."""
    found = [draw(_papers(number)) for number in range(draw(st.integers(1, 6)))]
    return assemble(found, Lexicon(), claim_threshold=draw(st.sampled_from([0.0, 0.3]))).graph
