"""How fast the page is, with pyvis' own page of the same nodes and edges beside it.

    uv run python tests/bench/view.py [NODES…] [PAGE.html…]

Each page opens offline in headless Chromium without a GPU. ``ready`` is from the opening to the
first whole picture; for pyvis it is when its progress bar goes, or that it did not in ``PATIENCE``
seconds. ``select`` is the median up to the picture that shows it, ``zoom`` a frame's share of a
zoom over many (16.7 ms is the screen's own pace). These machines are noisy: read the ratios.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as WaitedInVain
from pyvis.network import Network

from kg.model import Graph
from kg.view import render
from tests.chromium import CHROMIUM, FLAGS
from tests.view_graph import many

PATIENCE = 120
TIMES = 12

OURS = {
    "ready": "() => document.documentElement.dataset.ready === '1'",
    "select": "i => select(BY_PAPERS[i])",
    "zoom": "i => map.zoom(i % 2 ? 1.2 : 1 / 1.2)",
}
PYVIS = {
    "ready": "() => document.getElementById('loadingBar')?.style.display === 'none'",
    "select": "i => network.selectNodes([nodes.getIds()[i]])",
    "zoom": "i => network.moveTo({scale: network.getScale() * (i % 2 ? 1.2 : 1 / 1.2)})",
}
PICTURED = """async (i) => {
    const act = ACT, start = performance.now();
    act(i);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""
FRAMES = """async (times) => {
    const act = ACT, start = performance.now();
    for (let i = 0; i < times; i += 1) {
        act(i);
        await new Promise(requestAnimationFrame);
    }
    return (performance.now() - start) / times;
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page takes: MB, seconds in Python, seconds to open, milliseconds to answer."""

    size: float
    made: float | None
    ready: float | None = None
    select: float | None = None
    zoom: float | None = None

    def cells(self) -> list[str]:
        """Return them as a table shows them."""
        return [
            f"{self.size:.1f}",
            "" if self.made is None else f"{self.made:.1f}",
            f"> {PATIENCE}" if self.ready is None else f"{self.ready:.1f}",
            *("" if one is None else f"{one:.0f}" for one in (self.select, self.zoom)),
        ]


def ours(graph: Graph, nodes: int) -> str:
    return render(graph, limit=nodes)


def by_pyvis(graph: Graph, nodes: int) -> str:
    """Return pyvis' page as its documentation makes one, of what our page shows."""
    network = Network(directed=True, cdn_resources="in_line")
    shown = {entity.id for entity in graph.entities[:nodes]}
    for entity in graph.entities[:nodes]:
        network.add_node(entity.id, label=entity.name, group=entity.type, value=entity.n_papers)
    for claim in graph.claims:
        if {claim.subject, claim.object} <= shown:
            network.add_edge(claim.subject, claim.object, title=str(claim.relation))
    return str(network.generate_html())


def measure(browser: Browser, file: Path, does: dict[str, str], made: float | None) -> Figures:
    """Open a page and use it."""
    size = file.stat().st_size / 1e6
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(does["ready"], timeout=PATIENCE * 1000)
        ready = page.evaluate("performance.now()") / 1000
        select_once = PICTURED.replace("ACT", does["select"])
        select = median(page.evaluate(select_once, i) for i in range(TIMES))
        zoom = page.evaluate(FRAMES.replace("ACT", does["zoom"]), 5 * TIMES)
    except WaitedInVain:
        return Figures(size, made)
    finally:
        context.close()
    return Figures(size, made, ready, select, zoom)


def row(what: str, nodes: int | str, figures: Figures) -> str:
    return f"| {what} | {nodes} | {' | '.join(figures.cells())} |"


def ratio(a: Figures, b: Figures) -> str:
    """Say how many times as long pyvis takes; at least so many where it was not waited for."""
    assert a.ready
    if b.ready is None:
        return f"pyvis takes more than {PATIENCE / a.ready:,.0f} times as long to be ready"
    return f"pyvis takes {b.ready / a.ready:,.0f} times as long to be ready"


def compare(browser: Browser, folder: Path, nodes: int) -> str:
    graph, measured = many(2 * nodes), []
    for what, make, does in (("kg", ours, OURS), ("pyvis", by_pyvis, PYVIS)):
        start = time.perf_counter()
        html = make(graph, nodes)
        made = time.perf_counter() - start
        file = folder / f"{what}.html"
        file.write_text(html, encoding="utf-8")
        measured.append(measure(browser, file, does, made))
        print(row(what, f"{nodes:,}", measured[-1]), flush=True)
    return f"{nodes:,} nodes: {ratio(*measured)}"


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()]
    files = [Path(one).resolve() for one in sys.argv[1:] if not one.isdigit()]
    if not sys.argv[1:]:
        sizes = [500, 2_000, 5_000]
    print("| page | nodes | MB | made, s | ready, s | select, ms | zoom, ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for file in files:
            print(row(file.name, "", measure(browser, file, OURS, None)), flush=True)
        said = [compare(browser, Path(folder), nodes) for nodes in sizes]
    print("", *said, sep="\n")


if __name__ == "__main__":
    main()
