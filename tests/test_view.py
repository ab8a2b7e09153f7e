"""The page as a file: what it holds, the same bytes for the same graph, no script but ours."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.errors import KgError
from kg.view import render, write_page
from kg.view.excerpt import Excerpt
from kg.view.layout import lay_out
from tests.chromium import show
from tests.view_graph import PPO, hostile, many, small, span

PROBES = {
    "script": "</script><script>window.pwned=1</script>",
    "image": '<img src=x onerror="window.pwned=1"> href',
    "attribute": "\" autofocus onfocus=window.pwned=1 x='",
    "comment": "<!--<script>window.pwned=1",
    "template": "{{ 7 * 7 }}{% raw %} ${window.pwned=1} `",
    "prototype": "__proto__ constructor",
    "separators": "a\u2028b\u2029c &lt;script&gt; \\u003c",
}


# --- the file -------------------------------------------------------------------------------------


def test_equal_graphs_give_equal_bytes_wherever_they_are_written(tmp_path: Path) -> None:
    write_page(small(), tmp_path / "a.html")
    write_page(small(), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert str(tmp_path) not in (tmp_path / "a.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_the_bytes_do_not_depend_on_how_sets_are_ordered() -> None:
    code = "from kg.view import render; from tests.view_graph import many; print(render(many(60)))"
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pages) == 1


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
        for details in page.locator("#panel details").all():
            details.locator("summary").click()
    page.get_by_label("Name of the thing at the other end").fill("t")
    page.get_by_role("combobox", name="Search names").fill("m")
    page.get_by_role("button", name="Table").click()
    for what in ("Entities", "Papers", "Claims"):
        page.locator("#tabs").get_by_role("button", name=what).click()
        assert text in page.evaluate("document.querySelector('#rows').textContent")
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
