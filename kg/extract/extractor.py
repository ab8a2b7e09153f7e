"""What an extractor is, and how one is had by name."""

from typing import Protocol

from kg.errors import ExtractError
from kg.model import Extraction, Paper

MODELS = ("rules",)


class Extractor(Protocol):
    """What reads a paper; equal digests give equal extractions of equal papers.

    ``threshold`` is the confidence from which relations and proposed flags are reported (best F1),
    ``claim_threshold`` the one from which claims stand in the graph.
    """

    digest: str
    threshold: float
    claim_threshold: float

    def __call__(self, paper: Paper) -> Extraction:
        """Extract from one paper."""
        ...


def check_model(model: str) -> None:
    """Raise ExtractError where no extractor has that name."""
    if model not in MODELS:
        raise ExtractError(f"no model is called {model!r}: choose one of {', '.join(MODELS)}")


def load_extractor(model: str) -> Extractor:
    """Return the extractor of that name."""
    check_model(model)
    from kg.extract.rules import Rules  # noqa: PLC0415 - spaCy is loaded only when it is needed
    from kg.lexicon import read_lexicon  # noqa: PLC0415

    return Rules(read_lexicon())
