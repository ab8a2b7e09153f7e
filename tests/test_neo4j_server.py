import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.neo4j_server import Neo4jServer

pytestmark = pytest.mark.neo4j


def is_served(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("localhost", port)) == 0


def test_a_server_ends_with_its_test(tmp_path: Path) -> None:
    with Neo4jServer(tmp_path) as server:
        assert is_served(server.port)
    assert not is_served(server.port)


def test_a_server_ends_when_pytest_is_killed(tmp_path: Path) -> None:
    script = (
        "import pathlib, time; from tests.neo4j_server import Neo4jServer;"
        f"server = Neo4jServer(pathlib.Path({str(tmp_path)!r})); server.start();"
        "print(server.port, flush=True); time.sleep(600)"
    )
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=here
    ) as owner:
        assert owner.stdout
        port = int(owner.stdout.readline())
        assert is_served(port)
        owner.send_signal(signal.SIGKILL)
    for _ in range(600):
        if not is_served(port):
            return
        time.sleep(0.1)
    pytest.fail("the server outlived its owner")
