"""Zendesk's incremental export: what changed, by time, without the latest minute; and the tickets that changed last.

Source: Zendesk's Incremental Exports API (cursor-based) and Tickets API, sorting of cursor pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from guidance.integrations.taming import ident, moment, tame_each
from guidance.integrations.zendesk.merged import is_merged
from guidance.integrations.zendesk.paging import SIZE, pages
from guidance.integrations.zendesk.records import Page, TicketRecord
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.integrations.zendesk.words import status_of, task_of
from guidance.model import AnyEvent, Status, TaskChanged, TicketChanged, TicketDeleted, TicketKey, TicketMerged
from guidance.ports import Account, Changes

_DELETED = "deleted"
_MOST_PAGES = 100


class ExportPage(Struct, frozen=True, kw_only=True):
    """`after_cursor` None: nothing has changed since."""

    tickets: list[Any]
    after_cursor: str | None = None
    end_of_stream: bool = True


class TicketsPage(Page, frozen=True, kw_only=True):
    tickets: list[Any]


def read_changes(
    session: ZendeskSession,
    account: Account,
    *,
    since: datetime,
    cursor: str | None,
    target_of: Callable[[str], str | None],
    now: datetime,
) -> Changes:
    """One page of the export. `target_of`: into which ticket one was merged, None where that can't be told. Raises `HelpdeskError`, and `MalformedError` for an answer of another shape."""
    start = str(int(since.timestamp()))
    asked = {"cursor": cursor} if cursor else {"start_time": start}
    page = session.read(f"incremental/tickets/cursor?{urlencode(asked)}", ExportPage)
    records = tame_each(page.tickets, TicketRecord, account=account.id)
    events = [_event(record, account, now) for record in records]
    events += [event for record in records if (event := _merged(record, account, target_of, now)) is not None]
    return Changes(events=tuple(events), cursor=page.after_cursor or cursor or "", more=not page.end_of_stream)


def read_recent(session: ZendeskSession, account: Account, count: int) -> Sequence[str]:
    """Ids of the tickets that changed last, newest first. Raises as `read_changes`."""
    found = pages(session, "tickets", TicketsPage, {"sort": "-updated_at", **SIZE}, most=_MOST_PAGES)
    records = (one for page in found for one in tame_each(page.tickets, TicketRecord, account=account.id))
    theirs = (one for one in records if task_of(one.external_id, account.id) is None)
    return [str(one.id) for one in islice(theirs, count)]


def _merged(
    record: TicketRecord, account: Account, target_of: Callable[[str], str | None], now: datetime
) -> AnyEvent | None:
    """Where a ticket went that was closed by a merge; its promises go along."""
    at = moment(record.updated_at) or now
    if not is_merged(record) or task_of(record.external_id, account.id):
        return None
    into = target_of(str(record.id))
    if into is None:
        return None
    return TicketMerged(
        key=TicketKey(account.id, str(record.id)), event_id=f"export:{record.id}:merged:{into}", at=at, into=into
    )


def _event(record: TicketRecord, account: Account, now: datetime) -> AnyEvent:
    """What to make of a change. One whose time can't be read has just been heard of, so that it is fetched all the same."""
    at = moment(record.updated_at) or now
    key, event_id = TicketKey(account.id, str(record.id)), f"export:{record.id}:{record.updated_at}:{record.status}"
    is_gone = record.status == _DELETED
    if task := task_of(record.external_id, account.id):
        ticket_id, follow_up_id = task
        return TaskChanged(
            key=TicketKey(account.id, ticket_id),
            event_id=event_id,
            at=at,
            follow_up_id=follow_up_id,
            task_id=str(record.id),
            done=status_of(record.status) in (Status.SOLVED, Status.CLOSED),
            due_at=moment(record.due_at),
            assignee_id=ident(record.assignee_id),
            gone=is_gone,
        )
    if is_gone:
        return TicketDeleted(key=key, event_id=event_id, at=at)
    return TicketChanged(key=key, event_id=event_id, at=at, needs_fetch=True, listed=True)
