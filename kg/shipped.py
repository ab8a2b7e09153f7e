"""Where the shipped folders lie: inside the installed package, or beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder of that name, for example ``queries`` or ``pipelines``."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
