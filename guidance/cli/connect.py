"""`guidance connect <helpdesk>`: one command a helpdesk, each in `guidance.cli.connect_<helpdesk>` under the helpdesk's name."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import click
from msgspec.structs import replace

from guidance.cli.noting import note
from guidance.errors import HelpdeskError, SetupError
from guidance.ports import Account, Store

_BY_NAME = frozenset({"secrets", "config", "settings"})
_ABSENT = object()

HELPDESKS = {
    "freshdesk": "Freshdesk: automation rules, business hours, what a task needs; --thin for ids without text.",
    "zendesk": "Zendesk: webhook, signing secret, test delivery; --app once the app is installed.",
}
"""Each helpdesk's line in `guidance connect --help`."""


def alone(_context: click.Context, _option: click.Parameter, given: str) -> str:
    """The subdomain; an address in its place is refused with the part that is meant."""
    name = (urlsplit(given).hostname or "" if "//" in given else given).partition(".")[0]
    if name != given:
        raise click.BadParameter(f"give the subdomain alone: {name}")
    return given


share_option = click.option(
    "--share", type=click.FloatRange(0.05, 1.0), help="Our share of the account's API calls a minute, 0.5 at first."
)
"""What each helpdesk's command asks alike; `with_share` keeps it."""


def with_share(config: Mapping[str, Any], share: float | None) -> dict[str, Any]:
    """An account's `config` with our share of its calls; None: as it was."""
    return {**config, **({} if share is None else {"api_share": share})}


@contextmanager
def reaching(base_url: str) -> Iterator[None]:
    """Say of a helpdesk that does not answer at all which address was asked: here nobody tries again but the admin."""
    try:
        yield
    except HelpdeskError as error:
        if error.status is not None or error.permanent:
            raise
        raise SetupError(
            f"{base_url} does not answer; is this the helpdesk's address, and does this machine reach it?"
        ) from error


def say_whose_words(account: Account, user_id: str, name: str | None) -> None:
    """Say what hangs on whose the credentials are, where nobody has told it of this user."""
    if not account.own_user:
        click.echo(
            f"! If {name} is a user of Guidance's own, run this again with --bot. Until then all they write is read as an agent's."
        )
    elif account.own_user != user_id:
        click.echo(
            f"! What we write is written as {name} from now on, and no more as Guidance's own user (id {account.own_user}). Run this "
            f"again with --bot if {name} answers no customers, else with --person; until then our own notes are read as theirs."
        )


def keep_connected(store: Store, account: Account, known: Account | None) -> None:
    """Keep `account` as it is connected now; `known`: as it was read before.

    The command may have been at work for minutes: whatever it has not changed itself stays as others left it meanwhile, a pause, a
    group that went live, a token that was renewed.
    """
    if known is None or store.change_account(account.id, lambda newest: _laid_upon(newest, known, account)) is None:
        store.put_account(account)
    note(store, account.id, "connected" if known is None else "connected again")


def _laid_upon(newest: Account, known: Account, account: Account) -> Account:
    """The newest account with what has changed from `known` to `account`."""
    told = {name: getattr(account, name) for name in account.__struct_fields__}
    changed = {name: value for name, value in told.items() if value != getattr(known, name)}
    for name in _BY_NAME & changed.keys():
        changed[name] = _merged(getattr(newest, name), getattr(known, name), changed[name])
    return replace(newest, **changed)


def _merged(newest: Mapping[str, Any], known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in newest.items() if name in told or name not in known}
    return kept | {name: value for name, value in told.items() if value != known.get(name, _ABSENT)}


class HelpdeskGroup(click.Group):
    """Imports what connects a helpdesk only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(HELPDESKS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in HELPDESKS:
            return None
        command: click.Command = getattr(importlib.import_module(f"guidance.cli.connect_{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: Any) -> None:
        with formatter.section("Helpdesks"):
            formatter.write_dl(sorted(HELPDESKS.items()))


@click.group(cls=HelpdeskGroup)
def connect() -> None:
    """Connect a helpdesk. Nothing is shown to any agent before `guidance live` says so."""
