"""Papers that are one: the same arXiv id or DOI, or the same title by the same first author.

What is not known contradicts nothing. One of the records gives text and findings, all give their
ids and what they know about the paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from networkx.utils import UnionFind

from kg.ids import digest, key, rank_of_id
from kg.model import Extraction, Paper


def unite_papers(extractions: Iterable[Extraction]) -> list[Extraction]:
    """Return one extraction a paper, sorted by its id.

    The text is that of a record that was extracted, then the longest, then that of least digest.
    """
    found = sorted(extractions, key=lambda one: one.paper.id)
    one_of: UnionFind[int] = UnionFind(range(len(found)))
    by_id: dict[str, int] = {}
    by_title: defaultdict[str, list[int]] = defaultdict(list)
    for number, extraction in enumerate(found):
        paper = extraction.paper
        for one in {paper.id, *paper.ids}:
            one_of.union(by_id.setdefault(one, number), number)
        if title := key(paper.title):
            by_title[title].append(number)
    for numbers in by_title.values():
        if len(numbers) > 1:
            for a, b in _same_papers([found[number].paper for number in numbers]):
                one_of.union(numbers[a], numbers[b])
    groups: defaultdict[int, list[Extraction]] = defaultdict(list)
    for number, extraction in enumerate(found):
        groups[one_of[number]].append(extraction)
    united = [group[0] if len(group) == 1 else _unite(group) for group in groups.values()]
    return sorted(united, key=lambda one: one.paper.id)


def _same_papers(papers: Sequence[Paper]) -> Iterable[tuple[int, int]]:
    """Yield pairs that are one, of papers with one title.

    A paper without an author, or without a year, joins where there is but one that it could be.
    """
    authors = [_first_author(paper) for paper in papers]
    if len(known := set(filter(None, authors))) == 1:
        authors = [*known] * len(papers)
    by_author: defaultdict[str, list[int]] = defaultdict(list)
    for number, author in enumerate(authors):
        by_author[author].append(number)
    for numbers in by_author.values():
        dated = [number for number in numbers if papers[number].year is not None]
        undated = [number for number in numbers if papers[number].year is None]
        dated.sort(key=lambda number: papers[number].year or 0)
        gaps = 0
        for a, b in pairwise(dated):
            if (papers[b].year or 0) - (papers[a].year or 0) <= 1:
                yield a, b
            else:
                gaps += 1
        yield from pairwise(undated)
        if dated and undated and not gaps:
            yield dated[0], undated[0]


def _first_author(paper: Paper) -> str:
    """Return the key of the first author's family name, or ''."""
    family, comma, _ = (*paper.authors, "")[0].partition(",")
    return key(family if comma else " ".join(family.split()[-1:]))


def _unite(group: Sequence[Extraction]) -> Extraction:
    papers = [one.paper for one in group]
    base = min(group, key=lambda one: (not one.extractor, *_fullness(one.paper)))
    ids = sorted({one for paper in papers for one in (paper.id, *paper.ids)}, key=rank_of_id)
    dated = [paper for paper in papers if paper.year is not None]
    first = min(dated, key=lambda p: (p.year, -len(p.published), p.published), default=base.paper)
    paper = replace(
        base.paper,
        id=ids[0],
        ids=tuple(ids),
        year=first.year,
        published=first.published,
        authors=max((p.authors for p in papers), key=lambda names: (len(names), names)),
        venue=max((p.venue for p in papers), key=lambda venue: (len(venue), venue)),
        url=_first(p.url for p in papers),
        citekey=_first(p.citekey for p in papers),
        source=_first(p.source for p in papers),
    )
    return replace(base, paper=paper)


def _fullness(paper: Paper) -> tuple[int, str, str]:
    return -len(paper.text), digest(paper.text), paper.id


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")
