"""What many tests share: papers and extractions built by hand, a folder, and what must be there."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.neo4j_server import Neo4jServer

settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

pytest_plugins = ["tests.chromium"]

SHARED = Path(__file__).parents[2] / "shared"


def absent(what: str) -> None:
    """Skip with a reason; where CI is set, what is absent is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"needs {what}")


@pytest.fixture
def shared() -> Path:
    """The data beside the checkout; CI may run without it."""
    if not SHARED.is_dir():
        pytest.skip("needs the data beside the checkout (../shared)")
    return SHARED


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Neo4jServer]":
    """A true Neo4j, without auth, that all tests share; each empties it first."""
    from tests.neo4j_server import Neo4jServer

    with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as server:
        yield server
