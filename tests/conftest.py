"""What many tests share: papers and extractions built by hand, a folder, and what must be there."""

import os
from pathlib import Path

import pytest

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
