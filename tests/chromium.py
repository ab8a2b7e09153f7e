"""Chromium for tests: one browser a session, an offline tab a test, and how a page is opened."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.model import Graph
from kg.view import write_page
from tests.conftest import absent

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        absent("Chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def trouble() -> list[str]:
    """What the page asked for or complained of."""
    return []


@pytest.fixture
def page(browser: Browser, trouble: list[str]) -> Iterator[Page]:
    """An offline tab; whatever it requests or logs fails the test."""
    context = browser.new_context(
        offline=True, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.on("request", lambda request: _note(trouble, request.url))
    opened.on("pageerror", lambda error: trouble.append(f"error {error}"))
    opened.on("console", lambda line: trouble.append(f"console {line.text}"))
    yield opened
    context.close()
    assert trouble == []


def _note(trouble: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:")):
        trouble.append(f"request {url}")


def show(page: Page, path: Path, shown: Graph, address: str = "", heading: str = "kg") -> None:
    write_page(shown, path, heading=heading)
    go(page, path.as_uri() + address)


def go(page: Page, url: str) -> None:
    page.goto("about:blank")  # an address that differs in the hash alone does not load anew
    page.goto(url)
    page.wait_for_selector("html[data-ready='1']", state="attached", timeout=30_000)
