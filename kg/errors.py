"""What can go wrong, as one tree; a message says what, where and what to do.

KgError
  ReadError      an input file or record cannot be used
  RecipeError    a pipelines/*.toml is wrong
  ExtractError   an extractor cannot be had
  LedgerError    the ledger cannot be opened, read or written
  StoreError     a store cannot be opened, read or written
  QueryError     a query failed
  UsageError     the command was called wrongly (exit 2; all others exit 1)
"""


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


class QueryError(KgError):
    """A query failed."""


class UsageError(KgError):
    """The command was called wrongly."""

    exit_code = 2
