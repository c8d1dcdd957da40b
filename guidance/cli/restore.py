"""`guidance restore`: a backup into an empty store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from guidance.cli.opening import store_at_rest
from guidance.store.backup import note_restore
from guidance.text.counting import counted


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Read FILE into this installation's store, which must be empty, and no service run on it yet.

    The key must be the one of then; people sign in again.
    """
    with store_at_rest(is_new=True) as store:
        count = store.restore(file)
        store.mend(now=datetime.now(UTC))
        note_restore(store)
        accounts = [account.id for account in store.accounts()]
    click.echo(f"{counted(count, 'key')} restored; accounts: {', '.join(accounts) or 'none'}")
