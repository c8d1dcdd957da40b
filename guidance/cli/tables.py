"""Tables of the command line: what is copied from them stands whole, however narrow the terminal."""

from __future__ import annotations

import sys
from collections.abc import Collection

from rich.console import Console
from rich.table import Table

_WIDE = 1000
"""For a file or a pipe, where nothing is gained by wrapping; a table takes only the width that it needs."""


def table_with(*columns: str, whole: Collection[str]) -> Table:
    """A table of these columns, of which some are never wrapped or cut: ids and addresses, which the next command asks for."""
    table = Table()
    for name in columns:
        table.add_column(name, no_wrap=name in whole, overflow="fold")
    return table


def show_table(table: Table) -> None:
    """Print a table, as wide as the terminal or, elsewhere, as wide as it is."""
    console().print(table)


def console(*, stderr: bool = False) -> Console:
    """The standard output or standard error, which wrap on a terminal only. Brackets and colons in foreign text are no markup."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
