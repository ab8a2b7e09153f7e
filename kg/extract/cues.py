"""Cue words: what stands between, before or about two mentions that are related.

In a pattern ``~`` is up to four plain words, ``X`` another mention, ``<a b>`` any word that
begins with one of these stems.
"""

import re
from typing import NamedTuple

from kg.model import RelationType

(
    USED_FOR,
    EVALUATED_ON,
    TRAINED_ON,
    PART_OF,
    SUBCLASS_OF,
    SUBTASK_OF,
    BENCHMARK_FOR,
    COMPARED_WITH,
) = RelationType

MASK = "\ufffc"
"""Stands for a mention between two others."""

_STEMS = re.compile(r"<([^>=!]+)>")


def _pattern(text: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """Return the pattern that is written in the short form of this module."""
    text = _STEMS.sub(lambda stems: rf"\b(?:{'|'.join(stems[1].split())})\w*", text)
    text = text.replace("~", r"(?:[\s\-][\w\-/']++){0,4}").replace("X", MASK)
    return re.compile(text, re.IGNORECASE if ignore_case else 0)


class Between(NamedTuple):
    """A relation that holds where all of the text between two mentions has this form."""

    rule: str
    relation: RelationType
    head_first: bool
    pattern: re.Pattern[str]


_DETERMINERS = "a an the our both various several many other different novel new"
_LISTED = (
    rf"\s+(?:(?:{'|'.join(_DETERMINERS.split())})\s+)?"
    r"(?:\(?X\)?\s*(?:,|;|and|or|, and|, or|as well as)\s*)*"
)
"""Before the second mention: a determiner, and mentions that are enumerated with it."""

HEAD, TAIL = "head first", "tail first"


def _between(relation: RelationType, name: str, order: str, pattern: str) -> Between:
    closed = pattern if pattern.endswith("$") else pattern + _LISTED
    return Between(f"{relation}: {name}", relation, order == HEAD, _pattern(closed))


BETWEEN: tuple[Between, ...] = (
    _between(USED_FOR, "for", HEAD, r"(?:\s\(X\))?~ for~"),
    _between(
        USED_FOR,
        "to solve",
        HEAD,
        r"~,?(?: that| which)?(?: \w+){0,3} (?:to )?<solv tackl address perform improv handl enabl "
        r"mitigat alleviat enhanc facilitat overcom learn achiev>~",
    ),
    _between(
        USED_FOR,
        "applied to",
        HEAD,
        r"~ <applied used employed adopted utili[sz]ed leveraged extended designed developed "
        r"successful>~ (?:to|in|for|on)~",
    ),
    _between(USED_FOR, "in", HEAD, r"~ in~"),
    _between(USED_FOR, "to", HEAD, r"~ to~"),
    _between(USED_FOR, "task using", TAIL, r"~ (?:using|via|with|by|through|based on)~"),
    _between(EVALUATED_ON, "on", HEAD, r"~ (?:on|in|across|over)~"),
    _between(
        EVALUATED_ON,
        "evaluated on",
        HEAD,
        r".*<evaluat test validat experiment result perform achiev outperform demonstrat "
        r"accuracy>~ (?:on|in|across|over|with|using)~",
    ),
    _between(
        EVALUATED_ON,
        "on data",
        TAIL,
        r".*<achiev outperform improv surpass reach show demonstrat>~",
    ),
    _between(TRAINED_ON, "trained on", HEAD, r".*<train fine-?tun pre-?train>~ (?:on|with|from)~"),
    _between(
        PART_OF,
        "uses",
        TAIL,
        r"~,?(?: which| that)? <us combin leverag integrat incorporat employ consist compris "
        r"utili[sz] unif contain includ adopt exploit coupl augment equip fus introduc "
        r"appl featur merg>~",
    ),
    _between(
        PART_OF, "based on", TAIL, r"~,? <based built build reli rely founded ground>~ (?:up)?on~"
    ),
    _between(PART_OF, "with", TAIL, r"~ (?:with|via|using|by|through|from)~"),
    _between(PART_OF, "into", HEAD, r"~ (?:into|in|within|for|as part of|inside)~"),
    _between(
        PART_OF, "-based", HEAD, r"-<based driven powered guided enabled augmented style>~\s$"
    ),
    _between(SUBCLASS_OF, "is a", HEAD, r"(?:\s\(X\))?,? (?:(?:which )?is |are )?(?:a|an|one of)~"),
    _between(
        SUBCLASS_OF,
        "variant of",
        HEAD,
        r".{0,30} <variant extension version generali[sz]ation type kind form class instance> "
        r"(?:of|to)~",
    ),
    _between(
        SUBCLASS_OF,
        "such as",
        TAIL,
        r"~,? \(?(?:such as|like|including|e\.g\.,?|namely|especially)~",
    ),
    _between(SUBCLASS_OF, "called", TAIL, r"~,? (?:called|named|dubbed|termed|,)~"),
    _between(
        SUBTASK_OF,
        "such as",
        TAIL,
        r"~,? \(?(?:such as|like|including|e\.g\.,?|i\.e\.,?|namely|especially)~",
    ),
    _between(SUBTASK_OF, "in", HEAD, r"~ (?:in|for|of|within)~"),
    _between(SUBTASK_OF, "is a", HEAD, r"(?:\s\(X\))?,? (?:is |are )?(?:a|an|one of)~"),
    _between(BENCHMARK_FOR, "for", HEAD, r".{0,60} (?:for|to|of|on|that)~"),
    _between(
        BENCHMARK_FOR, "task on data", TAIL, r".{0,40} (?:on|in|with|from|over|across|using)~"
    ),
    _between(
        BENCHMARK_FOR,
        "task benchmark",
        TAIL,
        r"~ <dataset benchmark corpus task challenge environment>~,?(?: such as| including|:)?~",
    ),
    _between(COMPARED_WITH, "outperforms", HEAD, r".{0,30}<outperform surpass exceed beat>~"),
    _between(COMPARED_WITH, "better than", HEAD, r".{0,80}\b(?:than|over|against)~"),
    _between(
        COMPARED_WITH,
        "compared with",
        HEAD,
        r".{0,80}(?:<compar> (?:to|with|against)|\bvs\.?|versus)~",
    ),
)


class Frame(NamedTuple):
    """A relation to the paper's own entity that holds where these words precede a mention.

    They stand in the same sentence; ``own_is_head`` says which end the own entity is.
    """

    rule: str
    relation: RelationType
    own_is_head: bool
    cue: re.Pattern[str]


OWN_HEAD, OWN_TAIL = "own head", "own tail"


def _frame(relation: RelationType, name: str, own: str, cue: str) -> Frame:
    pattern = _pattern(cue, ignore_case=True)
    return Frame(f"{relation}: own, {name}", relation, own == OWN_HEAD, pattern)


FRAMES: tuple[Frame, ...] = (
    _frame(
        USED_FOR, "for", OWN_HEAD, r"\bfor\b|\bto <solv tackl address perform improv handl learn>"
    ),
    _frame(USED_FOR, "problem", OWN_HEAD, r"<problem task challeng> (?:of|in)\b[^,;]*$"),
    _frame(USED_FOR, "any", OWN_HEAD, r""),
    _frame(
        EVALUATED_ON,
        "evaluate",
        OWN_HEAD,
        r"<evaluat experiment result test validat outperform achiev perform demonstrat improv "
        r"benchmark dataset>",
    ),
    _frame(EVALUATED_ON, "any", OWN_HEAD, r""),
    _frame(
        TRAINED_ON, "train", OWN_HEAD, r"<train pre-?train fine-?tun>.{0,30} (?:on|with|from)\b"
    ),
    _frame(
        PART_OF,
        "uses",
        OWN_TAIL,
        r"<us combin leverag integrat incorporat employ consist compris utili[sz] unif adopt "
        r"exploit appl build built introduc propos>",
    ),
    _frame(PART_OF, "with", OWN_TAIL, r"\b(?:with|via|using|through|by|based on|from)\b[^,;]*$"),
    _frame(PART_OF, "any", OWN_TAIL, r""),
    _frame(
        SUBCLASS_OF,
        "extends",
        OWN_HEAD,
        r"(?:<extend generali[sz] variant extension version type class kind form>"
        r"|\ba (?:new|novel)\b)[^,;]*$",
    ),
    _frame(
        COMPARED_WITH,
        "outperforms",
        OWN_HEAD,
        r"<outperform surpass exceed>|\b(?:better than|superior to)\b|<improv> (?:over|upon)\b",
    ),
    _frame(
        COMPARED_WITH,
        "compare",
        OWN_HEAD,
        r"<compar baseline unlike than against versus vs contrast prior previous existing "
        r"traditional conventional>",
    ),
    _frame(BENCHMARK_FOR, "any", OWN_HEAD, r""),
)

FAVOURED = frozenset({"COMPARED_WITH: outperforms", "COMPARED_WITH: better than"})
"""Rules that say that the head is the better one; frames of these names do too."""

NEGATION = re.compile(
    r"\b(?:not(?! only)|cannot|never|without|fail(?:s|ed)? to|unable to|neither|nor|instead of|"
    r"rather than|no longer)\b|n['’]t\b"
)
HEDGE = re.compile(r"\b(?:may|might|could|potentially|possibly|perhaps|presumably)\b")

PROPOSE = _pattern(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|article|study|thesis)|[Oo]ur (?:paper|work)|[Tt]he paper)\b"
    r"[^.;]{0,40}?<propos present introduc develop describ design releas creat construct contribut "
    r"formulat devis build built>"
)
"""Says that the paper offers something; what it is, follows."""

STOPS_PROPOSING = _pattern(
    r"[,;:(]|\b(?:for|to|of|that|which|using|with|via|based|by|on|in|from|and|as|where)\b"
)
"""Ends the words that say what is proposed."""

CALLED = _pattern(r"(?:<call nam dub term coin>|\bi\.e\.,?)[^.;,]{0,10}$")
"""Before the name of what a sentence proposes."""

OWN = _pattern(r"\b(?:[Oo]ur|[Tt]he proposed|[Tt]he introduced) (?:\w+ )?$")
"""Directly before the paper's own entity."""
