"""`guidance resume`: the end of a pause."""

from __future__ import annotations

import click

from guidance.cli.pause import set_paused


@click.command()
@click.argument("account", required=False)
def resume(account: str | None) -> None:
    """End the pause of everything, or of one ACCOUNT."""
    set_paused(account, paused=False)
