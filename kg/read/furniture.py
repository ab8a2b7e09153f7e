"""What stands on a page beside titles and abstracts, and how much a short paragraph is a title."""

import re

TITLE_WORDS = 40

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_COUNT = r"\W*\d[\d.,]*\s*[kKmM]?\W*"
_COUNTED = r"""(?:citations?|pages?|comments?|upvotes?|likes?|views?|stars?|forks?|downloads?|
    references?|results?|papers?|figures?|tables?|authors?|min|minutes?|hours?|days?|weeks?|
    months?|years?)"""

FURNITURE = re.compile(
    rf"""
      {_COUNT}                                                  # 128    1.2k
    | {_COUNT}{_COUNTED}\b.{{0,60}}                             # 12 pages, 5 figures
    | an?\ (?:minute|hour|day|week|month|year)\ ago
    | (?:{_DAY},?\s+)?(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}})?(?:,?\s+\d{{4}})?  # Mar 11, 2025
    | (?:\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}})
    | (?:last\ )?(?:published|submitted|updated|posted|accepted|revised)\ (?:on|by|to|at|in|\d).*
    | (?-i:by\s?[A-Z@]).*                                       # byAK and the community
    | (?:view|read|open|download|show|see|get|load|browse|expand|hide)\s+(?:[io]n\s|the\s)?
      (?:full|more|less|all|pdf|html|arxiv|page|papers?|abstract|code|details|article|source|
      project|github|text|comments|bibtex|citations?|app|browser)(?:\s\S+){{0,2}}
    | (?:log|sign)[\ -]?(?:in|up|out)\b(?:\s\S+){{0,6}}
    | (?:subscribe|unsubscribe)\b(?:\s\S+){{0,6}}
    | .{{0,60}}\b(?:your\ (?:e-?mail|inbox)|newsletter)\b.{{0,60}}
    | (?:welcome|skip)\ to\b.{{0,60}}
    | (?:follow|share|upvote|cite|like|save|export|copy)
      (?:\s(?:us|this|it|on|as|by|to|citation|bibtex|link|paper)(?:\s\S+){{0,4}})?
    | (?:github|arxiv|pdf|html|code|project\ page|comments?|menu|search|home|new|top|trending|
      papers?|abstract|summary|introduction|models?|datasets?|docs|about|blog|contact|help|next|
      previous|back|more|tags|bibtex|references|supplementary|poster|slides|video|privacy|terms)
      (?:\s{_COUNT})?\W*                                        # GitHub 1.2k
    | (?:authors?|comments?|subjects?|keywords?|key\ words|index\ terms|journal\ ref(?:erence)?|
      cite\ as|(?:related\ )?doi|affiliations?|venue|categor(?:y|ies)|license|tl;?\s?dr|tags?|
      topics?|editors?|published|submitted)\s*:.*
    | (?:©|\(c\)|copyright\ (?:©|\(c\)|\d)).*
    | arxiv:\s*\d.{{0,80}}
    | \[.*\]                                                    # [Submitted on 30 Jan]
    | (?:\S+\s+){{0,3}}\S*(?:https?://|www\.)\S+(?:\s+\S+){{0,2}}    # an address
    | (?:\S+\s+){{0,5}}\S+@\S+\.\S+(?:\s+\S+){{0,5}}            # e-mail
    | .{{0,200}}\((?:cs|stat|math|eess|econ|physics|q-bio|q-fin)\.[\w-]+\).{{0,200}}
    | .{{0,60}}\s[>»›]\s.{{0,60}}                               # Home > Papers
    | \W*
    """,
    re.VERBOSE | re.IGNORECASE,
)
BLURB = re.compile(
    r"\b(?:cookies?|privacy policy|terms of (?:use|service)|all rights reserved|newsletter|sign up|"
    r"log in|subscribe|your|browser)\b",
    re.IGNORECASE,
)
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|la|le|el|al|bin|ibn|ter)"
_NAME = rf"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:{_PARTICLE}\s+)*[A-ZÀ-Þ][\w.’'-]*){{1,3}}[\d*†‡]*"
_AUTHORS = re.compile(
    rf"{_NAME}(?:\s*(?:,|;|·|&|\band\b)\s*(?:and\s+)?{_NAME})+(?:\s*,?\s*(?:et al\.?|and others))?"
)
_ONE_NAME = re.compile(_NAME)
_NO_NAME = re.compile(
    r"(?:\w{3,}ing|[st]ions?|ments?|ity|ics|isms?|works?|models?|agents?|data|deep|neural|policy)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|·|&|\band\b)\s*")
_SUBJECT = re.compile(
    r"artificial intelligence|computation and language|machine learning|robotics|sound|"
    r"computer vision and pattern recognition|information retrieval|multiagent systems|"
    r"neural and evolutionary computing|human-computer interaction|cryptography and security|"
    r"computers and society|data structures and algorithms|social and information networks|"
    r"software engineering|databases|graphics|systems and control|optimization and control|"
    r"(?:audio and speech|image and video|signal) processing|statistics theory|methodology",
    re.IGNORECASE,
)
"""What archives call their shelves; a shelf's name can be a title, but rarely is one."""

_PLACE = re.compile(r"\b(?:University|Institute|Department|Laborator(?:y|ies)|Proceedings)\b")


def is_furniture(text: str) -> bool:
    """Say whether a paragraph is part of the site and never of a paper.

    >>> [is_furniture(text) for text in ("Mar 11", "byAK and others", "GitHub 1.2k", "View PDF")]
    [True, True, True, True]
    >>> [is_furniture(text) for text in ("Open Information Extraction", "Bytes Are Enough", "")]
    [False, False, True]
    """
    blurbs = {found.lower() for found in BLURB.findall(text)}
    return bool(FURNITURE.fullmatch(text)) or len(blurbs) > 1


def title_score(text: str) -> int:
    """Return how much a paragraph is a title: 0 not at all, 1 at need, 2 short, 3 in full.

    >>> [title_score(text) for text in ("Search", "Ann Lee", "Soft Pruning", "On the Art of Cuts")]
    [0, 1, 2, 3]
    """
    words = text.split()
    if is_furniture(text) or len(words) > TITLE_WORDS or is_list_of_names(text):
        return 0
    unlike = text.endswith((".", ",", ";")) or text[:2].islower() or _PLACE.search(text)
    if unlike or len(words) == 1 or _SUBJECT.fullmatch(text) or _are_names(text):
        return 1
    return 3 if len(words) > 2 or ":" in text else 2


def is_list_of_names(text: str) -> bool:
    """Say whether these are three authors or more and nothing else; two may be a title.

    >>> is_list_of_names("Ann Lee, Bo van Dyk and C. Browning"), is_list_of_names("Ann Lee, Bo Dyk")
    (True, False)
    """
    return _are_names(text) and len(_BETWEEN.split(text)) > 2


def _are_names(text: str) -> bool:
    if not (_ONE_NAME.fullmatch(text) or _AUTHORS.fullmatch(text)):
        return False
    names = [name for name in _BETWEEN.split(text) if name]
    return 2 * sum(bool(_NO_NAME.search(name)) for name in names) <= (len(names) > 1) * len(names)
