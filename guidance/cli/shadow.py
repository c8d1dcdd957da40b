"""`guidance shadow`: back to where everything is read and judged, and nothing is shown."""

from __future__ import annotations

import click

from guidance.accounts import settings_of
from guidance.cli.live import keep, known_scopes, scopes, state_of
from guidance.cli.opening import account_of, opened_store
from guidance.errors import MalformedError


@click.command()
@click.argument("account")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="Only this group goes back into shadow.")
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Only this brand goes back into shadow.")
def shadow(account: str, groups: tuple[str, ...], brands: tuple[str, ...]) -> None:
    """Take ACCOUNT, or groups and brands of it, back into shadow: nothing is shown, no task is made."""
    with opened_store() as store:
        known = account_of(store, account)
        named = scopes(groups, brands)
        ended = {one.casefold() for one in named}
        live_in = settings_of(known).live_in
        if ended and live_in is None:
            raise MalformedError(
                f"{account} is live everywhere; name where it stays live with `guidance live` after `guidance shadow {account}`"
            )
        kept = [one for one in live_in or () if ended and one.casefold() not in ended]
        live_now = {one.casefold() for one in live_in or ()}
        if idle := [one for one in named if one.casefold() not in live_now]:
            click.echo(f"{', '.join(known_scopes(store, known, idle))}: in shadow already.")
        keep(store, known, kept)
        click.echo(state_of(account_of(store, account)))
