"""What differs between two graphs as one offline HTML file, without a script."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from kg.files import write_whole
from kg.view.page import HERE, content_policy, environment

HEADINGS = {"paper": "Papers", "entity": "Entities", "claim": "Claims"}


def write_changes(
    changes: Sequence[Mapping[str, str]], path: Path, *, heading: str, counted: str
) -> None:
    """Write the page; each change has what, kind, name, before, after and cause."""
    by_kind = groupby(changes, key=lambda change: change["kind"])
    kinds = [(HEADINGS[kind], list(some)) for kind, some in by_kind]
    css = "\n".join((HERE / name).read_text("utf-8") for name in ("page.css", "changes.css"))
    template = environment().get_template("changes.html.j2")
    html = template.render(
        csp=content_policy, css=css, heading=heading, counted=counted, kinds=kinds
    )
    write_whole(path, [html])
