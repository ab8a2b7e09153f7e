"""Open files and standard input, and look at each before any is read."""

import gzip
import hashlib
import shutil
import sys
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import ReadError
from kg.ids import digest
from kg.read.sniff import Format, sniff

HEAD = 1 << 16
"""So many bytes tell a format."""

GZIP = b"\x1f\x8b"
STDIN = "-"
SUFFIXES = frozenset((".bib", ".bibtex", ".gz", ".json", ".jsonl", ".md", ".ndjson", ".txt"))


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Input:
    """A file that can be read; ``name`` is the file's without its folder, or ``stdin``."""

    name: str
    path: Path
    format: Format

    @property
    def stem(self) -> str:
        """The name without the suffixes that only say the format."""
        stem = Path(self.name)
        while stem.suffix.lower() in SUFFIXES:
            stem = stem.with_suffix("")
        return stem.name

    def digest(self) -> str:
        """Return the digest of the name and all bytes."""
        with self.path.open("rb") as file:
            return digest(self.name, hashlib.file_digest(file, "sha256").hexdigest())

    def open(self) -> IO[bytes]:
        """Open it, unpacked where it is gzipped."""
        return _open(self.path)

    def text(self) -> str:
        """Return the whole text; ReadError names line and byte of what is no UTF-8."""
        return _text(self.path, self.name)


def open_inputs(paths: Sequence[Path]) -> list[Input]:
    """Look at each file; ReadError names the first that cannot be used at all.

    ``-`` is standard input. That and pipes are copied to a file that lives as long as the Input.
    """
    return [_open_input(path) for path in paths]


@contextmanager
def unpacking(where: str) -> Iterator[None]:
    """Turn what goes wrong with a gzip file or a disk into a ReadError."""
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(f"{where}: the gzip file is broken or cut short; fetch it anew") from error
    except OSError as error:
        reason = error.strerror or error
        raise ReadError(f"{where}: cannot be read: {reason}") from error


def _open_input(path: Path) -> Input:
    if str(path) == STDIN:
        return _spooled(sys.stdin.buffer, where="standard input")
    if path.is_dir():
        raise ReadError(f"{path}: is a folder; name the files in it, for example {path}/*.bib")
    if not path.exists():
        raise ReadError(f"{path}: no such file")
    if path.is_file():
        return Input(name=path.name, path=path, format=_format(path, where=str(path)))
    with unpacking(str(path)), path.open("rb") as pipe:
        return _spooled(pipe, where=str(path))


def _spooled(stream: IO[bytes], *, where: str) -> Input:
    """Copy what can be read only once, so that it can be looked at and then read."""
    with unpacking(where), tempfile.NamedTemporaryFile(prefix="kg-", delete=False) as spool:
        copy = Path(spool.name)
        shutil.copyfileobj(stream, spool)
    try:
        source = Input(name="stdin", path=copy, format=_format(copy, where=where))
    except ReadError:
        copy.unlink()
        raise
    weakref.finalize(source, copy.unlink, missing_ok=True)
    return source


def _format(path: Path, *, where: str) -> Format:
    """Return the format; what is not read line by line must be UTF-8 to its end."""
    with unpacking(where):
        with _open(path) as file:
            head = file.read(HEAD)
        found = sniff(head, where)
        if found != Format.JSONL:
            _text(path, where)
    return found


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
    return cast("IO[bytes]", gzip.open(path) if packed else path.open("rb"))


def _text(path: Path, where: str) -> str:
    with _open(path) as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{where}:{line}: byte 0x{bad:02x} is not UTF-8; "
            f"convert the file first, for example: iconv -f latin1 -t utf-8 {where}"
        ) from error
