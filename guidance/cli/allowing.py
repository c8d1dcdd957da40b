"""`guidance connect zendesk --authorize`: an admin allows the access in their browser, and this command waits for the code."""

from __future__ import annotations

import secrets
import time

import click
from msgspec.structs import replace

from guidance.app.allowing import asked_name, code_name
from guidance.errors import HelpdeskError, SetupError
from guidance.integrations.zendesk.oauth import authorize_url, exchange
from guidance.ports import RENEWED, Account, Store

WAITS_FOR = 600
_LOOKS_EVERY = 0.5


def allowed_by_an_admin(store: Store, account: Account, redirect_uri: str) -> Account:
    """The account with the tokens that an admin has allowed just now. Raises `SetupError`."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    store.keep(asked_name(state), account.id.encode(), seconds=WAITS_FOR)
    click.echo("Open this as an admin of Zendesk, and allow it:")
    click.echo(f"  {authorize_url(account, redirect_uri, state, verifier)}")
    click.echo(f"The client's redirect URL has to be {redirect_uri}. Waiting …")
    code = _code(store, state)
    if not code:
        raise SetupError("it was not allowed; run this again, and press Allow in Zendesk")
    try:
        granted = exchange(account, code, redirect_uri, verifier)
    except HelpdeskError as error:
        raise SetupError(f"Zendesk gave no token for what was allowed: {error}") from error
    if not granted.refresh_token:
        raise SetupError("Zendesk gave a token that can't be renewed; turn on refresh tokens for the OAuth client")
    # What was allowed before ends with this, so whoever is at work has to know the new pair at once.
    store.swap_secrets(account.id, granted.secrets, expected={})
    click.echo("✓ an admin has allowed it")
    return replace(account, secrets={**account.secrets, **granted.secrets})


def with_tokens_of(account: Account, known: Account | None) -> Account | None:
    """What was known of the account, with the pair that it has now: it lies in the store already, or a newer one in its place."""
    if known is None or "refresh_token" not in account.secrets:
        return known
    pair = {name: account.secrets[name] for name in RENEWED if name in account.secrets}
    return replace(known, secrets={**known.secrets, **pair})


def _code(store: Store, state: str) -> str:
    until = time.monotonic() + WAITS_FOR
    while time.monotonic() < until:
        code = store.recall(code_name(state))
        if code is not None:
            store.release(code_name(state))
            return code.decode()
        time.sleep(_LOOKS_EVERY)
    raise SetupError("nobody has allowed it within ten minutes; run this again")
