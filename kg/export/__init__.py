"""Graph → files for other programs, and back from JSON Lines."""

from kg.export.lines import export
from kg.export.neo4j_admin import make_folder, write_import
from kg.export.read_back import read_export

__all__ = ["export", "make_folder", "read_export", "write_import"]
