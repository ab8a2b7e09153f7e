"""View: a graph as one HTML file that opens offline, with the evidence under every relation."""

from kg.view.changes import write_changes
from kg.view.choose import Size
from kg.view.page import HEADING, PageSummary, render, write_page

__all__ = ["HEADING", "PageSummary", "Size", "render", "write_changes", "write_page"]
