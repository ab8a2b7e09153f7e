"""The conductor: runs the stages in order over a graph's folder."""

from kg.pipeline.folder import GraphFolder
from kg.pipeline.ingest import IngestOptions, IngestSummary, ingest
from kg.pipeline.recipe import Recipe, find_recipe
from kg.pipeline.store import folder_status, fresh_store, load_store

__all__ = [
    "GraphFolder",
    "IngestOptions",
    "IngestSummary",
    "Recipe",
    "find_recipe",
    "folder_status",
    "fresh_store",
    "ingest",
    "load_store",
]
