r"""The text that LaTeX prints, as far as reference managers write LaTeX into a field.

Nothing but markup is lost: mathematics and commands that are not known stay as written.
"""

import re
import unicodedata
from functools import cache
from typing import Any, cast

from pylatexenc.latex2text import get_default_latex_context_db

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_SYMBOLS = {
    "---": "—", "--": "–", "``": "“", "''": "”", "~": " ",
    "\\ ": " ", "\\,": " ", "\\;": " ", "\\:": " ", "\\\\": " ", "\\\n": " ",
    "\\!": "", "\\-": "", "\\/": "", "\\@": "",
}  # fmt: skip
_WORDS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "sqrt": "√", "item": "•",
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "textunderscore": "_", "textbackslash": "\\", "textbeta": "β", "newline": " ",
    "par": " ", "linebreak": " ", "quad": " ", "qquad": " ", "slash": "/", "SS": "SS",
}  # fmt: skip
_SILENT = frozenset((
    "bf", "bfseries", "em", "emph", "end", "enquote", "ensuremath", "it", "itshape", "large",
    "mathrm", "mbox", "mdseries", "normalfont", "relax", "rm", "rmfamily", "sc", "scshape",
    "sf", "sffamily", "sl", "small", "text", "textbf", "textit", "textmd", "textnormal",
    "textrm", "textsc", "textsf", "textsl", "textsubscript", "textsuperscript", "texttt",
    "textup", "tt", "ttfamily", "uline", "underline", "upshape",
))  # fmt: skip
"""Commands that change how a text looks and print nothing themselves."""

_LATEX = re.compile(r"[\\{}~]|--|``|''")
_TOKEN = re.compile(
    r"""
      (?P<math>\$\$[^$]*\$\$ | \$(?:[^$\\]|\\.)*\$ | \\\(.{0,999}?\\\) | \\\[.{0,999}?\\\])
    | \\(?P<accent>[`'^~=."]|[uvHtcdbrk](?![A-Za-z]))\s*
      (?:\{\s*(?P<braced>\\[ij](?![A-Za-z])|[^\W\d_])? | (?P<bare>\\[ij](?![A-Za-z])|[^\W\d_]))
    | \\(?:url|path)\s*\{(?P<address>[^{}]*)\}
    | \\href\s*\{[^{}]*\}
    | \\(?:textcolor|color)\s*\{[^{}]*\}
    | \\(?:begin|end|label)\s*\{[^{}]*\}
    | \\verb(?P<mark>[|!+])(?P<verbatim>.*?)(?P=mark)
    | \\(?P<word>[A-Za-z]+)(?P<star>\*?)(?P<space>\s*)(?P<argument>\{\s*\}|(?=\{))?
    | (?P<symbol>\\. | --- | -- | `` | '' | ~ )
    | [{}]
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\([_%&#$~])")


def decode(latex: str) -> str:
    r"""Return the text that LaTeX prints, on one line; mathematics stays as written.

    >>> decode(r"G{\"o}del \& {BERT} at 5% --- with $\beta$-VAE, \emph{not}~\ours{}")
    'Gödel & BERT at 5% — with $\\beta$-VAE, not \\ours'
    """
    if _LATEX.search(latex):
        latex = _TOKEN.sub(_printed, latex)
    return " ".join(latex.split())


def decode_address(latex: str) -> str:
    r"""Return an address or a DOI without what protects its characters.

    >>> decode_address(r"https://a.b/{\textasciitilde}me/c\_d"), decode_address("https://a.b/~me")
    ('https://a.b/~me/c_d', 'https://a.b/~me')
    """
    plain = re.sub(r"\\textasciitilde\s*|\\~\{\}", "~", latex)
    return _ESCAPED.sub(r"\1", plain).replace("{", "").replace("}", "").strip()


def _printed(token: re.Match[str]) -> str:
    if token["math"]:
        return token["math"]
    if token["accent"]:
        return _accented(token)
    if token["word"]:
        return _word(token)
    if token["symbol"]:
        return _SYMBOLS.get(token["symbol"], token["symbol"][-1])
    return _ESCAPED.sub(r"\1", token["address"] or "") or token["verbatim"] or ""


def _accented(token: re.Match[str]) -> str:
    """Return the letter with its accent; the brace that is left open is dropped where it ends."""
    letter = (token["braced"] or token["bare"] or "").removeprefix("\\")
    if letter:
        return unicodedata.normalize("NFC", letter + _ACCENTS[token["accent"]])
    return "" if token["accent"].isalpha() else token["accent"]


def _word(token: re.Match[str]) -> str:
    name, space = token["word"], token["space"]
    if name in _SILENT:
        return ""
    printed = _WORDS.get(name) or _symbols().get(name)
    if printed is None:
        # A name with an argument marks it up; one that stands alone is all there is.
        return "" if token["argument"] == "" else f"\\{name}{token['star']}{space}"
    is_letter = printed.isalpha() and len(name) <= 2
    return printed if is_letter or name == "textbackslash" else printed + space


@cache
def _symbols() -> dict[str, str]:
    """Return the commands that print one character, by their names."""
    specs = cast("Any", get_default_latex_context_db()).iter_macro_specs()
    printed = ((spec.macroname, spec.simplify_repl) for spec in specs)
    return {name: one for name, one in printed if isinstance(one, str) and len(one) == 1}
