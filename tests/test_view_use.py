"""The page in use: each thing that it must do, done with real clicks and keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.model import EntityType
from kg.view import narrow, write_page
from tests.chromium import go, show
from tests.view_graph import GO_EXPLORE, PPO, entity, graph, many, mention, small

pytestmark = pytest.mark.browser


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_search_leads_to_the_sentence_with_both_ends_marked(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.keyboard.press("/")
    page.keyboard.type("go exp")
    assert page.get_by_role("option").first.inner_text().startswith("Go-Explore")
    page.keyboard.press("Enter")
    said = page.locator(".relation", has_text="Atari").locator("blockquote").first
    assert said.inner_text().startswith("Go-Explore remembers where it has been")
    assert said.locator("mark").all_inner_texts() == ["Go-Explore", "Atari"]
    assert "node=method%2Fgo-explore" in page.url


@pytest.mark.parametrize(
    ("typed", "found"), [("ALE", "Atari"), ("survey of", "A survey of exploration")]
)
def test_search_knows_aliases_and_titles(
    page: Page, tmp_path: Path, typed: str, found: str
) -> None:
    show(page, tmp_path / "page.html", small())
    page.get_by_role("combobox", name="Search names").fill(typed)
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == found


def test_a_hit_that_the_filter_hides_opens_the_filter(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    papers = page.get_by_role("checkbox", name="Papers")
    assert not papers.is_checked()
    page.get_by_role("combobox", name="Search names").fill("survey")
    page.keyboard.press("Enter")
    assert papers.is_checked()
    assert status(page).startswith("8 of 8 nodes")


def test_a_hit_of_other_years_opens_the_years(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.get_by_role("slider", name="First year").fill("2020")
    assert "ImageNet" not in page.locator("#list").inner_text()
    page.get_by_role("combobox", name="Search names").fill("imagenet")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "ImageNet"
    assert page.locator("#from-out").inner_text() == "2017"


def test_the_legend_names_each_type_with_a_shape_and_a_colour_of_its_own(
    page: Page, tmp_path: Path
) -> None:
    show(page, tmp_path / "page.html", small())
    legend = page.locator("#types")
    assert " ".join(legend.inner_text().split()) == "Methods 2 Tasks 1 Datasets 2 Papers 3"
    shapes = legend.locator("path").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    colours = legend.locator("path").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    assert len(set(shapes)) == len(set(colours)) == 4


def test_the_legend_filters_relations_and_years(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    assert status(page) == "5 of 8 nodes, 4 of 15 relations shown"
    page.get_by_role("checkbox", name="evaluated on").uncheck()
    assert status(page) == "5 of 8 nodes, 2 of 15 relations shown"
    page.get_by_role("slider", name="Last year").fill("2018")
    shown = page.locator("#list .name").all_inner_texts()
    assert sorted(shown) == ["Atari", "PPO", "exploration"]


def test_of_a_chosen_node_only_the_neighbours_keep_their_colour(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=dataset%2Fatari")
    drawn = page.evaluate(
        """ids => { const c = document.querySelector('#stage canvas').getContext('2d');
        const all = c.getImageData(0, 0, c.canvas.width, c.canvas.height);
        return ids.map(id => { const at = map.network.canvasToDOM(NODES[BY_ID.get(id)]);
            const i = 4 * (Math.round(at.y) * all.width + Math.round(at.x));
            return [...all.data.slice(i, i + 3)] }) }""",
        ["method/ppo", "dataset/imagenet"],
    )
    coloured = [max(colour) - min(colour) > 30 for colour in drawn]
    assert coloured == [True, False]


def test_no_label_of_the_map_lies_over_another(page: Page, tmp_path: Path) -> None:
    page.add_init_script(
        """window.labels = []; const write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
            const wide = this.measureText(text).width, high = parseFloat(this.font.match(/\\d+px/));
            labels.push([x, y, x + wide, y + high]);
            return write.call(this, text, x, y); }"""
    )
    show(page, tmp_path / "page.html", many(900))
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
        drawn = page.evaluate(
            """async () => { labels.length = 0; map.redraw();
            await new Promise(requestAnimationFrame); return labels }"""
        )
        boxes = sorted({tuple(box) for box in drawn})
        assert len(boxes) > 5
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_marks_stand_right_behind_emoji_and_mathematical_letters(
    page: Page, tmp_path: Path
) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    said = page.locator(".relation", has_text="Atari").locator("blockquote")
    assert said.inner_text() == "PPO takes small steps. It is tested on Atari."
    assert said.locator("mark").all_inner_texts() == ["PPO", "Atari"]


def test_denied_and_hedged_words_are_shown_as_such(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=dataset%2Fimagenet")
    denied = page.locator(".relation", has_text="It is not trained on ImageNet.")
    assert denied.locator(".tag").inner_text() == "negated"
    assert "no claim" in denied.inner_text()
    page.evaluate("select(BY_ID.get('method/ppo'))")
    hedged = page.locator(".relation", has_text="PPO might help exploration.")
    assert hedged.locator(".tag").inner_text() == "hedged"
    assert "1,203 doubtful claims hidden" in page.locator("header").inner_text()


def test_a_paper_shows_its_abstract_with_the_mentions_marked(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fgo-explore")
    page.locator("#panel figcaption").get_by_role("button", name=GO_EXPLORE.title).first.click()
    panel = page.locator("#panel")
    assert panel.locator(".abstract").inner_text() == GO_EXPLORE.abstract
    assert panel.locator(".abstract mark.Dataset").all_inner_texts() == ["Atari", "ImageNet"]
    assert "Ada Lovelace, Alan Turing" in panel.inner_text()
    assert panel.locator("a").first.get_attribute("href") == "https://arxiv.org/abs/1901.10995"
    assert panel.locator("h3").first.inner_text().startswith("proposes")


def test_the_page_of_one_paper_shows_it_on_the_map(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", narrow.of_papers(small(), [GO_EXPLORE.id]))
    assert page.get_by_role("checkbox", name="Papers").is_checked()
    assert status(page).startswith("5 of 5 nodes")


def test_a_page_about_a_thing_opens_with_it_chosen(page: Page, tmp_path: Path) -> None:
    write_page(small(), tmp_path / "page.html", start="dataset/atari")
    go(page, (tmp_path / "page.html").as_uri())
    assert page.locator("#panel h2").inner_text() == "Atari"
    page.keyboard.press("Escape")
    assert page.locator("#list").is_visible()


def test_the_address_keeps_selection_and_filters(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    page.get_by_role("checkbox", name="Tasks").uncheck()
    page.get_by_role("slider", name="Least confidence").fill("0.8")
    before = status(page)
    assert before == "4 of 8 nodes, 2 of 15 relations shown"
    go(page, page.url)
    assert status(page) == before
    assert page.locator("#panel h2").inner_text() == "PPO"
    page.get_by_role("button", name="Reset all").click()
    assert status(page) == "5 of 8 nodes, 4 of 15 relations shown"


def test_back_goes_to_the_node_before(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.locator("#list").get_by_role("button", name="PPO").click()
    page.locator("#panel .end").get_by_role("button", name="Atari").click()
    assert page.locator("#panel h2").inner_text() == "Atari"
    page.evaluate("history.back()")
    page.wait_for_function("document.querySelector('#panel h2').textContent === 'PPO'")


def test_a_click_on_the_map_opens_the_panel(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    at = page.evaluate("map.network.canvasToDOM(NODES[BY_ID.get('dataset/atari')])")
    page.locator("#stage").click(position=at)
    assert page.locator("#panel h2").inner_text() == "Atari"


def test_only_neighbours_and_escape_step_by_step_back(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    page.get_by_role("button", name="Only neighbours").click()
    assert status(page).startswith("3 of 8 nodes, 3 of 15 relations shown: PPO")
    page.keyboard.press("Escape")
    assert status(page).startswith("5 of 8 nodes")
    page.keyboard.press("Escape")
    assert page.locator("#list").is_visible()
    assert "node=" not in page.url


def test_the_keyboard_alone_is_enough(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.locator("#list button").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "entry"
    page.keyboard.press("/")
    page.keyboard.type("o")
    first = page.get_by_role("option", selected=True).inner_text()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text() != first
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    page.get_by_role("checkbox", name="Tasks").focus()
    page.keyboard.press("Space")
    page.get_by_role("slider", name="Least confidence").focus()
    page.keyboard.press("End")
    assert status(page) == "4 of 8 nodes, 0 of 15 relations shown"
    page.get_by_role("button", name="Table").focus()
    page.keyboard.press("Enter")
    page.locator("#rows").get_by_role("button", name="Papers").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Papers")


def test_a_hub_shows_200_relations_and_more_when_asked(page: Page, tmp_path: Path) -> None:
    atari = entity(EntityType.DATASET, "Atari")
    papers = [replace(PPO, id=f"x:{i}", title=f"Paper {i}") for i in range(230)]
    hub = graph(papers, [atari], [mention(paper, atari, "Atari") for paper in papers], [])
    show(page, tmp_path / "page.html", hub, "#node=dataset%2Fatari")
    assert page.locator(".relation").count() == 200
    page.get_by_role("button", name="Show 30 more of 230 relations").click()
    assert page.locator(".relation").count() == 230


def test_2_000_nodes_open_and_something_is_drawn(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", many(4200))
    assert (
        "2,000 of 2,100 entities, 2,100 papers, the best connected"
        in page.locator("header").inner_text()
    )
    colours = page.evaluate(
        """() => { const c = document.querySelector('#stage canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, seen = new Set();
        for (let i = 0; i < d.length; i += 4) if (d[i + 3]) seen.add(d.slice(i, i + 3).join());
        return seen.size }"""
    )
    assert colours > 20


def test_an_empty_graph_says_so(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", graph([], [], [], []))
    assert "The graph is empty" in page.locator("#map").inner_text()
    assert status(page) == "0 of 0 nodes, 0 of 0 relations shown"
