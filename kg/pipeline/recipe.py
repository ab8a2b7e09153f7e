"""Recipes: ``pipelines/NAME.toml``, one table a stage, with the first comment as summary."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import RecipeError, nearest
from kg.shipped import shipped


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


TABLES: dict[str, dict[str, Callable[[object], bool]]] = {
    "read": {"files": _are_texts},
    "extract": {"model": _is_text},
    "assemble": {"claim_threshold": _is_share, "infer": _is_yes_or_no},
    "load": {"store": _is_text, "database": _is_text},
}
"""The tables of a recipe, their keys, and what their values must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What to ingest and how; ``claim_threshold`` is the extractor's own where it is None."""

    files: tuple[Path, ...]
    model: str = "rules"
    claim_threshold: float | None = None
    infer: bool | None = None
    store: str | None = None
    database: str | None = None

    @classmethod
    def read(cls, path: Path) -> "Recipe":
        """Read a recipe; its files are relative to itself."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RecipeError(f"{path}: {error}") from error
        for name, table in tables.items():
            _check(path, name, table)
        files = tables.get("read", {}).get("files", [])
        if not files:
            raise RecipeError(f"{path}: [read] files is missing: which files to read")
        assembling = tables.get("assemble", {})
        threshold = assembling.get("claim_threshold")
        return cls(
            files=tuple(path.parent / file for file in files),
            model=tables.get("extract", {}).get("model", "rules"),
            claim_threshold=None if threshold is None else float(threshold),
            infer=assembling.get("infer"),
            store=tables.get("load", {}).get("store"),
            database=tables.get("load", {}).get("database"),
        )


def find_recipe(name: str) -> Path | None:
    """Return the recipe of that name or at that path, if there is one; an existing file wins."""
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    shipped_recipe = shipped("pipelines") / f"{name}.toml"
    return shipped_recipe if not path.is_file() and shipped_recipe.is_file() else None


def _check(path: Path, name: str, table: Mapping[str, Any]) -> None:
    known = TABLES.get(name)
    if known is None or not isinstance(table, dict):
        raise RecipeError(
            f"{path}: [{name}] is no table of a recipe: {', '.join(TABLES)}{nearest(name, TABLES)}"
        )
    for key, value in table.items():
        if key not in known:
            raise RecipeError(
                f"{path}: [{name}] takes {', '.join(known)} and no {key!r}{nearest(key, known)}"
            )
        if not known[key](value):
            raise RecipeError(f"{path}: [{name}] {key} = {value!r} cannot be")
