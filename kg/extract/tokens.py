"""Tokens so fine that every stretch of whole words begins and ends at one."""

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class Tokenizer:
    """Makes words, single signs and white space the tokens of a document.

    >>> [token.text for token in Tokenizer(Vocab())("GPT-4's  score")]
    ['GPT', '-', '4', "'", 's', ' ', 'score']
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document; its text is the text."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            rest = token
            if token[0] == " " and words and not words[-1].isspace():
                spaces[-1] = True
                rest = token[1:]
            if rest:
                words.append(rest)
                spaces.append(False)
        return Doc(self._vocab, words=words, spaces=spaces)
