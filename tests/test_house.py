"""What holds for the house as a whole."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("spacy", "kglite", "neo4j", "onnxruntime", "networkx", "numpy", "pyvis", "bibtexparser")
HOUSE = Path(__file__).parents[1]


def test_the_command_line_loads_nothing_heavy_and_touches_nothing(tmp_path: Path) -> None:
    code = "import sys, kg.cli; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(HEAVY).isdisjoint(done.stdout.split())
    assert list(tmp_path.iterdir()) == []


def test_no_module_is_longer_than_300_lines() -> None:
    modules = [path for path in (HOUSE / "kg").rglob("*") if path.suffix in (".py", ".js")]
    long = [path for path in modules if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert long == []
