"""The conductor: runs the stages in order over a graph's folder."""

from kg.pipeline.compare import diff_places, diff_since
from kg.pipeline.curate import correct, forget, next_line
from kg.pipeline.folder import GraphFolder
from kg.pipeline.ingest import IngestOptions, IngestSummary, ingest
from kg.pipeline.manifest import graph_digest, make_manifest, verify, write_manifest
from kg.pipeline.recipe import Recipe, find_recipe
from kg.pipeline.review import Review
from kg.pipeline.store import folder_status, fresh_store, load_store
from kg.pipeline.viewing import Choice, chosen

__all__ = [
    "Choice",
    "GraphFolder",
    "IngestOptions",
    "IngestSummary",
    "Recipe",
    "Review",
    "chosen",
    "correct",
    "diff_places",
    "diff_since",
    "find_recipe",
    "folder_status",
    "forget",
    "fresh_store",
    "graph_digest",
    "ingest",
    "load_store",
    "make_manifest",
    "next_line",
    "verify",
    "write_manifest",
]
