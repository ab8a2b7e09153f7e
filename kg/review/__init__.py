"""What a person should look at: names that may be one, claims that may be true."""

from kg.review.suggest import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
