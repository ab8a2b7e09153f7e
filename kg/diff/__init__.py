"""What differs between two graphs, and what caused it."""

from kg.diff.causes import Stage, changes_by_stage, explain
from kg.diff.changes import Change, compare

__all__ = ["Change", "Stage", "changes_by_stage", "compare", "explain"]
