"""`guidance restore`: a backup into an empty store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from guidance.accounts import LOCKED
from guidance.cli.opening import store_at_rest
from guidance.store.backup import note_restore
from guidance.text.counting import counted


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--without-key", is_flag=True, help="The key of then is lost: restore all else, and connect each helpdesk anew."
)
def restore(file: Path, *, without_key: bool) -> None:
    """Read FILE into this installation's store, which must be empty, and no service run on it yet.

    The key must be the one of then; people sign in again.
    """
    with store_at_rest(is_new=True) as store:
        count = store.restore(file, without_key=without_key)
        note_restore(store)  # first: were what follows cut off, a task could be made twice
        store.mend(now=datetime.now(UTC))
        accounts = store.accounts()
    click.echo(f"{counted(count, 'key')} restored; accounts: {', '.join(one.id for one in accounts) or 'none'}")
    for one in accounts:
        if one.locked:
            click.echo(f"! {one.id}: {LOCKED}")
