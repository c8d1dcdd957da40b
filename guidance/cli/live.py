"""`guidance live` and `guidance shadow`: where agents see something, group by group or brand by brand."""

from __future__ import annotations

from collections.abc import Iterable

import click
from msgspec.structs import replace

from guidance.accounts import settings_of
from guidance.cli.noting import note
from guidance.cli.opening import account_of, connected, opened_store
from guidance.errors import NotFoundError
from guidance.ports import Account, Store


@click.command()
@click.argument("account")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="Go live on the tickets of this group.")
@click.option("--brand", "brands", multiple=True, metavar="NAME", help="Go live on the tickets of this brand.")
@click.option("--everywhere", is_flag=True, help="Go live on all tickets: the pilot is over.")
def live(account: str, groups: tuple[str, ...], brands: tuple[str, ...], *, everywhere: bool) -> None:
    """Let agents see hints on the tickets of a group or brand of ACCOUNT. It shows within two seconds."""
    if everywhere and (groups or brands):
        raise click.UsageError(
            "--everywhere is all groups and brands; leave it out to go live for those that are named."
        )
    with opened_store() as store:
        known = account_of(store, account)
        if everywhere:
            keep(store, known, None)
        elif groups or brands:
            added = known_scopes(store, known, scopes(groups, brands))
            keep(store, known, dict.fromkeys((*(settings_of(known).live_in or ()), *added)))
        click.echo(state_of(account_of(store, account)))


def keep(store: Store, account: Account, live_in: Iterable[str] | None) -> None:
    """Keep where an account is live; None: everywhere."""
    told = {} if live_in is None else {"live_in": list(live_in)}

    def changed(known: Account) -> Account:
        settings = {name: value for name, value in known.settings.items() if name != "live_in"}
        return replace(known, settings=settings | told)

    after = store.change_account(account.id, changed)
    if after is not None and after != account:
        note(store, account.id, told_of(after))


def scopes(groups: Iterable[str], brands: Iterable[str]) -> list[str]:
    """Groups and brands as settings name them."""
    return [*(f"group:{name}" for name in groups), *(f"brand:{name}" for name in brands)]


def state_of(account: Account) -> str:
    """One line: where agents see something."""
    if settings_of(account).paused:
        return f"{account.id} is paused: nobody sees anything."
    return f"{account.id} is {told_of(account)}."


def told_of(account: Account) -> str:
    """Where an account is live, paused or not."""
    live_in = settings_of(account).live_in
    if live_in is None:
        return "live everywhere"
    return (
        f"live for {', '.join(live_in)}, and in shadow everywhere else"
        if live_in
        else "in shadow: nobody sees anything"
    )


def known_scopes(store: Store, account: Account, wanted: Iterable[str]) -> list[str]:
    """The scopes under the helpdesk's own spelling. Raises `NotFoundError` for one that is not there, naming those that are."""
    there = {one.casefold(): one for one in connected(account, store).teams()}
    missing = [one for one in wanted if one.casefold() not in there]
    if missing:
        listed = ", ".join(there.values()) or "none at all"
        raise NotFoundError(f"{account.id} has no {missing[0].replace(':', ' ', 1)}; it has {listed}")
    return [there[one.casefold()] for one in wanted]
