"""The page: what it holds, that nothing in it runs but ours, and how it is used in Chromium."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.errors import KgError
from kg.model import EntityType
from kg.view import render, write_page
from kg.view.excerpt import Excerpt
from kg.view.layout import lay_out
from tests.chromium import go, show
from tests.view_graph import GO_EXPLORE, PPO, entity, graph, hostile, many, mention, small, span

PROBES = {
    "script": "</script><script>window.pwned=1</script>",
    "image": '<img src=x onerror="window.pwned=1"> href',
    "attribute": "\" autofocus onfocus=window.pwned=1 x='",
    "comment": "<!--<script>window.pwned=1",
    "template": "{{ 7 * 7 }}{% raw %} ${window.pwned=1} `",
    "prototype": "__proto__ constructor",
    "separators": "a\u2028b\u2029c &lt;script&gt; \\u003c",
}


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


# --- the file -------------------------------------------------------------------------------------


def test_equal_graphs_give_equal_bytes_wherever_they_are_written(tmp_path: Path) -> None:
    write_page(small(), tmp_path / "a.html")
    write_page(small(), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert str(tmp_path) not in (tmp_path / "a.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_the_policy_lets_only_our_scripts_run() -> None:
    html = render(small())
    assert "unsafe-" not in html.split("</title>")[0]
    assert "default-src 'none'" in html
    assert "innerHTML" not in html
    assert "sourceMappingURL" not in html
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", html)


def test_of_a_big_graph_the_best_connected_entities_are_shown(tmp_path: Path) -> None:
    summary = write_page(small(), tmp_path / "page.html", limit=4)
    assert str(summary) == "4 of 5 entities, 3 papers"
    html = (tmp_path / "page.html").read_text("utf-8")
    shown = re.findall(r'"name":"(Go-Explore|PPO|Atari|ImageNet|exploration)"', html)
    assert shown == ["Atari", "Go-Explore", "PPO", "exploration"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"page.html: cannot be written: No such file"):
        write_page(small(), tmp_path / "missing" / "page.html")


def test_2_000_nodes_take_less_than_three_megabytes() -> None:
    assert len(render(many(2000)).encode()) < 3_000_000


def test_an_excerpt_keeps_what_is_quoted_and_moves_the_offsets() -> None:
    tested = "It is tested on Atari."
    excerpt = Excerpt(PPO, [span(PPO, tested)])
    text = f"{excerpt.title}\n{excerpt.abstract}"
    assert excerpt.abstract == " … It is tested on Atari. …"
    start, end = excerpt.at(span(PPO, "Atari")) or (0, 0)
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "Atari"
    assert excerpt.at(span(PPO, "𝔽")) is None


def test_no_two_nodes_of_the_layout_overlap() -> None:
    star = {(0, leaf): 1.0 for leaf in range(1, 120)}
    layout = lay_out([6.0] * 150, star, [[i % 130] for i in range(40)])
    at = [complex(*place) for place in layout.entities + layout.papers]
    assert min(abs(a - b) for i, a in enumerate(at) for b in at[:i]) > 8
    assert layout == lay_out([6.0] * 150, star, [[i % 130] for i in range(40)])


def test_a_paper_that_is_quoted_but_no_node_keeps_its_sentences() -> None:
    html = render(small(), limit=4)
    assert '"cut":true' in html
    assert "It is tested on Atari." in html
    assert "for the field" not in html


# --- hostile text ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("probe", PROBES)
def test_hostile_text_stays_text(page: Page, tmp_path: Path, probe: str) -> None:
    text = PROBES[probe]
    shown = hostile(text)
    show(page, tmp_path / "page.html", shown, heading=f"Heading {text}")
    assert page.evaluate("document.querySelector('h1').textContent") == f"Heading {text}"
    for one in [*(node.id for node in shown.entities), shown.papers[0].id]:
        page.evaluate("id => select(BY_ID.get(id))", one)
        assert page.evaluate("document.querySelector('#panel h2').textContent") in (
            f"M {text}",
            f"T {text}",
            f"Title {text}",
        )
    page.get_by_role("combobox", name="Search names").fill("m")
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, #panel a").count() == 0


@pytest.mark.browser
def test_the_policy_stops_a_planted_script(page: Page, tmp_path: Path, trouble: list[str]) -> None:
    show(page, tmp_path / "page.html", small())
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.pwned = 1'}))"
    )
    assert page.evaluate("window.pwned") is None
    assert "Content Security Policy" in trouble.pop()


# --- use ------------------------------------------------------------------------------------------


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
def test_a_hit_that_the_filter_hides_opens_the_filter(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    papers = page.get_by_role("checkbox", name="Papers")
    assert not papers.is_checked()
    page.get_by_role("combobox", name="Search names").fill("survey")
    page.keyboard.press("Enter")
    assert papers.is_checked()
    assert status(page).startswith("8 of 8 nodes")


@pytest.mark.browser
def test_marks_stand_right_behind_emoji_and_mathematical_letters(
    page: Page, tmp_path: Path
) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    said = page.locator(".relation", has_text="Atari").locator("blockquote")
    assert said.inner_text() == "PPO takes small steps. It is tested on Atari."
    assert said.locator("mark").all_inner_texts() == ["PPO", "Atari"]


@pytest.mark.browser
def test_denied_and_hedged_words_are_shown_as_such(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=dataset%2Fimagenet")
    denied = page.locator(".relation", has_text="It is not trained on ImageNet.")
    assert denied.locator(".tag").inner_text() == "negated"
    assert "no claim" in denied.inner_text()
    page.evaluate("select(BY_ID.get('method/ppo'))")
    hedged = page.locator(".relation", has_text="PPO might help exploration.")
    assert hedged.locator(".tag").inner_text() == "hedged"
    assert "1,203 doubtful claims hidden" in page.locator("header").inner_text()


@pytest.mark.browser
def test_a_paper_shows_its_abstract_with_the_mentions_marked(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fgo-explore")
    page.locator("#panel figcaption").get_by_role("button", name=GO_EXPLORE.title).first.click()
    panel = page.locator("#panel")
    assert panel.locator(".abstract").inner_text() == GO_EXPLORE.abstract
    assert panel.locator(".abstract mark.Dataset").all_inner_texts() == ["Atari", "ImageNet"]
    assert "Ada Lovelace, Alan Turing" in panel.inner_text()
    assert panel.locator("a").first.get_attribute("href") == "https://arxiv.org/abs/1901.10995"
    assert panel.locator("h3").first.inner_text().startswith("proposes")


@pytest.mark.browser
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


@pytest.mark.browser
def test_back_goes_to_the_node_before(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    page.locator("#list").get_by_role("button", name="PPO").click()
    page.locator("#panel .end").get_by_role("button", name="Atari").click()
    assert page.locator("#panel h2").inner_text() == "Atari"
    page.evaluate("history.back()")
    page.wait_for_function("document.querySelector('#panel h2').textContent === 'PPO'")


@pytest.mark.browser
def test_a_click_on_the_map_opens_the_panel(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small())
    at = page.evaluate("map.network.canvasToDOM(NODES[BY_ID.get('dataset/atari')])")
    page.locator("#stage").click(position=at)
    assert page.locator("#panel h2").inner_text() == "Atari"


@pytest.mark.browser
def test_only_neighbours_and_escape_step_by_step_back(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", small(), "#node=method%2Fppo")
    page.get_by_role("button", name="Only neighbours").click()
    assert status(page).startswith("3 of 8 nodes, 3 of 15 relations shown: PPO")
    page.keyboard.press("Escape")
    assert status(page).startswith("5 of 8 nodes")
    page.keyboard.press("Escape")
    assert page.locator("#list").is_visible()
    assert "node=" not in page.url


@pytest.mark.browser
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


@pytest.mark.browser
def test_a_hub_shows_200_relations_and_more_when_asked(page: Page, tmp_path: Path) -> None:
    atari = entity(EntityType.DATASET, "Atari")
    papers = [replace(PPO, id=f"x:{i}", title=f"Paper {i}") for i in range(230)]
    hub = graph(papers, [atari], [mention(paper, atari, "Atari") for paper in papers], [])
    show(page, tmp_path / "page.html", hub, "#node=dataset%2Fatari")
    assert page.locator(".relation").count() == 200
    page.get_by_role("button", name="Show 30 more of 230 relations").click()
    assert page.locator(".relation").count() == 230


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
def test_light_and_dark_follow_the_system_and_the_button(page: Page, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    show(page, tmp_path / "page.html", small())
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 21, 27)"
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


@pytest.mark.browser
def test_an_empty_graph_says_so(page: Page, tmp_path: Path) -> None:
    show(page, tmp_path / "page.html", graph([], [], [], []))
    assert "The graph is empty" in page.locator("#map").inner_text()
    assert status(page) == "0 of 0 nodes, 0 of 0 relations shown"
