"""The conductor: runs the stages in order over a graph's folder."""

from kg.pipeline.folder import GraphFolder, folder_status, fresh_store
from kg.pipeline.ingest import IngestOptions, IngestSummary, ingest
from kg.pipeline.recipe import Recipe, find_recipe

__all__ = [
    "GraphFolder",
    "IngestOptions",
    "IngestSummary",
    "Recipe",
    "find_recipe",
    "folder_status",
    "fresh_store",
    "ingest",
]
