"""`guidance reconcile`: ask helpdesks now for what webhooks may have missed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from threading import Event

import click

from guidance.accounts import AccountBook
from guidance.cli.opening import NO_ACCOUNT, accounts_of, connected, opened_store
from guidance.dispatch import Advancing, connecting
from guidance.reconcile import Ratings, Reconciled, Reconciler
from guidance.rules import load_rulebook
from guidance.settings import read_settings


@click.command()
@click.argument("account", required=False)
@click.option("--ratings", is_flag=True, help="Ask for the answers to customer surveys instead, as happens each night.")
def reconcile(account: str | None, *, ratings: bool) -> None:
    """Ask every helpdesk, or that of ACCOUNT, what has changed since it was asked last.

    The worker does this by itself twice a minute; what has to be fetched is fetched by the worker.
    """
    rulebook = load_rulebook(read_settings().rules_dir)
    is_well, what = True, "answers" if ratings else "changes"
    with opened_store() as store:
        chosen = accounts_of(store, account)
        advancing = Advancing(store, AccountBook(store), lambda: rulebook, _now)
        told = (store, connecting(lambda one: connected(one, store)), advancing.take, _now)
        asking = Ratings(*told, wait=Event().wait) if ratings else Reconciler(*told)
        for found in map(asking.run, chosen):
            is_well = is_well and found.trouble is None
            click.echo(f"{found.account}: {found.trouble or _told(found, what)}")
    if not chosen:
        click.echo(NO_ACCOUNT)
    sys.exit(0 if is_well else 1)


def _told(found: Reconciled, what: str) -> str:
    return f"{found.changes} {what}{'; there are more, which the worker asks for' if found.more else ''}"


def _now() -> datetime:
    return datetime.now(UTC)
