"""Identity: the key under which two names are one, digests, and the ids of papers.

Nothing here depends on a clock, on chance or on order; an id that changes is a breaking change.
"""

import hashlib
import re
import unicodedata

DIGEST_LENGTH = 20

ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
ARXIV_OLD = r"[a-z-]+(?:\.[a-z]{2})?/\d{7}"
_ARXIV = re.compile(
    rf"(?:arxiv:\s*|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|"
    rf"(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)?"
    rf"(?:({ARXIV_NEW})|({ARXIV_OLD}))(?:v\d+)?(?:\.pdf)?/?(?:#.*)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.|www\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

_ACCENTS = dict(
    zip(
        "`'^\"~=.uvHckbdr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0328\u0331\u0323\u030a",
        strict=True,
    )
)
_ACCENT = re.compile(r"\\(?:([`'^\"~=.])\s*|([uvHckbdr])(?=[{\s])\s*)\{?\\?([A-Za-z])\}?")
_COMMAND_WITH_TEXT = re.compile(r"\\[A-Za-z]+\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_HYPHEN = re.compile(r"-(?!\d)|(?<!\d)-")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_LETTER = r"[^\W\d_]"
_BORDER = re.compile(rf"(?<={_LETTER})-(?=v?\d)|(?<=\d)-(?={_LETTER})")
_ACCENTED = re.compile(r"(?<=[A-Za-z])[\u0300-\u036f]+")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")
_SINGULAR_IN_S = ("ss", "us", "is", "series", "species", "lens", "bias", "atlas", "canvas")
_IRREGULAR = {
    "analyses": "analysis",
    "biases": "bias",
    "corpora": "corpus",
    "hypotheses": "hypothesis",
    "indices": "index",
    "lenses": "lens",
    "matrices": "matrix",
    "syntheses": "synthesis",
    "vertices": "vertex",
    "viruses": "virus",
}


def digest(*parts: str) -> str:
    """Return the first 20 hex digits of SHA-256 over the length-prefixed UTF-8 parts.

    >>> digest("a", "bc") != digest("ab", "c")
    True
    >>> digest("paper", "method")
    'afa9a73ea607c8ce4426'
    """
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(f"{len(data)}:".encode())
        state.update(data)
    return state.hexdigest()[:DIGEST_LENGTH]


def key(name: str) -> str:
    r"""Return the form under which names are one thing; empty where nothing is left.

    Case, LaTeX, accents, hyphens, the border of letters and digits and the plural of the last word
    do not count; versions, sizes, Greek letters and ``+ # *`` do.

    >>> key("Go-Explore"), key("go explore"), key("GPT-3"), key("GPT 3"), key("GPT-3.5")
    ('go-explore', 'go-explore', 'gpt3', 'gpt3', 'gpt3.5')
    >>> key("Graph Neural Networks"), key("LLMs"), key("C++"), key(r"$\beta$-VAE"), key("A*")
    ('graph-neural-network', 'llm', 'c++', 'β-vae', 'a*')
    """
    text = unicodedata.normalize("NFKC", _unwrap_latex(name)).translate(_APOSTROPHES)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTED.sub("", unicodedata.normalize("NFD", text)))
    words = _words(text)
    if not words:
        return ""
    words[-1] = _singular(words[-1])
    joined = unicodedata.normalize("NFKC", "-".join(words).casefold())
    return _BORDER.sub("", joined)


def compact(name_key: str) -> str:
    """Return a key without its hyphens, but for those that part two numbers.

    >>> compact("vq-vae"), compact("pre-trained-model"), compact("gpt3-5")
    ('vqvae', 'pretrainedmodel', 'gpt3-5')
    """
    return _HYPHEN.sub("", name_key)


def entity_id(entity_type: str, name_key: str) -> str:
    """Return the id of an entity: its type and its key.

    >>> entity_id("Method", "go-explore")
    'method/go-explore'
    """
    return f"{entity_type.lower()}/{name_key}"


def arxiv_id(text: str) -> str:
    """Return ``arxiv:…`` without a version if the text is an arXiv id, address or DOI, else ''.

    >>> arxiv_id("https://arxiv.org/abs/1901.10995v4"), arxiv_id("cs/0112017"), arxiv_id("2021.1")
    ('arxiv:1901.10995', 'arxiv:cs/0112017', '')
    """
    found = _ARXIV.fullmatch(text.strip())
    if not found:
        return ""
    archive, slash, number = (found[1] or found[2]).rpartition("/")
    return f"arxiv:{archive.lower().split('.')[0]}{slash}{number}"


def doi_id(text: str) -> str:
    """Return ``doi:…`` in lower case if the text is a DOI or its address, else ''.

    >>> doi_id("https://doi.org/10.1109/IROS.2012.6386109")
    'doi:10.1109/iros.2012.6386109'
    """
    found = _DOI.fullmatch(text.strip())
    return f"doi:{found[1].lower()}" if found else ""


def paper_ids(*, own_id: str, arxiv: str, doi: str, url: str, stem: str, title: str) -> list[str]:
    """Return all ids of a paper, the one that it goes by first.

    In this order: arXiv id, DOI, the input's own id where it has a scheme, the file's stem with the
    input's own id, and the digest of the title's key where there is nothing else.

    >>> paper_ids(own_id="smith20", arxiv="", doi="", url="", stem="refs", title="On X")
    ['refs#smith20']
    >>> paper_ids(own_id="pmlr:v48/x", arxiv="1901.10995", doi="", url="", stem="a", title="On X")
    ['arxiv:1901.10995', 'pmlr:v48/x']
    """
    arxiv_ids = [arxiv_id(text) for text in (arxiv, own_id, doi, url)]
    doi_ids = [doi_id(text) for text in (doi, own_id, url) if not arxiv_id(text)]
    found = [one for one in arxiv_ids + doi_ids if one]
    if own_id and _SCHEME.fullmatch(own_id):
        if not (arxiv_id(own_id) or doi_id(own_id)):
            found.append(own_id)
    elif own_id and not found:
        found.append(f"{stem}#{own_id}")
    if not found:
        found.append("text:" + digest(key(title) or title))
    return list(dict.fromkeys(found))


def rank_of_id(one: str) -> tuple[int, str]:
    """Order the ids of a paper, the one that it goes by first.

    >>> sorted(["refs#a", "pmlr:v48/x", "doi:10.1/x", "arxiv:1901.10995"], key=rank_of_id)
    ['arxiv:1901.10995', 'doi:10.1/x', 'pmlr:v48/x', 'refs#a']
    """
    kinds = ("arxiv:", "doi:")
    rank = next((n for n, kind in enumerate(kinds) if one.startswith(kind)), len(kinds))
    if rank == len(kinds):
        rank += 2 if one.startswith("text:") else not _SCHEME.fullmatch(one) or "#" in one
    return rank, one


def _unwrap_latex(text: str) -> str:
    if "\\" in text:
        text = _ACCENT.sub(lambda found: found[3] + _ACCENTS[found[1] or found[2]], text)
        while (unwrapped := _COMMAND_WITH_TEXT.sub(r"\1", text)) != text:
            text = unwrapped
        text = _COMMAND.sub(_greek, text)
    return text.replace("$", "").replace("{", "").replace("}", "")


def _greek(command: re.Match[str]) -> str:
    size = "CAPITAL" if command[1][0].isupper() else "SMALL"
    name = command[1].upper().replace("LAMBDA", "LAMDA")  # so Unicode spells it
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name}")
    except KeyError:
        return " "


def _words(text: str) -> list[str]:
    """Split at everything that is no letter, mark, digit, ``+ # *`` or dot between digits."""
    kept = []
    for i, char in enumerate(text):
        inner_dot = char == "." and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        wanted = char in "+#*" or inner_dot or unicodedata.category(char)[0] in "LMN"
        kept.append(char if wanted else " ")
    return "".join(kept).split()


def _singular(word: str) -> str:
    if _PLURAL_ACRONYM.fullmatch(word):
        return word[:-1]
    low = word.casefold()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if word.isupper() or len(low) < 4 or not low.endswith("s") or low.endswith(_SINGULAR_IN_S):
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]
