from pathlib import Path

import pytest

from kg.errors import RecipeError
from kg.pipeline.recipe import Recipe, find_recipe
from kg.shipped import shipped


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text)
    return path


def test_a_recipe_names_files_beside_itself(tmp_path: Path) -> None:
    path = write(tmp_path, '[read]\nfiles = ["a.bib"]\n[assemble]\nclaim_threshold = 0.5\n')
    recipe = Recipe.read(path)
    assert recipe.files == (tmp_path / "a.bib",)
    assert (recipe.model, recipe.claim_threshold) == ("rules", 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[read]\nfile = ['a']", r"\[read\] takes files and no 'file'; the nearest is 'files'"),
        (
            "[reed]\nfiles = ['a']",
            r"\[reed\] is no table of a recipe: read, .*; the nearest is 'read'",
        ),
        ("[read]\nfiles = 'a'", r"\[read\] files = 'a' cannot be"),
        ("[read]\nfiles = [1]", r"\[read\] files = \[1\] cannot be"),
        ("[assemble]\nclaim_threshold = nan", r"\[assemble\] claim_threshold = nan cannot be"),
        ("[assemble]\nclaim_threshold = true", r"claim_threshold = True cannot be"),
        ("[extract]\nmodel = 'rules'", r"\[read\] files is missing"),
        ("[read", r"mine\.toml: "),
    ],
)
def test_a_faulty_recipe_says_where(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(RecipeError, match=expected):
        Recipe.read(write(tmp_path, text))


def test_a_file_wins_over_a_recipe_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("demo").mkdir()
    assert find_recipe("demo") == shipped("pipelines") / "demo.toml"
    Path("demo").rmdir()
    Path("demo").write_text("{}")
    assert find_recipe("demo") is None
    assert find_recipe("nothing") is None


@pytest.mark.parametrize("path", sorted(shipped("pipelines").glob("*.toml")), ids=lambda p: p.stem)
def test_every_shipped_recipe_is_whole(path: Path) -> None:
    assert path.read_text().startswith("# ")
    assert all(file.is_file() for file in Recipe.read(path).files)
