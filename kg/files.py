"""Write a file whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from kg.errors import KgError


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write the pieces as UTF-8; what stands there is replaced at the end, or stays.

    A link is followed, and what is no regular file (a pipe, a device) is written to as it is.
    KgError names the path where that fails.
    """
    target = path.resolve()
    direct = target.exists() and not target.is_file()
    fresh = target if direct else target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        if not direct:
            fresh.replace(target)
    except OSError as error:
        raise KgError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if not direct:
            fresh.unlink(missing_ok=True)
