"""`guidance failures`: what could not be read or done, the place that failed, and another try."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click
import msgspec

from guidance.cli.opening import opened_store
from guidance.cli.tables import show_table, table_with
from guidance.errors import MalformedError
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
        found, count = store.failures(), store.failure_count()
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
    if count > len(found):
        click.echo(f"These are the newest {len(found)} of {count}.")


@failures.command()
@click.argument("failure_id")
def show(failure_id: str) -> None:
    """Show one failure: what failed, and where in the body."""
    with opened_store() as store:
        one = _found(store, failure_id)
    for name in ("id", "kind", "account", "ticket_id", "path", "message"):
        click.echo(f"{name + ':':11} {getattr(one, name) or '-'}")
    click.echo(f"{'body:':11} {len(one.body):,} bytes, kept for a retry")


def chosen(command: Callable[..., None]) -> Callable[..., None]:
    """Failures by their ids, or all of them, of one account where that is said."""
    for option in (
        click.argument("failure_ids", nargs=-1),
        click.option("--all", "everything", is_flag=True, help="All there are."),
        click.option("--account", help="With --all: those of this account alone."),
    ):
        command = option(command)
    return command


@failures.command()
@chosen
def retry(failure_ids: tuple[str, ...], account: str | None, *, everything: bool) -> None:
    """Put failures back where they came from, to be tried again now."""
    with opened_store() as store:
        for one in _chosen(store, failure_ids, account, everything=everything):
            try:
                store.retry(one.id, now=datetime.now(UTC))
            except MalformedError as error:
                click.echo(f"{one.id}: {error}", err=True)
            else:
                click.echo(f"{one.id} is tried again.")


@failures.command()
@chosen
def drop(failure_ids: tuple[str, ...], account: str | None, *, everything: bool) -> None:
    """Forget failures for good."""
    with opened_store() as store:
        for one in _chosen(store, failure_ids, account, everything=everything):
            store.drop_failure(one.id)
            click.echo(f"{one.id} is forgotten.")


def _chosen(store: RedisStore, failure_ids: tuple[str, ...], account: str | None, *, everything: bool) -> list[Failure]:
    if everything == bool(failure_ids):
        raise click.UsageError("Name failures, or --all of them.")
    if failure_ids:
        return [_found(store, one) for one in failure_ids]
    return [one for one in store.failures(count=store.failure_count()) if account in (None, one.account)]


def _found(store: RedisStore, failure_id: str) -> Failure:
    one = store.failure(failure_id)
    if one is None:
        click.echo(f"There is no failure {failure_id}; `guidance failures list` shows those there are.", err=True)
        sys.exit(1)
    return one
