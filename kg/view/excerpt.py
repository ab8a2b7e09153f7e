"""A paper's text as the page holds it, and where the graph's offsets lie in it.

Python counts code points and JavaScript UTF-16 units: an emoji or a mathematical letter is one
there and two here, so every offset that leaves for the page is converted.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from kg.model import Paper, Span

GAP = " … "


class Excerpt:
    """The title and, of the abstract, all or only the sentences that are quoted.

    >>> paper = Paper(id="p", title="𝔽-GAN", abstract="We add 𝔽. It helps. Much work is left.")
    >>> excerpt = Excerpt(paper, [Span(6, 15)])
    >>> excerpt.abstract, excerpt.at(Span(13, 14)), excerpt.at(Span(26, 30))
    ('We add 𝔽. …', (14, 16), None)
    """

    def __init__(self, paper: Paper, keep: Iterable[Span] | None = None) -> None:
        """Keep the whole text, or the title and the stretches of ``keep``."""
        text, title_end = paper.text, len(paper.title) + 1
        self.whole = keep is None
        self._kept = [Span(0, len(text))] if keep is None else _joined(keep, title_end)
        self._shifts, shown, end = list[int](), "", 0
        for span in self._kept:
            shown += _gap(text[end : span.start])
            self._shifts.append(len(shown) - span.start)
            shown += span.of(text)
            end = span.end
        shown += _gap(text[end:]).rstrip()
        self.title, self.abstract = paper.title, shown[title_end:]
        astral = max(shown) > "\uffff"
        self._units = [0, *accumulate(1 + (c > "\uffff") for c in shown)] if astral else None

    def at(self, span: Span) -> tuple[int, int] | None:
        """Return the span in UTF-16 units of title, line feed and abstract; None if left out."""
        place = bisect_right(self._kept, span.start, key=lambda kept: kept.start) - 1
        if place < 0 or span.start >= span.end or span.end > self._kept[place].end:
            return None
        start, end = (offset + self._shifts[place] for offset in span)
        return (self._units[start], self._units[end]) if self._units else (start, end)


def _gap(left_out: str) -> str:
    return GAP if left_out.strip() else left_out


def _joined(spans: Iterable[Span], title_end: int) -> list[Span]:
    joined = [Span(0, title_end)]
    for span in sorted(spans):
        if span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
