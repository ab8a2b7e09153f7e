"""Where a paper can be read: an address that is safe to click, or none."""

from urllib.parse import quote, urlsplit

from kg.model import Paper

_PLACES = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}


def link(paper: Paper) -> str:
    """Return the paper's http(s) address, else that of its arXiv id or DOI, else ''.

    >>> link(Paper(id="arxiv:1901.10995", title="Go-Explore", url="javascript:alert(1)"))
    'https://arxiv.org/abs/1901.10995'
    >>> link(Paper(id="refs#x", title="On X", url="https://example.org/x"))
    'https://example.org/x'
    """
    if _is_web(paper.url):
        return paper.url
    for one in (paper.id, *paper.ids):
        scheme, _, rest = one.partition(":")
        if rest and scheme in _PLACES:
            return _PLACES[scheme] + quote(rest, safe="/():;,.-_~", errors="replace")
    return ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
