"""`guidance connect freshdesk`: from an API key to webhooks that arrive, and to an app that opens the sidebar."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance.accounts.rotating import OLD_HOLD_FOR, with_old_until, without_old
from guidance.cli.accounts import read_account
from guidance.cli.connect import alone, keep_connected, reaching, say_whose_words, share_option, with_share
from guidance.cli.opening import opened_store
from guidance.errors import SetupError
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.records import AgentRecord
from guidance.integrations.freshdesk.setup import Setup
from guidance.integrations.freshdesk.shape import Shape
from guidance.ports import Account, Store
from guidance.settings import read_settings


class Options(Struct, frozen=True, kw_only=True):
    """What was asked for on the command line. `is_bot` None: not said whether the key's agent is ours alone."""

    subdomain: str
    name: str
    base_url: str | None
    api_key: str | None
    thin: bool
    origin: tuple[str, ...]
    task_field: tuple[str, ...]
    tasks: str | None
    share: float | None
    rotate: bool
    at_once: bool
    is_bot: bool | None
    dry_run: bool


@click.command()
@click.argument("subdomain", callback=alone)
@click.option("--name", help="What the account is called here; the subdomain unless you say otherwise.")
@click.option("--base-url", help="Another address than https://SUBDOMAIN.freshdesk.com, for a desk to try it on.")
@click.option("--api-key", envvar="GUIDANCE_FRESHDESK_API_KEY", help="An admin's API key; asked for where not given.")
@click.option("--thin", is_flag=True, help="No text and no names in webhooks: each message is fetched instead.")
@click.option("--origin", multiple=True, help="Where Freshworks serves the app from; learned at first use otherwise.")
@click.option("--task-field", multiple=True, metavar="NAME=VALUE", help="What a new ticket must have in this account.")
@click.option(
    "--tasks",
    type=click.Choice([one.value for one in Shape]),
    help="What a task is: a child of its ticket or one of its own; found out otherwise.",
)
@share_option
@click.option(
    "--rotate", is_flag=True, help="New secrets for webhooks and app; the old ones hold for a week beside them."
)
@click.option("--at-once", is_flag=True, help="Old secrets end now: with --rotate, for one that has leaked.")
@click.option(
    "--bot/--person", "is_bot", default=None, help="Whether the key's agent is Guidance's own, or answers customers."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def freshdesk(subdomain: str, **given: Any) -> None:
    """Connect the Freshdesk at SUBDOMAIN.freshdesk.com. It may be run again at any time: what is there already is kept."""
    options = Options(subdomain=subdomain, name=given.pop("name") or subdomain, **given)
    settings = read_settings()
    endpoint = f"{settings.url}/webhooks/freshdesk/{options.name}"
    with opened_store() as store:
        known = store.account(f"freshdesk:{options.name}")
        account = account_of(options, known)
        setup = Setup(FreshdeskApi(account), endpoint, statuses=account.config.get("statuses"))
        with reaching(account.base_url):
            _connect(store, setup, account, options, known, urlsplit(settings.url).netloc)


def account_of(options: Options, known: Account | None) -> Account:
    """The account as it will be kept: what is known of it, and what was given now. A new one is in shadow everywhere."""
    kept = dict(known.secrets if known else {})
    kept["api_key"] = options.api_key or kept.get("api_key") or click.prompt("An admin's API key", hide_input=True)
    for name in ("webhook", "install"):
        before = kept.get(name)
        if before and options.rotate:
            kept[f"{name}_old"] = before
        if not before or options.rotate:
            kept[name] = secrets.token_urlsafe(32)
    known_url = known.base_url if known else f"https://{options.subdomain}.freshdesk.com"
    config = with_share(known.config if known else {}, options.share)
    if options.task_field:
        config["task_fields"] = _task_fields(options.task_field)
    if options.tasks:
        config["tasks"] = options.tasks
    account = Account(
        id=f"freshdesk:{options.name}",
        base_url=(options.base_url or known_url).rstrip("/"),
        secrets=kept,
        config=config,
        origins=options.origin or (known.origins if known else ()),
        settings=known.settings if known else {"live_in": []},
    )
    if options.rotate:
        account = with_old_until(account, datetime.now(UTC) + OLD_HOLD_FOR)
    return read_account(msgspec.json.encode(without_old(account) if options.at_once else account))


def _connect(store: Store, setup: Setup, account: Account, options: Options, known: Account | None, host: str) -> None:
    me = setup.me()
    click.echo(f"✓ {account.base_url} answers; the key is that of {me.contact.name}")
    if options.dry_run:
        _say_plan(setup, account, options)
        return
    account = _with_hours(setup, _with_bot(account, me, is_bot=options.is_bot))
    # Kept first: a webhook of the new rules must find its secret.
    keep_connected(store, account, known)
    click.echo(f"✓ {account.id} is kept, its secrets sealed")
    if options.rotate or options.at_once:
        ends = "have ended" if options.at_once else f"hold for {OLD_HOLD_FOR.days} days; --at-once ends them now"
        click.echo(f"✓ the old secrets {ends}")
    for name, done in setup.put_rules(account.secrets["webhook"], thin=options.thin):
        click.echo(f"✓ the rule “{name}” is {done}")
    _warn(setup, options)
    _say_next(account, host, shows_secret=known is None or known.secrets.get("install") != account.secrets["install"])


def _with_bot(account: Account, me: AgentRecord, *, is_bot: bool | None) -> Account:
    """The key's agent as the one as whom we write, whose comments are never judged; only where it is nobody's own."""
    if is_bot is None:
        say_whose_words(account, str(me.id), me.contact.name)
        return account
    settings = {name: value for name, value in account.settings.items() if name != "bot_id"}
    config = {name: value for name, value in account.config.items() if name != "bot_name"}
    if is_bot:
        settings["bot_id"], config["bot_name"] = str(me.id), me.contact.name
    return replace(account, settings=settings, config=config)


def _with_hours(setup: Setup, account: Account) -> Account:
    """Freshdesk's business hours, beside the holidays that an admin has set; never in place of hours of the admin's own."""
    if account.settings.get("own_hours"):
        click.echo("✓ business hours: your own stay, as `own_hours` says")
        return account
    hours = setup.hours()
    if hours is None or hours.weekly is None:
        click.echo("! Business hours can't be read with this key; promises count Monday to Friday, nine to five.")
        return account
    click.echo(
        f"✓ business hours: {len(hours.weekly)} days a week, {hours.time_zone}; Freshdesk does not tell holidays"
    )
    kept = {**(account.settings.get("hours") or {}), **msgspec.to_builtins(hours)}
    return replace(account, settings=account.settings | {"hours": kept})


def _say_plan(setup: Setup, account: Account, options: Options) -> None:
    missing = setup.missing_rules(account.secrets["webhook"], thin=options.thin)
    for name in missing:
        click.echo(f"· the rule “{name}” would be made")
    if not missing:
        click.echo("· all rules are there; they would be brought up to date")
    if options.rotate:
        click.echo("· webhooks and app would get new secrets")
    if options.at_once:
        click.echo("· the old secrets would end at once")
    click.echo("· the account would be kept, with Freshdesk's business hours")
    _warn(setup, options)
    click.echo("Nothing was changed.")


def _warn(setup: Setup, options: Options) -> None:
    given = {one.partition("=")[0] for one in options.task_field}
    for told in setup.obstacles():
        if not (told.startswith("a new ticket") and given):
            click.echo(f"! {told}")


def _say_next(account: Account, host: str, *, shows_secret: bool) -> None:
    steps = [
        f"`guidance package freshdesk`, upload the ZIP as a custom app; its settings ask for the host {host} and the install secret",
        f"`guidance pilot {account.id}`: what would have been said on your last 500 replies",
    ]
    if account.settings.get("live_in") == []:
        steps.append(f"`guidance live {account.id} --group NAME`: until then no agent sees anything")
    if shows_secret:
        click.echo(f"The install secret, shown this once: {account.secrets['install']}")
    click.echo("Next:")
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")


def _task_fields(given: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in given:
        name, apart, value = one.partition("=")
        if not apart or not name.strip():
            raise SetupError(f"--task-field takes NAME=VALUE, as in type=Question, not {one!r}")
        told: Any = int(value) if value.isdecimal() else value
        if name.startswith("cf_"):
            fields.setdefault("custom_fields", {})[name] = told
        else:
            fields[name] = told
    return fields
