"""The table beside the map: the same filters, sorted by a click, copied for other programs."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chromium import show
from tests.view_graph import small

pytestmark = pytest.mark.browser


def opened(page: Page, tmp_path: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(page, tmp_path / "page.html", small())
    page.get_by_role("button", name="Table").click()


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"#rows td:nth-child({number})").all_inner_texts()


def copied(page: Page, form: str) -> str:
    page.get_by_role("button", name=f"Copy {form}").click()
    page.wait_for_selector("#copied:not([hidden])")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_table_takes_the_place_of_the_map_and_the_address_keeps_it(
    page: Page, tmp_path: Path
) -> None:
    opened(page, tmp_path)
    assert not page.locator("#map").is_visible()
    assert set(column(page, 1)) == {"Atari", "Go-Explore", "ImageNet", "PPO", "exploration"}
    page.locator("#tabs").get_by_role("button", name="Claims").click()
    page.reload()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert page.locator("#rows th").first.inner_text() == "From"
    page.get_by_role("button", name="Table").click()
    assert page.locator("#map").is_visible()


def test_a_click_on_a_head_sorts_and_another_turns_it_round(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.locator("#rows").get_by_role("button", name="Name").click()
    names = column(page, 1)
    assert names == sorted(names, key=str.casefold)
    page.locator("#rows").get_by_role("button", name="Name").click()
    assert column(page, 1) == names[::-1]
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Name")


def test_the_filters_hold_for_the_table_too(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.get_by_label("Methods").uncheck()
    assert set(column(page, 2)) == {"Dataset", "Task"}


def test_a_row_opens_the_panel(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.locator("#rows").get_by_role("button", name="Go-Explore").click()
    assert page.locator("#panel h2").inner_text() == "Go-Explore"


def test_claims_are_copied_as_csv_and_markdown(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.locator("#tabs").get_by_role("button", name="Claims").click()
    rows = list(csv.DictReader(io.StringIO(copied(page, "CSV"))))
    assert {"From": "Go-Explore", "Relation": "EVALUATED_ON", "To": "Atari"}.items() <= max(
        rows, key=lambda row: row["From"] == "Go-Explore" and row["To"] == "Atari"
    ).items()
    lines = copied(page, "Markdown").splitlines()
    assert lines[0] == "| From | Relation | To | Papers | Confidence | Years | Sentence |"
    assert len(lines) == len(rows) + 2


def test_a_claim_stands_beside_the_sentence_that_says_so(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    page.locator("#tabs").get_by_role("button", name="Claims").click()
    row = page.locator("#rows tr", has_text="PPO").filter(has_text="Atari")
    assert row.locator("td").last.inner_text() == "PPO takes small steps. It is tested on Atari."


def test_without_a_chosen_node_the_table_has_the_lists_room(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path)
    assert not page.locator("#side").is_visible()
    page.locator("#rows").get_by_role("button", name="PPO").click()
    assert page.locator("#panel h2").inner_text() == "PPO"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "PPO"


def test_on_a_phone_the_table_fits(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, tmp_path)
    for what in ("Entities", "Papers", "Claims"):
        page.locator("#tabs").get_by_role("button", name=what).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("#rows table").bounding_box()["width"] <= 390  # type: ignore[index]


def test_papers_are_copied_as_bibtex_that_kg_reads_again(page: Page, tmp_path: Path) -> None:
    from kg.model import Paper
    from kg.read import open_inputs, read_papers

    opened(page, tmp_path)
    page.locator("#tabs").get_by_role("button", name="Papers").click()
    (tmp_path / "some.bib").write_text(copied(page, "BibTeX"), encoding="utf-8")
    (source,) = open_inputs([tmp_path / "some.bib"])
    papers = [one for one in read_papers(source) if isinstance(one, Paper)]
    assert {p.title for p in papers} == {p.title for p in small().papers}
    (first,) = [p for p in papers if p.id == "arxiv:1901.10995"]
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert (first.year, first.venue) == (2019, "Journal of Returns")


def test_the_map_is_saved_at_twice_the_screens_resolution(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), heading="Some <graph>")
    before = page.locator("#stage canvas").bounding_box()
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "Some-graph-.png"
    data = Path(download.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
    assert before
    assert (width, height) == (2 * round(before["width"]), 2 * round(before["height"]))
    assert page.locator("#stage canvas").bounding_box() == before
    assert page.evaluate("devicePixelRatio") == 1
