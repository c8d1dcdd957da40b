"""`guidance failures`: what could not be read or done, the place that failed, and another try."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
import msgspec

from guidance.cli.opening import opened_store
from guidance.cli.tables import show_table, table_with
from guidance.ports import Failure
from guidance.store import RedisStore


@click.group(invoke_without_command=True)
@click.pass_context
def failures(context: click.Context) -> None:
    """What could not be done: list, show, retry, drop."""
    if context.invoked_subcommand is None:
        context.invoke(list_failures)


@failures.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, without bodies.")
def list_failures(*, as_json: bool = False) -> None:
    """List failures, newest first, with the place that failed."""
    with opened_store() as store:
        found = store.failures()
    if as_json:
        for one in found:
            click.echo(msgspec.json.encode(msgspec.structs.replace(one, body=b"")).decode())
        return
    if not found:
        click.echo("Nothing has failed.")
        return
    table = table_with("id", "when (UTC)", "kind", "account", "ticket", "place", "what", whole=("id",))
    for one in found:
        at = one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(one.id, at, one.kind, one.account, one.ticket_id or "", one.path, one.message)
    show_table(table)


@failures.command()
@click.argument("failure_id")
def show(failure_id: str) -> None:
    """Show one failure: what failed, and where in the body."""
    with opened_store() as store:
        one = _found(store, failure_id)
    for name in ("id", "kind", "account", "ticket_id", "path", "message"):
        click.echo(f"{name + ':':11} {getattr(one, name) or '-'}")
    click.echo(f"{'body:':11} {len(one.body):,} bytes, kept for a retry")


@failures.command()
@click.argument("failure_id")
def retry(failure_id: str) -> None:
    """Put a failure back where it came from, to be tried again now."""
    with opened_store() as store:
        _found(store, failure_id)
        store.retry(failure_id, now=datetime.now(UTC))
    click.echo(f"{failure_id} is tried again.")


@failures.command()
@click.argument("failure_id")
def drop(failure_id: str) -> None:
    """Forget a failure for good."""
    with opened_store() as store:
        _found(store, failure_id)
        store.drop_failure(failure_id)
    click.echo(f"{failure_id} is forgotten.")


def _found(store: RedisStore, failure_id: str) -> Failure:
    one = store.failure(failure_id)
    if one is None:
        click.echo(f"There is no failure {failure_id}; `guidance failures list` shows those there are.", err=True)
        sys.exit(1)
    return one
