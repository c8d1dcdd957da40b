"""`guidance connect zendesk`: from an OAuth client to webhooks that arrive, and from an installed app to a sidebar that opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance.accounts.rotating import with_old_until
from guidance.cli.accounts import read_account
from guidance.cli.allowing import allowed_by_an_admin, with_tokens_of
from guidance.cli.connect import alone, keep_connected, reaching, say_whose_words, share_option, with_share
from guidance.cli.opening import opened_store
from guidance.errors import SetupError
from guidance.integrations.zendesk.oauth import API_TOKENS_END
from guidance.integrations.zendesk.records import UserRecord
from guidance.integrations.zendesk.setup import VIA_EVENTS, VIA_TRIGGER, Setup, open_setup
from guidance.ports import Account, Store
from guidance.settings import read_settings

_UNDER_WAY = timedelta(hours=1)
"""For what Zendesk had signed with a secret that it has replaced since."""


class Options(Struct, frozen=True, kw_only=True):
    """What was asked for on the command line. `is_bot` None: not said whether the token's user is ours alone."""

    subdomain: str
    name: str
    base_url: str | None
    client_id: str | None
    client_secret: str | None
    email: str | None
    api_token: str | None
    via: str
    share: float | None
    is_bot: bool | None
    authorize: bool
    dry_run: bool


@click.command()
@click.argument("subdomain", callback=alone)
@click.option("--name", help="What the account is called here; the subdomain unless you say otherwise.")
@click.option("--base-url", help="Another address than https://SUBDOMAIN.zendesk.com, for a desk to try it on.")
@click.option("--client-id", help="The OAuth client's identifier.")
@click.option(
    "--client-secret", envvar="GUIDANCE_ZENDESK_CLIENT_SECRET", help="Its secret; asked for where it is not given."
)
@click.option("--email", help="With an API token (legacy): whose it is.")
@click.option(
    "--api-token", envvar="GUIDANCE_ZENDESK_API_TOKEN", help=f"An API token (legacy, until {API_TOKENS_END})."
)
@click.option(
    "--via",
    type=click.Choice([VIA_EVENTS, VIA_TRIGGER]),
    default=VIA_EVENTS,
    show_default=True,
    help="How Zendesk tells us of news: event subscriptions, or a trigger.",
)
@click.option(
    "--bot/--person", "is_bot", default=None, help="Whether the token's user is Guidance's own, or answers customers."
)
@click.option(
    "--authorize",
    is_flag=True,
    help="An admin allows the access in their browser, instead of the client's own credentials.",
)
@share_option
@click.option("--app", "is_app", is_flag=True, help="Find the app that was installed, and open the sidebar for it.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def zendesk(subdomain: str, *, is_app: bool, **given: Any) -> None:
    """Connect the Zendesk at SUBDOMAIN.zendesk.com. It may be run again at any time: what is there already is kept."""
    options = _options(subdomain, given)
    with opened_store() as store:
        known = store.account(f"zendesk:{options.name}")
        if is_app and (known is None or "webhook" not in known.secrets):
            raise SetupError(f"zendesk:{options.name} isn't connected yet; run this without --app first")
        account = _account(options, known)
        endpoint = f"{read_settings().url}/webhooks/zendesk/{options.name}"
        if options.authorize and not options.dry_run:
            account = allowed_by_an_admin(store, account, f"{read_settings().url}/oauth/zendesk")
        with reaching(account.base_url):
            setup = open_setup(account, endpoint, vault=store)
            if is_app:
                _connect_app(store, setup, account, known, dry_run=options.dry_run)
            else:
                _connect(store, setup, account, options, endpoint, known)


def _options(subdomain: str, given: dict[str, Any]) -> Options:
    return Options(subdomain=subdomain, name=given.pop("name") or subdomain, **given)


def _account(options: Options, known: Account | None) -> Account:
    """The account as it will be kept: what is known of it, and what was given now. A new one is in shadow everywhere."""
    config = with_share(known.config if known else {}, options.share)
    kept = dict(known.secrets if known else {})
    if options.api_token:
        click.echo(
            f"! An API token is the old way: Zendesk ends all of them on {API_TOKENS_END}. An OAuth client lasts."
        )
        config["email"], kept["api_token"] = (
            options.email or click.prompt("E-mail of the token's owner"),
            options.api_token,
        )
    elif options.client_id or not kept:
        config["client_id"] = options.client_id or click.prompt("The OAuth client's identifier")
        kept["client_secret"] = options.client_secret or click.prompt("The OAuth client's secret", hide_input=True)
        for other in ("api_token", "access_token", "refresh_token"):
            kept.pop(other, None)
    known_url = known.base_url if known else f"https://{options.subdomain}.zendesk.com"
    base_url = (options.base_url or known_url).rstrip("/")
    parts = urlsplit(base_url)
    account = Account(
        id=f"zendesk:{options.name}",
        base_url=base_url,
        secrets=kept,
        config=config,
        origins=known.origins if known else (f"{parts.scheme}://{parts.netloc}",),
        settings=known.settings if known else {"live_in": []},
    )
    return read_account(msgspec.json.encode(account))


def _connect(
    store: Store, setup: Setup, account: Account, options: Options, endpoint: str, known: Account | None
) -> None:
    me = setup.me()
    click.echo(f"✓ {account.base_url} answers; the token acts as {me.name} ({me.role})")
    if options.dry_run:
        _say_plan(setup, options, endpoint)
        return
    account = _with_bot(account, me, is_bot=options.is_bot)
    webhook, done = setup.put_webhook(options.via)
    click.echo(f"✓ the webhook to {endpoint} is {done}")
    secret = setup.signing_secret(webhook)
    before = account.secrets.get("webhook")
    rotated = {"webhook_old": before} if before and before != secret else {}
    account = replace(account, secrets={**account.secrets, **rotated, "webhook": secret})
    if rotated:
        account = with_old_until(account, datetime.now(UTC) + _UNDER_WAY)
    keep_connected(store, account, with_tokens_of(account, known))
    click.echo(f"✓ {account.id} is kept, its secrets sealed")
    if options.via == VIA_TRIGGER:
        click.echo(f"✓ the trigger that sends every new comment is {setup.put_trigger(webhook)}")
    setup.test(webhook)
    click.echo("✓ Zendesk's own test has arrived, and its signature fits")
    for line in setup.remove(all_but=webhook):
        click.echo(f"✓ from an earlier way: {line}")
    _warn(setup)
    _say_next(account)


def _with_bot(account: Account, me: UserRecord, *, is_bot: bool | None) -> Account:
    """The token's user as the one as whom we write, whose comments are never judged; only where it is nobody's own."""
    if is_bot is None:
        say_whose_words(account, str(me.id), me.name)
        return account
    settings = {name: value for name, value in account.settings.items() if name != "bot_id"}
    config = {name: value for name, value in account.config.items() if name not in ("bot_id", "bot_name")}
    if is_bot:
        settings["bot_id"], config["bot_name"] = str(me.id), me.name
    return replace(account, settings=settings, config=config)


def _say_plan(setup: Setup, options: Options, endpoint: str) -> None:
    if options.authorize:
        click.echo("· an admin would be asked to allow the access in their browser, and the token act as them")
    known = setup.webhook(options.via)
    click.echo(f"· the webhook to {endpoint} would be {'brought up to date' if known else 'made'}")
    if options.via == VIA_TRIGGER:
        click.echo("· a trigger would be made that sends every new comment")
    click.echo("· Zendesk's own test would be sent, and the account kept")
    for line in setup.would_remove(all_but=known):
        click.echo(f"· from an earlier way: {line}")
    _warn(setup)
    click.echo("Nothing was changed.")


def _warn(setup: Setup) -> None:
    noisy = setup.noisy_triggers()
    if noisy:
        click.echo(
            f"! {len(noisy)} of your triggers would also fire on the tasks that promises become, and tell somebody:"
        )
        for title in noisy:
            click.echo(f"    {title}")
        click.echo(
            "  Add to each: “Tags” contains none of “guidance_followup”. Our tasks never have a customer as requester."
        )


def _say_next(account: Account) -> None:
    opened = bool(account.config.get("public_key"))
    steps = [f"`guidance pilot {account.id}`: what would have been said on your last 500 replies"]
    if not opened:
        steps.insert(
            0, "`guidance package zendesk`, upload the ZIP in Admin Center, then this command again with --app"
        )
    if account.settings.get("live_in") == []:
        steps.append(f"`guidance live {account.id} --group NAME`: until then no agent sees anything")
    click.echo("Next:")
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")


def _connect_app(store: Store, setup: Setup, account: Account, known: Account | None, *, dry_run: bool) -> None:
    app = setup.app()
    click.echo(f"✓ the app is installed (app {app.app_id}, installation {app.installation_id}), and its key is read")
    opened = {
        "iframe_issuer": urlsplit(account.base_url).netloc,
        "iframe_audience": f"{account.base_url.rstrip('/')}/api/v2/apps/installations/{app.installation_id}.json",
        "public_key": app.public_key,
        "app_id": app.app_id,
        "installation_id": app.installation_id,
    }
    if dry_run:
        click.echo("Nothing was changed.")
        return
    keep_connected(store, replace(account, config=account.config | opened), with_tokens_of(account, known))
    click.echo("✓ the sidebar opens for this installation, and for no other")
