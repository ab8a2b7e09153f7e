"""The true importer of Neo4j, and a true server on the database that it made; no Docker."""

import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import absent

HERE = Path(__file__).parent
OPENED = ("java.base/java.io", "java.base/java.nio", "java.base/sun.nio.ch")


def java(folder: Path) -> list[str]:
    """Return Java with Neo4j on its class path, which Maven resolves; skip where they lack."""
    if not (shutil.which("java") and shutil.which("mvn")):
        absent("Java 17 and Maven")
    jars = folder / "classpath"
    resolve = ["mvn", "-q", "-B", "dependency:build-classpath", f"-Dmdep.outputFile={jars}"]
    done = subprocess.run(resolve, cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
    return ["java", "-Xmx2g", *opened, "-cp", jars.read_text()]


def import_folder(java: Sequence[str], folder: Path, home: Path, settings: Sequence[str]) -> str:
    """Run the folder's import.sh; return what the importer said."""
    admin, conf = home / "bin" / "neo4j-admin", home / "conf" / "neo4j.conf"
    admin.parent.mkdir(parents=True)
    admin.write_text(f'#!/bin/sh\nexec {shlex.join(java)} org.neo4j.cli.AdminTool "$@"\n')
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


@contextmanager
def serve(java: Sequence[str], home: Path) -> Iterator[str]:
    """Give the address of a server on the database in that home; it ends with us."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [*java, str(HERE / "Imported.java"), str(home), str(port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            assert any("READY" in line for line in server.stdout), "the server did not start"
            yield f"bolt://localhost:{port}"
        finally:
            server.stdin.close()
