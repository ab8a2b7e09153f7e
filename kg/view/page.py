"""Render a graph as one offline HTML file: pyvis' Network and vis-network, our template and script.

Nothing is asked of the network, no script runs but ours (by hash), and equal graphs give equal
bytes.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import KgError
from kg.files import write_whole
from kg.model import Graph
from kg.view.choose import Part, Size, choose
from kg.view.data import page_data

HERE = Path(__file__).parent
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
HEADING = "Knowledge graph"
SCRIPTS = ("page.js", "labels.js", "map.js", "curate.js", "panel.js", "table.js", "start.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """How much of a graph a page shows."""

    shown: Size
    whole: Size

    def __str__(self) -> str:
        """Say it: ``2,000 of 31,402 entities, 45 papers``."""
        return (
            f"{_counted(self.shown.entities, self.whole.entities, 'entity', 'entities')}, "
            f"{_counted(self.shown.papers, self.whole.papers, 'paper', 'papers')}"
        )


def _counted(shown: int, whole: int, one: str, many: str) -> str:
    of = f"{shown:,} of " if shown < whole else ""
    return f"{of}{whole:,} {one if whole == 1 else many}"


def write_page(
    graph: Graph,
    path: Path,
    *,
    heading: str = HEADING,
    limit: int = 2000,
    whole: Size | None = None,
    start: str = "",
) -> PageSummary:
    """Write the page of the ``limit`` best-connected nodes; KgError where it cannot be written.

    ``whole`` is the size of the graph that this one is a part of, ``start`` the id of the node that
    is chosen when the page opens.
    """
    part, whole = choose(graph, limit=limit), whole or Size.of(graph)
    write_whole(path, [_html(graph, part, heading, whole, start)])
    return PageSummary(shown=part.size, whole=whole)


def render(graph: Graph, *, heading: str = HEADING, limit: int = 2000) -> str:
    """Return the page as HTML."""
    return _html(graph, choose(graph, limit=limit), heading, Size.of(graph))


def _about(graph: Graph, part: Part, whole: Size) -> str:
    """Return what the page shows of how much, and what it hides."""
    said = str(PageSummary(shown=part.size, whole=whole))
    if len(part.entities) < len(graph.entities):
        said += ", the best connected"
    if graph.doubtful:
        doubtful = _counted(graph.doubtful, graph.doubtful, "doubtful claim", "doubtful claims")
        said += f" · {doubtful} hidden"
    return said


def _html(graph: Graph, part: Part, heading: str, whole: Size, start: str = "") -> str:
    data = page_data(graph, part) | {"start": start}
    network = Network(directed=True, cdn_resources="in_line", heading=heading)
    network.nodes, network.edges = data.pop("nodes"), data.pop("edges")
    network.path = "page.html.j2"
    network.templateEnv = environment()
    network.templateEnv.globals.update(
        csp=content_policy,
        vis_js=_vis_network(),
        page_js="\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS),
        page_css=(HERE / "page.css").read_text("utf-8"),
        about=_about(graph, part, whole),
        more=data,
    )
    return str(network.generate_html())


def environment() -> Environment:
    """Return pyvis' environment as it should be: its own loads no other folder and escapes nothing.

    The suffix ``.j2`` would escape ``select_autoescape``, so all is escaped.
    """
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return environment


def _vis_network() -> str:
    try:
        text = (files("pyvis") / VIS).read_text("utf-8")
    except OSError as error:
        raise KgError(f"pyvis has no {VIS}: install pyvis==0.3.2") from error
    script = "\n".join(line for line in text.split("\n") if "sourceMappingURL=" not in line)
    if "</script" in script.lower():
        raise KgError(f"{VIS} in pyvis cannot stand in a page: install pyvis==0.3.2")
    return script


def content_policy(text: str) -> Markup:
    """Return the source expression that lets exactly this script or style run."""
    return Markup("'sha256-{}'").format(b64encode(sha256(text.encode()).digest()).decode())
