"""Let ``python -m kg`` be the command."""

from kg.cli import main

main()
