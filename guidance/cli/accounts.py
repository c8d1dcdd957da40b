"""`guidance accounts`: the helpdesk accounts of this installation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import IO, Any

import click
import msgspec

from guidance.accounts import checked_settings, settings_of
from guidance.cli.checking import check_told
from guidance.cli.noting import note
from guidance.cli.opening import NO_ACCOUNT, account_of, opened_store
from guidance.cli.tables import show_table, table_with
from guidance.errors import MalformedError, NotFoundError
from guidance.integrations import integrations
from guidance.ports import Account
from guidance.settings import read_settings
from guidance.store import RedisStore
from guidance.text.addresses import address_in, is_bare
from guidance.text.foreign import misfit, read_json

_MINE = ("127.0.0.1", "localhost", "::1")


@click.group(invoke_without_command=True)
@click.pass_context
def accounts(context: click.Context) -> None:
    """Helpdesk accounts: list, put, drop."""
    if context.invoked_subcommand is None:
        context.invoke(list_accounts)


@accounts.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; secrets by their names only.")
def list_accounts(*, as_json: bool = False) -> None:
    """List accounts. A secret is never shown, only that it is there."""
    with opened_store() as store:
        found = store.accounts()
    if as_json:
        for one in found:
            click.echo(msgspec.json.encode(_without_secrets(one)))
        return
    if not found:
        click.echo(NO_ACCOUNT)
        return
    table = table_with("account", "address", "secrets", "state", whole=("account", "address"))
    for one in found:
        table.add_row(one.id, one.base_url, _secrets_of(one), _state(one))
    show_table(table)


@accounts.command()
@click.argument("source", type=click.File("rb"), default="-")
def put(source: IO[bytes]) -> None:
    """Connect an account, or change one, from a JSON object in SOURCE (default: standard input).

    {"id": "zendesk:acme", "base_url": "https://acme.zendesk.com", "secrets": {"webhook": "…"}}. Whatever a change does
    not name stays as it was, each secret and each setting too; null takes one away. Secrets are sealed. A new account is in shadow.
    """
    body = source.read()
    told = _object_in(body)
    account_id = str(told.get("id", ""))
    with opened_store() as store:
        check_told(told, partial(_rules, store))
        changed = store.change_account(account_id, lambda newest: read_account(laid_upon(newest, body)))
        if changed is None:
            _refuse_what_connects_nothing(told, store)
            store.put_account(read_account(begun_with(body)))
        note(store, account_id, f"{'changed' if changed else 'connected, in shadow'}: {', '.join(_named(told))}")
    told_of_new = f"connected, in shadow: `guidance live {account_id}` says where agents see something"
    click.echo(f"{account_id} is {'changed' if changed else told_of_new}.")


def _refuse_what_connects_nothing(told: Mapping[str, Any], store: RedisStore) -> None:
    """Raise `NotFoundError` for a change of an account that there is not, most likely a slip in its name."""
    if "id" in told and "base_url" not in told:
        there = ", ".join(one.id for one in store.accounts()) or "none yet"
        raise NotFoundError(
            f"there is no account {told['id']} (there are: {there}); `guidance connect` connects a new one"
        )


def _named(told: Mapping[str, Any]) -> Iterator[str]:
    """What a change names, without a value: `settings.leads`, `secrets.webhook`."""
    for name, value in told.items():
        if isinstance(value, dict) and value:
            yield from (f"{name}.{one}" for one in value)
        elif name != "id":
            yield name


def _rules(store: RedisStore) -> Mapping[str, Collection[str]]:
    """What settings may name of the rules in force, by the setting."""
    from guidance.dispatch import LiveRulebook  # noqa: PLC0415 - rules take a while to read, and few changes name any

    live = LiveRulebook(store, read_settings().rules_dir)
    live.look()
    ids = set(live().rules)
    return {"proposals": ids, "stages": ids | {pack.name for pack in live().packs}}


@accounts.command()
@click.argument("account_id")
def drop(account_id: str) -> None:
    """Disconnect an account: nothing of its helpdesk is accepted any more."""
    with opened_store() as store:
        account_of(store, account_id)
        store.drop_account(account_id)
        note(store, account_id, "disconnected")
        keeps = store.holds_of(account_id)
    more = (
        f" What is kept of its tickets stays for up to 90 days; `guidance disconnect {account_id} --wipe` erases it."
        if keeps
        else ""
    )
    click.echo(f"{account_id} is disconnected.{more}")


def laid_upon(known: Account, body: bytes) -> bytes:
    """A change laid upon what is known of the account: a setting left out must not put a team live that is in shadow."""
    told: dict[str, Any] = msgspec.json.decode(body)
    kept: dict[str, Any] = msgspec.to_builtins(known)
    kept["locked"] = {name: one for name, one in known.locked.items() if name not in (told.get("secrets") or {})}
    for name in ("secrets", "config", "settings"):
        if isinstance(told.get(name), dict):
            told[name] = _merged(kept.get(name, {}), told[name])
    return msgspec.json.encode({**kept, **told})


def begun_with(body: bytes) -> bytes:
    """A new account as it was written, in shadow unless it says where it is live."""
    told: dict[str, Any] = msgspec.json.decode(body)
    if told.get("settings") is None or isinstance(told["settings"], dict):
        told["settings"] = _merged({"live_in": []}, told.get("settings") or {})
    return msgspec.json.encode(told)


def _merged(kept: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept with what is told. Null takes a setting away, but for `live_in`: none at all is live everywhere, and that `guidance live` alone says."""
    merged = {name: value for name, value in {**kept, **told}.items() if value is not None}
    return merged | ({"live_in": []} if told.get("live_in", ()) is None else {})


def _object_in(body: bytes) -> dict[str, Any]:
    try:
        return read_json(body, dict[str, Any])
    except MalformedError as error:
        raise _unreadable(error) from None


def read_account(body: bytes) -> Account:
    """An account as an operator wrote it. Raises `MalformedError`, naming the place."""
    try:
        account = read_json(body, Account)
        checked_settings(account)
    except MalformedError as error:
        raise _unreadable(error) from None
    except msgspec.ValidationError as error:
        raise _unreadable(misfit(error), under="settings.") from None
    helpdesk, _, name = account.id.partition(":")
    if helpdesk not in integrations() or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
        helpdesks = " or ".join(f"{one}:acme" for one in sorted(integrations()))
        raise MalformedError(f"id: an account is called {helpdesks}, not {account.id!r}", path="id")
    if not _is_safe(account.base_url) or not is_bare(account.base_url):
        raise MalformedError(
            "base_url: the helpdesk's https:// address and no more, as in https://acme.zendesk.com", path="base_url"
        )
    for place, origin in enumerate(account.origins):
        if not _is_safe(origin) or address_in(origin)._replace(scheme="", netloc="").geturl():
            raise MalformedError(
                f"origins[{place}]: only scheme and host, as in https://acme.zendesk.com", path="origins"
            )
    return account


def _unreadable(error: MalformedError, *, under: str = "") -> MalformedError:
    path = f"{under}{error.path}"
    return MalformedError(f"this account can't be read: {f'{path}: ' if path else ''}{error}", path=path)


def _secrets_of(account: Account) -> str:
    named = [*sorted(account.secrets), *(f"{name} (sealed with another key)" for name in sorted(account.locked))]
    return ", ".join(named) or "none"


def _state(account: Account) -> str:
    settings = settings_of(account)
    if settings.paused or settings.live_in is None:
        return "paused" if settings.paused else "live"
    return f"live for {', '.join(settings.live_in)}" if settings.live_in else "in shadow"


def _is_safe(address: str) -> bool:
    """Whether secrets may travel there: https, or this machine."""
    parts = address_in(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _MINE))


def _without_secrets(account: Account) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(account)
    return told | {"secrets": sorted(account.secrets)} | ({"locked": sorted(account.locked)} if account.locked else {})
