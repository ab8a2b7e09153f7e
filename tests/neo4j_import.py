"""The true importer of Neo4j, run by the script that an export brings."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.neo4j_server import java


def import_folder(folder: Path, home: Path, settings: Sequence[str]) -> str:
    """Run the folder's import.sh with these lines of neo4j.conf; return what was said."""
    admin, conf = home / "bin" / "neo4j-admin", home / "conf" / "neo4j.conf"
    admin.parent.mkdir(parents=True)
    admin.write_text(f'#!/bin/sh\nexec {shlex.join(java("2g"))} org.neo4j.cli.AdminTool "$@"\n')
    admin.chmod(0o755)
    conf.parent.mkdir()
    conf.write_text("\n".join(settings))
    where = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf.parent), "TMPDIR": str(home)}
    done = subprocess.run(
        ["sh", folder / "import.sh"],
        env={**os.environ, **where},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
