"""The files in docker/: what can be checked of them without a Docker daemon."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg import schema

DOCKER = Path(__file__).parents[1] / "docker"
COMPOSE = ["docker", "compose", "-f", str(DOCKER / "compose.yaml")]


def config(**environment: str) -> "subprocess.CompletedProcess[str]":
    """Let docker compose read the file; skip where it is not there."""
    has_compose = (
        shutil.which("docker")
        and not subprocess.run(
            ["docker", "compose", "version"], capture_output=True, check=False
        ).returncode
    )
    if not has_compose:
        pytest.skip("needs docker compose")
    kept = {name: value for name, value in os.environ.items() if name != "NEO4J_PASSWORD"}
    return subprocess.run(
        [*COMPOSE, "config"],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_compose_reads_its_file() -> None:
    done = config(NEO4J_PASSWORD="a-password")
    assert done.returncode == 0, done.stderr
    assert "NEO4J_AUTH: neo4j/a-password" in done.stdout


def test_compose_without_a_password_says_what_to_do() -> None:
    done = config()
    assert done.returncode != 0
    assert "NEO4J_PASSWORD" in done.stderr
    assert "export a password of at least 8 characters" in done.stderr


def test_ports_are_open_on_this_machine_alone() -> None:
    ports = re.findall(r"^ +- (\S+):(\d+):\2", (DOCKER / "compose.yaml").read_text(), re.MULTILINE)
    assert ports == [("127.0.0.1", "7474"), ("127.0.0.1", "7687")]


def test_the_image_copies_what_the_context_lets_in() -> None:
    """Everything is kept out of the context but what is copied."""
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (DOCKER / "Dockerfile").read_text(), re.M)
    assert ignored[0] == "*"
    assert allowed == {name for line in copies for name in line.split()}
    assert all((DOCKER.parent / name).exists() for name in allowed)


def test_each_label_has_a_colour_and_a_caption_that_it_has() -> None:
    styles = dict(
        re.findall(r"^node\.(\w+) \{(.*?)\n\}", (DOCKER / "kg.grass").read_text(), re.M | re.S)
    )
    assert set(styles) == set(schema.NODES)
    for label, style in styles.items():
        assert re.search(r"  color: #[0-9A-F]{6};", style)
        caption = re.search(r'caption: "\{(\w+)\}"', style)
        assert caption
        assert caption[1] in ("id", *schema.NODES[label])
