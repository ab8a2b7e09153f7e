"""The page's panel: why names are one, papers by year, and lines to copy for corrections.tsv."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.corrections import parse_correction
from kg.model import Graph
from tests.chromium import show
from tests.view_graph import small

pytestmark = pytest.mark.browser


def told() -> Graph:
    """The small graph, in which one entity says why its names are one and has a namesake."""
    graph = small()
    entities = tuple(
        replace(
            e,
            merged_by=("GoEx: abbreviation", "go explore: same name"),
            homonyms=("task/go-explore",),
        )
        if e.name == "Go-Explore"
        else e
        for e in graph.entities
    )
    return replace(graph, entities=entities)


def opened(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(page, tmp_path / "page.html", told(), "#node=method%2Fgo-explore")


def copied(page: Page) -> str:
    page.wait_for_selector("#copied:not([hidden])")
    return str(page.evaluate("navigator.clipboard.readText()")).removesuffix("\n")


def test_the_panel_says_by_which_rule_each_name_came(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.get_by_text("Why are these one?").click()
    said = page.locator(".right li").all_inner_texts()
    assert said == ["GoEx abbreviation", "go explore same name"]
    assert "another type, the same name: task/go-explore" in page.locator("#panel").inner_text()


def test_the_papers_of_each_year_are_bars_that_say_their_number(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    bars = page.get_by_role("img", name="Papers by year")
    assert bars.get_attribute("aria-label") == "Papers by year: 2019: 1, 2021: 1"
    assert page.locator("svg.bars rect").count() == 2


def test_a_line_is_copied_that_corrections_take(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.get_by_text("Put right").click()
    page.get_by_role("button", name="Copy merge").click()
    assert not page.locator("#copied").is_visible()
    page.get_by_label("Name of the thing that it is").fill("PPO")
    page.get_by_role("button", name="Copy merge").click()
    line = parse_correction(copied(page), 2)
    assert (line.op, line.type, line.name, line.other, line.fault) == (
        "merge",
        "Method",
        "Go-Explore",
        "PPO",
        "",
    )
    page.get_by_label("Type that it has").select_option("Task")
    page.get_by_role("button", name="Copy retype").click()
    page.locator("#copied", has_text="retype").wait_for()
    assert parse_correction(copied(page), 2).fault == ""


def test_a_claim_is_rejected_by_a_copied_line(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.locator(".relation", has_text="Atari").get_by_role("button", name="Copy reject").click()
    line = parse_correction(copied(page), 2)
    assert (line.op, line.name, line.relation, line.fault) == (
        "reject",
        "method/go-explore",
        "EVALUATED_ON",
        "",
    )


def shown(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_one_two_or_three_steps_around_and_the_address_keeps_them(
    page: Page, tmp_path: Path
) -> None:
    show(page, tmp_path / "page.html", small(), "#node=dataset%2Fimagenet")
    page.get_by_role("button", name="Only neighbours").click()
    one = shown(page)
    page.get_by_role("button", name="3 steps").click()
    assert "what lies within 3 steps" in shown(page)
    assert shown(page) != one
    assert "only=3" in page.url
    page.get_by_role("button", name="3 steps").click()
    assert "only" not in page.url


def test_the_way_to_another_thing_is_drawn_and_told(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    page.get_by_label("Name of the thing at the other end").fill("atari")
    page.keyboard.press("Enter")
    assert page.locator("#way").text_content() == "PPO → Atari"
    assert "the way from PPO to Atari" in shown(page)
    assert shown(page).startswith("2 of")
    page.get_by_label("Name of the thing at the other end").fill("nowhere")
    page.get_by_role("button", name="Show way").click()
    assert page.locator("#way").inner_text() == "Nothing is named so on this page."


def test_a_click_with_shift_on_the_map_shows_the_way_there(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=dataset%2Fatari")
    at = page.evaluate("map.network.canvasToDOM(NODES[BY_ID.get('task/exploration')])")
    page.locator("#stage").click(position=at, modifiers=["Shift"])
    assert page.locator("#way").inner_text() == "Atari → Go-Explore → exploration"
    assert page.locator("#panel h2").inner_text() == "Atari"
    assert "end=task%2Fexploration" in page.url
    lit = page.evaluate("[...seen.lit].map(i => NODES[i].name).sort().join()")
    assert lit == "Go-Explore,exploration"
    page.keyboard.press("Escape")
    assert "end=" not in page.url
