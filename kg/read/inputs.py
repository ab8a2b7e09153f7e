"""Open files and standard input, and look at the head of each."""

import gzip
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import ReadError
from kg.read.sniff import Format, sniff

HEAD = 1 << 16
GZIP = b"\x1f\x8b"
STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that can be read; ``name`` is the file's without its folder, or ``stdin``."""

    name: str
    path: Path
    format: Format
    spool: object = None  # keeps the copy of standard input until it is read

    @property
    def stem(self) -> str:
        """The name up to its first dot."""
        return self.name.lstrip(".").split(".")[0] or self.name

    def open(self) -> IO[bytes]:
        """Open it, unpacked where it is gzipped."""
        with self.path.open("rb") as file:
            packed = file.read(2) == GZIP
        return cast("IO[bytes]", gzip.open(self.path) if packed else self.path.open("rb"))

    def text(self) -> str:
        """Return the whole text; ReadError names line and byte of what is no UTF-8."""
        with self.open() as file:
            data = file.read()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ReadError(
                f"{self.name}:{line}: byte 0x{data[error.start]:02x} is not UTF-8; "
                f"convert the file first, for example: iconv -f latin1 -t utf-8 {self.name}"
            ) from error


def open_inputs(paths: Sequence[Path]) -> list[Input]:
    """Look at each file's head; ReadError names the first that cannot be used at all."""
    return [_open_stdin() if str(path) == STDIN else _open_file(path) for path in paths]


def _open_file(path: Path) -> Input:
    if path.is_dir():
        raise ReadError(f"{path}: is a folder; name the files in it, for example {path}/*.bib")
    if not path.exists():
        raise ReadError(f"{path}: no such file")
    return _looked_at(Input(name=path.name, path=path, format=Format.PAGE), where=str(path))


def _open_stdin() -> Input:
    spool = tempfile.NamedTemporaryFile(prefix="kg-stdin-")  # noqa: SIM115 - the Input keeps it
    shutil.copyfileobj(sys.stdin.buffer, spool)
    spool.flush()
    source = Input(name="stdin", path=Path(spool.name), format=Format.PAGE, spool=spool)
    return _looked_at(source, where="standard input")


def _looked_at(source: Input, *, where: str) -> Input:
    try:
        with source.open() as file:
            head = file.read(HEAD)
    except (EOFError, gzip.BadGzipFile) as error:
        raise ReadError(f"{where}: the gzip file is broken or cut short") from error
    return Input(name=source.name, path=source.path, format=sniff(head, where), spool=source.spool)
