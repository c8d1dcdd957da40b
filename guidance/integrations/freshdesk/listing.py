"""What changed in Freshdesk, by its list of tickets: `updated_since`, oldest change first. Source: Freshdesk's API reference.

Deleted tickets and spam stand in lists of their own (`filter=deleted`, `filter=spam`), for thirty days. Times are whole seconds, so a cursor names a
second, the tickets of that second that need not be told of again, and since when deletions are still to be asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import HelpdeskError
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.records import TicketRecord
from guidance.integrations.freshdesk.words import TASK_TAG, status_of, task_of
from guidance.integrations.taming import ident, moment, zulu
from guidance.model import AnyEvent, Status, TaskChanged, TicketChanged, TicketDeleted, TicketKey
from guidance.ports import Account, Changes

_SETTLES_WITHIN = timedelta(seconds=3)
"""A ticket may change again within the second in which it was listed; one that changed longer ago can't."""

_MOST_PAGES = 300
"""As far as Freshdesk turns the pages of a list."""

_RECENT = timedelta(days=90)
"""For as long a ticket is kept here; Freshdesk by itself lists those of thirty days alone."""

_MOST_DELETED_PAGES = 50
_DELETIONS_TOLD_FOR = timedelta(days=30)
_CLOCKS_DIFFER_BY = timedelta(hours=1)
"""At most, Freshdesk's and ours: deletions within it are asked for again."""

log = structlog.get_logger()


class _Place(Struct, frozen=True):
    """How far the lists were read. `told`: the tickets of second `at` that were told of; `deleted_since`: a second, too."""

    at: str
    told: frozenset[str]
    deleted_since: str

    def __str__(self) -> str:
        return f"{self.at}|{','.join(sorted(self.told))}|{self.deleted_since}"


def read_changes(api: FreshdeskApi, account: Account, *, since: datetime, cursor: str | None, now: datetime) -> Changes:
    """The next hundred changes. Raises `HelpdeskError`."""
    place = _place(cursor or zulu(since))
    fresh, more = _fresh(api, place)
    events: list[AnyEvent] = [_event(record, account, now) for record in fresh]
    after = _after(place, fresh, now)
    if not more:
        _warn(account, place, now)
        gone, goes_on_at = _gone(api, account, place.deleted_since, now)
        asked_up_to = max(after.at, zulu(now - _CLOCKS_DIFFER_BY))
        after, more = replace(after, deleted_since=goes_on_at or asked_up_to), goes_on_at is not None
        events += gone
    return Changes(events=tuple(events), cursor=str(after), more=more)


def _place(cursor: str) -> _Place:
    at, _, rest = cursor.partition("|")
    told, _, deleted_since = rest.partition("|")
    return _Place(at, frozenset(told.split(",") if told else ()), deleted_since or at)


def _fresh(api: FreshdeskApi, place: _Place) -> tuple[list[TicketRecord], bool]:
    """The first page that has anything new on it, and whether there is more: one second's tickets may fill several pages."""
    asked = {"updated_since": place.at, "order_by": "updated_at", "order_type": "asc"}
    for records, more in api.pages("tickets", TicketRecord, asked, most=_MOST_PAGES, one_by_one=True):
        fresh = [one for one in records if not (_second(one) in ("", place.at) and str(one.id) in place.told)]
        if fresh:
            return fresh, more
    return [], False


def _after(place: _Place, fresh: Sequence[TicketRecord], now: datetime) -> _Place:
    last = max((second for one in fresh if (second := _second(one))), default=place.at)
    at = moment(last)
    if fresh and (at is None or now - at < _SETTLES_WITHIN):
        return _Place(last, frozenset(), place.deleted_since)
    told = frozenset(str(one.id) for one in fresh if _second(one) in ("", last))
    return _Place(last, told | place.told if last == place.at else told, place.deleted_since)


def _warn(account: Account, place: _Place, now: datetime) -> None:
    since, told_since = moment(place.deleted_since), now - _DELETIONS_TOLD_FOR
    if since is not None and since < told_since:
        log.warning("deletions.out_of_reach", account=account.id, since=place.deleted_since, until=zulu(told_since))


def _gone(api: FreshdeskApi, account: Account, since: str, now: datetime) -> tuple[list[AnyEvent], str | None]:
    """The tickets that were thrown away or marked as spam, and where to go on if there are more of them."""
    events: list[AnyEvent] = []
    ends: list[str] = []
    for kind in ("deleted", "spam"):
        records, goes_on_at = _gone_as(kind, api, since)
        events += [_deletion(one, account, now) for one in records]
        ends += [goes_on_at] if goes_on_at else []
    return events, min(ends, default=None)


def _gone_as(kind: str, api: FreshdeskApi, since: str) -> tuple[list[TicketRecord], str | None]:
    """One list of them; none where this key may not see it, nor any that says of itself that it is not gone in this way."""
    asked = {"filter": kind, "updated_since": since, "order_by": "updated_at", "order_type": "asc"}
    try:
        pages = list(api.pages("tickets", TicketRecord, asked, most=_MOST_DELETED_PAGES, one_by_one=True))
    except HelpdeskError as error:
        if error.permanent and error.status != 401:
            return [], None
        raise
    gone = [one for records, _ in pages for one in records if getattr(one, kind) is not False]
    last, more = pages[-1]
    return gone, max(map(_second, last)) or None if last and more else None


def _deletion(record: TicketRecord, account: Account, now: datetime) -> TicketDeleted | TaskChanged:
    event, event_id = _event(record, account, now), f"listed:{record.id}:deleted"
    if isinstance(event, TaskChanged):
        return replace(event, event_id=event_id, gone=True)
    return TicketDeleted(key=event.key, event_id=event_id, at=event.at)


def read_recent(api: FreshdeskApi, count: int, *, now: datetime) -> Sequence[str]:
    """Ids of the tickets that changed last, newest first, tasks of ours left out. Raises `HelpdeskError`."""
    asked = {"updated_since": zulu(now - _RECENT), "order_by": "updated_at", "order_type": "desc"}
    found: list[str] = []
    for records, _ in api.pages("tickets", TicketRecord, asked, most=_MOST_PAGES, one_by_one=True):
        found += [str(record.id) for record in records if TASK_TAG not in (record.tags or ())]
        if len(found) >= count:
            break
    return found[:count]


def _event(record: TicketRecord, account: Account, now: datetime) -> TicketChanged | TaskChanged:
    """What to make of a change. One whose time can't be read has just been heard of, so that it is fetched all the same.

    A task's `due_by` is not read: Freshdesk sets it anew by its service levels, seconds after it was made, and nobody meant that.
    """
    at = moment(record.updated_at) or now
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
            assignee_id=ident(record.responder_id),
        )
    return TicketChanged(
        key=TicketKey(account.id, str(record.id)), event_id=event_id, at=at, needs_fetch=True, listed=True
    )


def _second(record: TicketRecord) -> str:
    """When it changed; empty where that can't be read."""
    at = moment(record.updated_at)
    return zulu(at) if at else ""
