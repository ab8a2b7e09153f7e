"""What can go wrong, as one tree; a message says what, where and what to do.

KgError
  ReadError      an input file or record cannot be used
  RecipeError    a pipelines/*.toml is wrong
  ExtractError   an extractor cannot be had
  LedgerError    the ledger cannot be opened, read or written
  StoreError     a store cannot be opened, read or written
    BrokenStoreError  what it holds cannot be used, and is built anew
  QueryError     a query failed
  StoppedError   the user stopped the command (exit 130)
  UsageError     the command was called wrongly (exit 2; all others exit 1)
"""

from collections.abc import Iterable


class KgError(Exception):
    """The base of every error that kg raises on purpose; its text is one line."""

    exit_code = 1


class ReadError(KgError):
    """An input file or record cannot be used."""


class RecipeError(KgError):
    """A recipe in pipelines/ is wrong."""


class ExtractError(KgError):
    """An extractor cannot be had."""


class LedgerError(KgError):
    """The ledger cannot be opened, read or written."""


class StoreError(KgError):
    """A store cannot be opened, read or written."""


class BrokenStoreError(StoreError):
    """What a store holds cannot be used, and is built anew."""


class QueryError(KgError):
    """A query failed."""


class StoppedError(KgError):
    """The user stopped the command."""

    exit_code = 130


class UsageError(KgError):
    """The command was called wrongly."""

    exit_code = 2


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a hint at the names most like the one that is not there, or ''.

    >>> nearest("evaluatedon", ["paper", "evaluated-on"])
    "; the nearest is 'evaluated-on'"
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only needed where a name is wrong

    found = process.extract(
        name, sorted(names), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    likely = [repr(one) for one, score, _ in found if score >= found[0][1] - 10][:3]
    if not likely:
        return ""
    return f"; the nearest {'is' if len(likely) == 1 else 'are'} {', '.join(likely)}"
