"""`guidance pause` and `guidance resume`: silence within two seconds, and its end."""

from __future__ import annotations

from functools import partial

import click
from msgspec.structs import replace

from guidance.cli.noting import note
from guidance.cli.opening import NO_ACCOUNT, accounts_of, opened_store
from guidance.ports import Account


@click.command()
@click.argument("account", required=False)
def pause(account: str | None) -> None:
    """Silence everything, or one ACCOUNT such as zendesk:acme. Webhooks are taken in and promises kept as ever."""
    set_paused(account, paused=True)


def set_paused(account_id: str | None, *, paused: bool) -> None:
    """Pause or resume one account, or all. Raises `NotFoundError`."""
    with opened_store() as store:
        chosen = accounts_of(store, account_id)
        for account in chosen:
            if store.change_account(account.id, partial(_with, paused=paused)) != account:
                note(store, account.id, "paused" if paused else "resumed")
            click.echo(f"{account.id} is silent." if paused else f"{account.id} speaks again.")
    if not chosen:
        click.echo(NO_ACCOUNT)


def _with(account: Account, *, paused: bool) -> Account:
    kept = {name: value for name, value in account.settings.items() if name != "paused"}
    return replace(account, settings=kept | {"paused": True} if paused else kept)
