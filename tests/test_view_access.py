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
@pytest.mark.parametrize(
    "address",
    [
        "",
        "#node=method%2Fgo-explore&end=task%2Fexploration",
        "#node=refs%23survey",
        "#table=entities",
    ],
)
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


def test_on_a_narrow_screen_map_and_list_do_not_overlap(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, tmp_path / "page.html", small())
    area, entries = page.locator("#map").bounding_box(), page.locator("#list").bounding_box()
    assert area is not None
    assert entries is not None
    assert area["y"] + area["height"] <= entries["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("#list").get_by_role("button", name="PPO").click()
    assert page.locator("#panel h2").is_visible()


def test_light_and_dark_follow_the_system_and_the_button(page: Page, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    show(page, tmp_path / "page.html", small())
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 21, 27)"
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_on_paper_the_panel_is_whole_and_the_tools_are_gone(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fgo-explore")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#panel blockquote").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for tool in ("#filters", ".search", ".tools", "#panel .bar"):
        assert not page.locator(tool).is_visible()


def test_who_wants_no_motion_gets_none(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.locator("#list").get_by_role("button", name="PPO").click()
    before = page.evaluate("map.network.getViewPosition()")
    page.wait_for_timeout(200)
    assert page.evaluate("map.network.getViewPosition()") == before
