"""kg turns a pile of abstracts into a knowledge graph of methods, tasks and datasets."""

__version__ = "0.1.0"
