"""Graph → files for other programs."""

from kg.export.lines import export
from kg.export.neo4j_admin import make_folder, write_import

__all__ = ["export", "make_folder", "write_import"]
