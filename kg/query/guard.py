"""Refuse what is no plain reading statement before it reaches a store."""

import re

from kg.errors import QueryError

_OPAQUE = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|`(?:[^`]|``)*`|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL
)
_WORD = re.compile(r"(?<![\w$.:|&!])[A-Za-z]+(?!\w)")
_PROCEDURE = re.compile(r"\bCALL\s+(?P<name>[A-Za-z_][\w.]*)", re.IGNORECASE)
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
WRITING = re.compile(
    "ALTER|COPY|CREATE|DELETE|DENY|DETACH|DROP|FOREACH|GRANT|INSERT|LOAD|MERGE|REMOVE|RENAME|"
    "REVOKE|SET|START|STOP|TERMINATE|TRANSACTIONS|USE",
    re.IGNORECASE,
)
READING_PROCEDURES = frozenset(
    ("db.labels", "db.relationshiptypes", "db.propertykeys", "db.index.fulltext.querynodes")
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
    for word in filter(WRITING.fullmatch, _WORD.findall(bare)):
        raise QueryError(f"the query writes ({word.upper()}); kg query only reads")
    for procedure in _PROCEDURE.finditer(bare):
        if procedure["name"].lower() not in READING_PROCEDURES:
            raise QueryError(f"the query calls {procedure['name']}; kg query only reads")
    if ";" in bare.strip().rstrip(";"):
        raise QueryError("the query holds several statements; give them one at a time")
    if not bare.strip(" \t\r\n;"):
        raise QueryError("the query is empty")
