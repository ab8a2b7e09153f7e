"""The page for everyone: no serious violation that axe-core finds, in either theme and any view."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chromium import show
from tests.conftest import absent
from tests.view_graph import small

pytestmark = pytest.mark.browser

AXE = "4.14.1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kg-tests" / f"axe-{AXE}"


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which npm fetches once."""
    script = CACHE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if not npm:
            absent("npm")
        CACHE.mkdir(parents=True, exist_ok=True)
        install = [str(npm), "install", "--prefix", str(CACHE), f"axe-core@{AXE}"]
        subprocess.run([*install, "--no-audit", "--no-fund"], check=True, capture_output=True)
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "#node=method%2Fgo-explore", "#table=1"])
def test_axe_finds_nothing_serious(
    page: Page, tmp_path: Path, axe: str, theme: str, address: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    show(page, tmp_path / "page.html", small(), address)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        {"rule": v["id"], "at": [n["html"][:120] for n in v["nodes"]][:5], "help": v["help"]}
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == [], json.dumps(serious, indent=1)
