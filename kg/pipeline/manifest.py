"""What a graph was made from and with, told beside each export, and checked against the ledger."""

import hashlib
import json
import platform
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg import schema
from kg.assemble import VERSION
from kg.corrections import corrections_digest
from kg.errors import KgError, ReadError
from kg.export import export
from kg.files import write_whole
from kg.ledger import Ledger
from kg.model import Graph
from kg.network import read_graph
from kg.pipeline.assembly import Settings
from kg.pipeline.folder import GraphFolder
from kg.pipeline.store import StoreChoice

Manifest = dict[str, Any]

_MADE_WITH = ("kg-from-abstracts", "spacy", "numpy", "kglite")
_CPU_KINDS = ("avx2", "avx512f", "avx512_vnni", "asimd")


def graph_digest(graph: Graph) -> str:
    """Return the SHA-256 of the graph as JSON Lines: what ``sha256sum`` says of that export."""
    state = hashlib.sha256()
    for line in export(graph, "jsonl"):
        state.update(line.encode())
    return state.hexdigest()


def make_manifest(folder: GraphFolder, ledger: Ledger, sha256: str) -> Manifest:
    """Return what the graph of that digest was made from and with."""
    settings, state = Settings.of(folder, ledger), ledger.state()
    return {
        "graph": ledger.graph_id,
        "sha256": sha256,
        "papers": state.papers,
        "input": ledger.input_digest(),
        "extractors": state.extractors,
        "corrections": corrections_digest(settings.corrections),
        "lexicon": settings.lexicon.digest,
        "claim_threshold": settings.claim_threshold,
        "infer": settings.infer,
        "assembly": VERSION,
        "schema": schema.VERSION,
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in _MADE_WITH},
        "cpu": " ".join([platform.machine(), *_cpu_kinds()]),
    }


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write it as JSON."""
    write_whole(path, [json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"])


def verify(folder: GraphFolder, path: Path | None) -> Iterable[tuple[str, str]]:
    """Make the graph again from the ledger, without extracting; yield what was found to agree.

    KgError names what differs: the store, or what a manifest says.
    """
    with folder.open() as ledger:
        graph = Settings.of(folder, ledger).assemble(ledger).graph
        found = make_manifest(folder, ledger, graph_digest(graph))
        yield "the ledger's graph", found["sha256"]
        store = StoreChoice.recall(ledger).open(folder)
        held = graph_digest(read_graph(store))
        if held != found["sha256"]:
            raise KgError(
                f"{store.place}: holds another graph than the ledger ({held[:12]}… instead of "
                f"{found['sha256'][:12]}…); `kg load --rebuild` makes it anew"
            )
        yield store.place, held
        if path is None:
            return
        said = _read(path)
        differing = [
            f"{name} is {found.get(name)!r} here and {said[name]!r} there"
            for name in said
            if name not in ("versions", "cpu", "graph") and said[name] != found.get(name)
        ]
        if differing:
            raise KgError(f"{path}: tells of another graph: {'; '.join(differing)}")
        yield str(path), said["sha256"]


def _read(path: Path) -> Manifest:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: no manifest: {error}") from error
    if not isinstance(said, dict) or "sha256" not in said:
        raise ReadError(f"{path}: no manifest of kg: it stands beside an export")
    return said


def _cpu_kinds() -> list[str]:
    """Return what of a processor may change an extraction in the last digit."""
    try:
        flags = re.search(r"^(?:flags|Features)\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        return []
    known = set(flags[1].split()) if flags else set()
    return [kind for kind in _CPU_KINDS if kind in known]
