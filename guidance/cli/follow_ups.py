"""`guidance follow-ups`: what is promised and open, and how promises were kept by week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import msgspec
from rich.table import Table

from guidance.accounts import settings_of
from guidance.cli.opening import accounts_of, opened_store
from guidance.cli.tables import show_table, table_with
from guidance.followups import told
from guidance.followups.record import by_week
from guidance.hours.business import BusinessTime
from guidance.model import FollowUp


@click.group("follow-ups", invoke_without_command=True)
@click.pass_context
def follow_ups(context: click.Context) -> None:
    """Promises: what is open, late or due, and the kept rate by week."""
    if context.invoked_subcommand is None:
        context.invoke(list_follow_ups)


@follow_ups.command("list")
@click.option("--account", help="Only this account, as in zendesk:acme.")
@click.option("--ticket", help="One ticket's, the closed ones too; needs --account.")
@click.option("--late", is_flag=True, help="Only those whose time has passed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with the promise's words.")
def list_follow_ups(
    *, account: str | None = None, ticket: str | None = None, late: bool = False, as_json: bool = False
) -> None:
    """List open promises by due time. Words are left out unless `--json` asks for them."""
    if ticket and not account:
        raise click.UsageError("--ticket needs --account.")
    before = datetime.now(UTC) if late else None
    with opened_store() as store:
        found = [
            one
            for each in accounts_of(store, account)
            for one in store.follow_ups(each.id, ticket_id=ticket, due_before=before, count=None)
        ]
    if as_json:
        for one in found:
            click.echo(msgspec.json.encode(told(one)).decode())
        return
    _print(found)


@follow_ups.command()
@click.option("--account", help="Only this account, as in zendesk:acme.")
@click.option("--weeks", default=8, show_default=True, type=click.IntRange(1, 12), help="How far back.")
def record(*, account: str | None = None, weeks: int = 8) -> None:
    """How promises were kept, by week and account; never by person, and no rate over fewer than five."""
    table = Table("account", "week of", "kept", "kept late", "broken", "taken off", "kept in time")
    with opened_store() as store:
        for each in accounts_of(store, account):
            zone = BusinessTime(settings_of(each).hours).zone
            since = datetime.now(UTC) - timedelta(weeks=weeks)
            for week in by_week(store.settled_follow_ups(each.id, since=since), zone):
                counts = map(str, (week.kept, week.late, week.broken, week.withdrawn))
                rate = "too few" if week.kept_rate is None else f"{week.kept_rate:.0%}"
                table.add_row(each.id, week.begins.isoformat(), *counts, rate)
    show_table(table)


def _print(found: list[FollowUp]) -> None:
    if not found:
        click.echo("Nothing is promised and open.")
        return
    table = table_with("id", "account", "ticket", "due", "state", "task", "trouble", whole=("id",))
    for one in found:
        due = one.due_at.strftime("%Y-%m-%d %H:%M %z") if one.due_at else "no time named"
        table.add_row(one.id, one.account, one.ticket_id, due, one.state, one.task_id or "", one.trouble or "")
    show_table(table)
