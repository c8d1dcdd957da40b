"""What changed in Freshdesk, by its list of tickets: `updated_since`, oldest change first. Source: Freshdesk's API reference.

Deleted tickets stand in a list of their own (`filter=deleted`). Times are whole seconds, so a cursor names a second, and the tickets of that second that
need not be told of again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from guidance.errors import HelpdeskError
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.records import TicketRecord
from guidance.integrations.freshdesk.words import TASK_TAG, status_of, task_of
from guidance.integrations.taming import ident, moment
from guidance.model import AnyEvent, Status, TaskChanged, TicketChanged, TicketDeleted, TicketKey
from guidance.ports import Account, Changes

_SETTLES_WITHIN = timedelta(seconds=3)
"""A ticket may change again within the second in which it was listed; one that changed longer ago can't."""

_MOST_RECENT_PAGES = 10


def read_changes(api: FreshdeskApi, account: Account, *, since: datetime, cursor: str | None, now: datetime) -> Changes:
    """The next hundred changes. Raises `HelpdeskError`."""
    start, _, told = (cursor or _zulu(since)).partition("|")
    known = set(told.split(",")) if told else set()
    asked = {"updated_since": start, "order_by": "updated_at", "order_type": "asc"}
    records, more = next(iter(api.pages("tickets", TicketRecord, asked, most=1)))
    fresh = [record for record in records if not (_second(record) == start and str(record.id) in known)]
    events = tuple(event for record in fresh if (event := _event(record, account)) is not None)
    goes_on = more and bool(fresh)
    gone = () if goes_on else _deleted(api, account, start)
    return Changes(events=(*events, *gone), cursor=_cursor(records, start, now), more=goes_on)


def _deleted(api: FreshdeskApi, account: Account, start: str) -> tuple[AnyEvent, ...]:
    """The tickets that were thrown away since `start`, from a list of their own; none where this key may not see it."""
    asked = {"filter": "deleted", "updated_since": start}
    try:
        records, _ = next(iter(api.pages("tickets", TicketRecord, asked, most=1)))
    except HelpdeskError as error:
        if error.permanent and error.status != 401:
            return ()
        raise
    return tuple(
        TicketDeleted(key=TicketKey(account.id, str(one.id)), event_id=f"listed:{one.id}:deleted", at=at)
        for one in records
        if (at := moment(one.updated_at)) is not None and not task_of(one.tags or ())
    )


def read_recent(api: FreshdeskApi, count: int) -> Sequence[str]:
    """Ids of the tickets that changed last, newest first, tasks of ours left out. Raises `HelpdeskError`."""
    asked = {"order_by": "updated_at", "order_type": "desc"}
    found: list[str] = []
    for records, _ in api.pages("tickets", TicketRecord, asked, most=_MOST_RECENT_PAGES):
        found += [str(record.id) for record in records if TASK_TAG not in (record.tags or ())]
        if len(found) >= count:
            break
    return found[:count]


def _cursor(records: Sequence[TicketRecord], start: str, now: datetime) -> str:
    if not records:
        return start
    last = _second(records[-1])
    at = moment(last)
    if at is None or now - at < _SETTLES_WITHIN:
        return last
    return f"{last}|{','.join(str(record.id) for record in records if _second(record) == last)}"


def _event(record: TicketRecord, account: Account) -> AnyEvent | None:
    at = moment(record.updated_at)
    if at is None:
        return None
    event_id = f"listed:{record.id}:{record.updated_at}"
    if task := task_of(record.tags or ()):
        ticket_id, follow_up_id = task
        return TaskChanged(
            key=TicketKey(account.id, ticket_id),
            event_id=event_id,
            at=at,
            follow_up_id=follow_up_id,
            task_id=str(record.id),
            done=status_of(record.status, account.config.get("statuses")) in (Status.SOLVED, Status.CLOSED),
            due_at=moment(record.due_by),
            assignee_id=ident(record.responder_id),
        )
    return TicketChanged(
        key=TicketKey(account.id, str(record.id)), event_id=event_id, at=at, needs_fetch=True, listed=True
    )


def _second(record: TicketRecord) -> str:
    at = moment(record.updated_at)
    return _zulu(at) if at else record.updated_at


def _zulu(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
