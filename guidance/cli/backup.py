"""`guidance backup`: everything in the store, as one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from guidance.cli.opening import store_at_rest
from guidance.store.backup import note_backup
from guidance.store.private import STANDARD_OUTPUT
from guidance.text.counting import counted


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def backup(file: Path) -> None:
    """Write everything in the store into FILE, readable by you alone, or to - for the standard output. It holds ticket text, and not the key: keep that elsewhere.

    A service that runs goes on; what changes meanwhile may be in the file or not. Stop it first for one moment of all.
    """
    with store_at_rest(is_new=False) as store:
        count = store.back_up(file)
        note_backup(store, datetime.now(UTC))
    if file == STANDARD_OUTPUT:
        click.echo(f"{counted(count, 'key')} written", err=True)
    else:
        click.echo(f"{counted(count, 'key')} in {file}, {file.stat().st_size:,} bytes")
