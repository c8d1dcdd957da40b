"""`guidance disconnect`: how to leave, with what is yours, and with nothing left behind that nobody told you of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from guidance.cli.noting import note
from guidance.cli.opening import account_of, opened_store
from guidance.errors import GuidanceError
from guidance.integrations import integrations
from guidance.model import FollowUp
from guidance.ports import Account
from guidance.settings import read_settings
from guidance.store import RedisStore
from guidance.store.private import written_privately
from guidance.text.counting import counted


@click.command()
@click.argument("account")
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every ticket and promise kept here to this file first, a JSON object a line, readable by you alone.",
)
@click.option(
    "--wipe",
    is_flag=True,
    help="Erase every ticket, promise and habit of the account kept here, what waits to be read, and backtests over it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--yes", is_flag=True, help="Don't ask whether --wipe is meant.")
def disconnect(account: str, target: Path | None, *, wipe: bool, dry_run: bool, yes: bool) -> None:
    """Disconnect ACCOUNT: its webhooks are deleted in the helpdesk, and nothing of it is accepted any more.

    With --export or --wipe also what is still kept here of one that was disconnected before.
    """
    with opened_store() as store:
        known = _known(store, account, keeps_more=bool(wipe or target))
        promises = [one for one in store.follow_ups(account, count=None) if one.state.is_open]
        if dry_run:
            _say_plan(store, account, known, wipe=wipe)
        else:
            if wipe and not yes:
                click.confirm(f"Erase all that is kept here of {account}?", abort=True)
            if target is not None:
                click.echo(f"✓ {_export(store, account, target)} lines are written to {target.name}")
            if known is not None:
                _leave(store, known)
                store.drop_account(account)
                note(store, account, "disconnected")
                click.echo(f"✓ {account} is disconnected; nothing of it is accepted any more")
            _say_what_is_kept(store, account, wipe=wipe)
    _say_what_remains(promises)


def _known(store: RedisStore, account: str, *, keeps_more: bool) -> Account | None:
    """The account; None for one that was disconnected before, and of which something is kept. Raises `NotFoundError`."""
    if keeps_more and store.account(account) is None and store.holds_of(account):
        return None
    return account_of(store, account)


def _say_plan(store: RedisStore, account: str, known: Account | None, *, wipe: bool) -> None:
    """What would be done, here and in the helpdesk."""
    if known is not None:
        try:
            for line in _left_by(store, known, dry_run=True):
                click.echo(f"· {line}")
        except GuidanceError as error:
            click.echo(f"! {error}")
        click.echo(f"· {account} would be disconnected")
    tickets = counted(sum(1 for _ in store.tickets(account)), "ticket")
    click.echo(f"· {tickets} would be {'erased' if wipe else 'kept, for 90 days at most'}")


def _leave(store: RedisStore, account: Account) -> None:
    """Take our things out of the helpdesk. Where it can't be reached, leaving goes on all the same."""
    try:
        for line in _left_by(store, account):
            click.echo(f"✓ {line}")
    except GuidanceError as error:
        click.echo(f"! {error}")
        click.echo(
            f"  What calls {_endpoint(account)} has to be deleted in the helpdesk by hand; from now on it is answered 401."
        )


def _left_by(store: RedisStore, account: Account, *, dry_run: bool = False) -> Sequence[str]:
    return integrations()[account.helpdesk].leave(account, _endpoint(account), vault=store, dry_run=dry_run)


def _endpoint(account: Account) -> str:
    return f"{read_settings().url}/webhooks/{account.helpdesk}/{account.id.partition(':')[2]}"


def _say_what_is_kept(store: RedisStore, account: str, *, wipe: bool) -> None:
    """Erase what is kept, or say that it is, and how it goes."""
    if wipe:
        told = f"{counted(store.wipe(account), 'ticket')} erased"
        note(store, account, told)
        click.echo(f"✓ {told} here, with all that hung on them")
    elif tickets := sum(1 for _ in store.tickets(account)):
        told = f"{counted(tickets, 'ticket')} kept here, each until its 90 days are over"
        click.echo(f"! {told}; `guidance disconnect {account} --wipe` erases all now")


def _export(store: RedisStore, account: str, target: Path) -> int:
    """Write what is kept; on the disk before anything is erased here, and a file also where there was nothing to write."""
    lines = 0
    with written_privately(target) as file:
        for line in _lines(store, account):
            file.write(line + b"\n")
            lines += 1
    return lines


def _lines(store: RedisStore, account: str) -> Iterator[bytes]:
    for key in store.tickets(account):
        case = store.load(key)
        if case is not None:
            yield msgspec.json.encode({"ticket": case.conversation, "provisional": case.provisional})
            yield from (msgspec.json.encode({"follow_up": one}) for one in case.follow_ups)


def _say_what_remains(promises: list[FollowUp]) -> None:
    """What stays in the helpdesk: it is the company's, not ours."""
    tasks = [one for one in promises if one.task_id]
    click.echo("What stays in the helpdesk: tasks that were made, with their tags, and notes that were written.")
    if promises:
        click.echo(f"Still open: {counted(len(promises), 'promise')}, {len(tasks)} with a task:")
    for one in promises:
        due = f"{one.due_at:%Y-%m-%d %H:%M %Z}" if one.due_at else "no time named"
        task = f", task {one.task_id}" if one.task_id else ""
        click.echo(f"    ticket {one.ticket_id}: “{one.words}” ({due}{task})")
