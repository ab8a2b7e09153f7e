"""Refuse what is no plain reading statement before it reaches a store."""

import re

from kg.errors import QueryError

_OPAQUE = re.compile(
    r"//[^\r\n]*|/\*.*?(?:\*/|\Z)|`(?:[^`]|``)*`|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"",
    re.DOTALL,
)
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
_WRITING = re.compile(
    # not in a name, a label, a property or a parameter, and no alias; it may stand after a number
    r"(?<![^\W\d])(?<![$.:|&!])(?<!\bAS )"
    r"(CREATE|DELETE|DETACH|DROP|FOREACH|INSERT|LOAD\s+CSV|MERGE|REMOVE|SET|TRANSACTIONS)"
    # no variable either
    r"(?!\w)(?!\s*(?:[.:=,)\]}<>]|\Z))",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"\W*(ALTER|COPY|DENY|DRYRUN|ENABLE|GRANT|RENAME|REVOKE|SHOW|START|STOP|TERMINATE|USE)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"\bCALL\s+(?P<name>`|[A-Za-z_][\w.]*)", re.IGNORECASE)
_READING_PROCEDURE = re.compile(
    r"db\.(?:labels|relationshiptypes|propertykeys|schema\.\w+|index\.fulltext\.query\w+)",
    re.IGNORECASE,
)


def check_read_only(cypher: str) -> None:
    r"""Raise QueryError unless the text is one reading statement.

    Strings, comments and names in backticks may hold anything. A server may decode ``\uXXXX``
    before it reads a statement, so that the text is checked as it is and decoded.

    >>> check_read_only("MATCH (n:Method) WHERE n.name = 'SET' RETURN n.name AS name")
    >>> check_read_only("MATCH (n:Method) SET n.name = ''")
    Traceback (most recent call last):
    kg.errors.QueryError: the query writes (SET); kg query only reads
    """
    for text in {cypher, _UNICODE_ESCAPE.sub(lambda code: chr(int(code[1], 16)), cypher)}:
        _check(_OPAQUE.sub(lambda found: "``" if found[0][0] in "`'\"" else " ", text))


def _check(bare: str) -> None:
    flat = re.sub(r"\bAS\s+", "AS ", bare, flags=re.IGNORECASE)
    writing = _WRITING.search(flat) or _COMMAND.match(flat)
    if writing:
        raise QueryError(f"the query writes ({writing[1].upper()}); kg query only reads")
    for procedure in _PROCEDURE.finditer(bare):
        if not _READING_PROCEDURE.fullmatch(procedure["name"]):
            raise QueryError(f"the query calls {procedure['name']}; kg query only reads")
    if ";" in bare.strip().rstrip(";"):
        raise QueryError("the query holds several statements; give them one at a time")
    if not bare.strip(" \t\r\n;"):
        raise QueryError("the query is empty")
