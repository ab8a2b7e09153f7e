"""A true Neo4j for tests: Maven resolves it once, Java runs it, and it never outlives the test."""

import shutil
import socket
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Self

from tests.conftest import absent

HERE = Path(__file__).parent / "neo4j"
OPENED = ("java.base/java.io", "java.base/java.nio", "java.base/sun.nio.ch")
USUAL = {
    "server.bolt.enabled": "true",
    "server.memory.pagecache.size": "256m",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
    "dbms.security.auth_enabled": "false",
    "dbms.usage_report.enabled": "false",
}
READY_WITHIN = 120


def java(memory: str = "1g") -> list[str]:
    """Return Java with Neo4j on its class path; skip where Java or Maven are absent."""
    if not (shutil.which("java") and shutil.which("mvn")):
        absent("Java 17 and Maven")
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
    return ["java", f"-Xmx{memory}", "-XX:+UseSerialGC", *opened, "-cp", _class_path()]


def _class_path() -> str:
    """Let Maven resolve pom.xml, unless it did so before and all is still there."""
    pom = (HERE / "pom.xml").read_bytes()
    known = HERE / "target" / f"{sha256(pom).hexdigest()[:12]}.classpath"
    if not known.is_file() or not all(Path(jar).is_file() for jar in known.read_text().split(":")):
        resolve = ["mvn", "-q", "-B", "dependency:build-classpath", f"-Dmdep.outputFile={known}"]
        done = subprocess.run(resolve, cwd=HERE, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    return known.read_text()


class Neo4jServer:
    """A server on the databases of a home folder; a context manager, and it can be started again.

    Settings are named as in neo4j.conf.
    """

    def __init__(self, home: Path, settings: dict[str, str] | None = None) -> None:
        self.home = home
        self.settings = {**USUAL, **(settings or {})}
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def uri(self) -> str:
        """Its address."""
        return f"bolt://localhost:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        settings = {**self.settings, "server.bolt.listen_address": f"localhost:{self.port}"}
        lines = [f"{name}={value}\n" for name, value in settings.items()]
        (self.home / "neo4j.conf").write_text("".join(lines))
        command = [*java(), str(HERE / "Server.java"), str(self.home)]
        with (self.home / "said.txt").open("w") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True
            )
        assert self._process.stdout
        ready = any(line == "READY\n" for line in self._process.stdout)
        assert ready, (self.home / "said.txt").read_text()

    def stop(self) -> None:
        """Let it end as a server does."""
        self._end(kill=False)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self._process:
            if kill:
                self._process.kill()
            self._process.communicate(timeout=READY_WITHIN)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
    return port
