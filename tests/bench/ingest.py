"""How fast kg is and how much memory it takes, stage by stage.

    uv run python tests/bench/ingest.py [FILE.jsonl.gz] [PAPERS…]

Each stage runs in a process of its own on the first so many papers of the file, so that its peak
memory is its own. These machines are noisy: read the ratios.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from kg.export import export
from kg.extract import Workers
from kg.ledger import Ledger
from kg.network import read_graph
from kg.pipeline import GraphFolder, IngestOptions, ingest, load_store
from kg.pipeline.assembly import Settings
from kg.pipeline.intake import batches
from kg.query import named_query, run_named
from kg.read import open_inputs, read_papers
from kg.stores.kglite import KgliteStore
from kg.view import write_page

POOL = Path(__file__).parents[3] / "shared" / "data" / "pool.jsonl.gz"


def read(folder: GraphFolder, file: Path) -> None:
    with Ledger(folder.ledger, create=True) as ledger:
        ledger.begin_run([], contents="")
        for batch in batches(read_papers(*open_inputs([file]))):
            ledger.put_papers(batch, [])  # type: ignore[arg-type]
        ledger.end_reading()


def extract(folder: GraphFolder, workers: int) -> None:
    with Ledger(folder.ledger) as ledger, Workers("rules", workers) as pool:
        for extractions in pool.extract_batches(ledger.pending("anew")):
            ledger.put_extractions(extractions)
        ledger.remember("extractor_threshold", str(pool.extractor.claim_threshold))


def assemble(folder: GraphFolder) -> None:
    with Ledger(folder.ledger) as ledger:
        Settings.of(folder, ledger).assemble(ledger)


def load(folder: GraphFolder) -> None:
    load_store(folder, address=None, database=None, rebuild=False, infer=None, say=print)


def update(folder: GraphFolder, file: Path) -> None:
    """Change one abstract and take it in, up to a store that is up to date."""
    with file.open(encoding="utf-8") as lines:
        paper = json.loads(next(lines))
    paper["abstract"] = f"We use PPO for control. {paper['abstract']}"
    changed = folder.path / "changed.jsonl"
    changed.write_text(json.dumps(paper) + "\n", encoding="utf-8")
    ingest(folder, [changed], IngestOptions(), progress=lambda *_: None, say=print)


def ask(folder: GraphFolder) -> None:
    query = named_query("neighbourhood")
    run_named(KgliteStore(folder.store), query, {"name": "reinforcement learning"}, say=print)


def export_all(folder: GraphFolder) -> None:
    with (folder.path / "graph.jsonl").open("w") as file:
        file.writelines(export(read_graph(KgliteStore(folder.store)), "jsonl"))


def view(folder: GraphFolder) -> None:
    write_page(read_graph(KgliteStore(folder.store)), folder.page)


STAGES: dict[str, Callable[[GraphFolder, Path], None]] = {
    "read": read,
    "extract, 1 process": lambda folder, _: extract(folder, 1),
    "extract, 2 processes": lambda folder, _: extract(folder, 2),
    "assemble": lambda folder, _: assemble(folder),
    "assemble and load": lambda folder, _: load(folder),
    "query": lambda folder, _: ask(folder),
    "export": lambda folder, _: export_all(folder),
    "view": lambda folder, _: view(folder),
    "change one paper": update,
}


def run_stage(stage: str, folder: Path, file: Path) -> None:
    """Run one stage and print its seconds and its peak memory in MiB."""
    start = time.perf_counter()
    STAGES[stage](GraphFolder(folder), file)
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, peak_memory()]))


def peak_memory() -> float:
    """Return this process's peak in MiB; what the kernel tells of a child may be its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    arguments = sys.argv[1:]
    pool = Path(arguments.pop(0)) if arguments and not arguments[0].isdigit() else POOL
    sizes = [int(size) for size in arguments] or [1_000, 10_000]
    print("| stage | papers | seconds | papers a second | peak MiB |\n|---|--:|--:|--:|--:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "papers.jsonl"
            with gzip.open(pool, "rt", encoding="utf-8") as lines:
                file.write_text("".join(islice(lines, size)), encoding="utf-8")
            for stage in STAGES:
                command = [sys.executable, __file__, "--stage", stage, folder, str(file)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                seconds, memory = json.loads(done.stdout.splitlines()[-1])
                cells = [
                    stage,
                    f"{size:,}",
                    f"{seconds:.1f}",
                    f"{size / seconds:,.0f}",
                    f"{memory:.0f}",
                ]
                print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stage"]:
        run_stage(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
