"""Extractors: one paper in, its mentions, entities and relations out.

``load_extractor`` makes one by name; ``Workers`` runs one over many papers.
"""

from kg.extract.extractor import Extractor, check_model, load_extractor
from kg.extract.workers import Workers

__all__ = ["Extractor", "Workers", "check_model", "load_extractor"]
