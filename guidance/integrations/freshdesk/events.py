"""From Freshdesk's webhook bodies to our events. All they say is provisional: they name no comment, no actor and no time.

Where each fact comes from stands in README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import re2

from guidance.errors import MalformedError, UnsupportedEventError
from guidance.integrations.freshdesk.bodies import HookBody, peek_ticket_id, unwrapped
from guidance.integrations.freshdesk.comments import CREATED, NOTES, REPLIES, comment_in
from guidance.integrations.freshdesk.words import TASK_TAG, channel_of, priority_of, status_of, task_of
from guidance.integrations.taming import digest, ident, moment, number, read_object, tame, words
from guidance.model import NOBODY, AnyEvent, CommentAdded, Person, Status, TaskChanged, Ticket, TicketChanged, TicketKey
from guidance.ports import Account

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of fields whose body says none: they fill what is unknown, and never overrule what is known."""

_UPDATED = "ticket_updated"
_KNOWN = frozenset({CREATED, _UPDATED, *REPLIES, *NOTES})
_TRIGGERED = re2.compile(r"^\s*\{?\s*([a-z_]{1,40})\s*:\s*\{?\s*([a-z_]{0,40})")
_NAME = re2.compile(r"[a-z][a-z_]{0,40}")
_BY_TRIGGER = {
    ("ticket_action", "created"): CREATED,
    ("note_type", "private"): "private_note",
    ("note_type", "public"): "public_note",
    ("reply_sent", "sent"): "reply",
}


def parse(body: bytes, account: Account, *, received_at: datetime) -> Sequence[AnyEvent]:
    """Tame an authentic body. Raises `MalformedError` with the path that failed, or `UnsupportedEventError`.

    Two bodies may be the same bytes and stand for two notes, so event ids also hold the time of arrival.
    """
    mark = digest(body.decode("utf8", "replace"), received_at.isoformat())
    found = read_object(body)
    if found is None:
        return [_look_again(body, account, mark, received_at)]
    told = tame(unwrapped(found), HookBody)
    key = TicketKey(account.id, number(told.ticket_id, at="ticket_id"))
    tags = words(told.tags, apart=",")
    if task := task_of(tags):
        return [_task_changed(told, account, task, mark, received_at)]
    if TASK_TAG in tags:
        raise UnsupportedEventError("own task")
    return _read(told, account, key, mark, received_at)


def _look_again(body: bytes, account: Account, mark: str, received_at: datetime) -> TicketChanged:
    ticket_id = peek_ticket_id(body)
    if ticket_id is None:
        raise MalformedError(
            "The body is no JSON object and names no ticket; put every placeholder of the rule's content in quotes."
        )
    return TicketChanged(key=TicketKey(account.id, ticket_id), event_id=mark, at=received_at, needs_fetch=True)


def _read(
    told: HookBody, account: Account, key: TicketKey, mark: str, received_at: datetime
) -> Sequence[CommentAdded | TicketChanged]:
    event = _event_of(told)
    comment = comment_in(told, event, key, received_at=received_at)
    if comment is None:
        return [_changed(told, account, key, mark, needs_fetch=True)]
    if comment.author_name and comment.author_name == account.config.get("bot_name"):
        raise UnsupportedEventError(f"own {event}")
    added = CommentAdded(key=key, event_id=f"{mark}:comment", at=comment.at or received_at, comment=comment)
    return [_changed(told, account, key, mark, needs_fetch=False), added]


def _event_of(told: HookBody) -> str:
    """What happened: the rule's own word, else what Freshdesk says set it off; '' where neither says."""
    if told.event:
        if told.event in _KNOWN:
            return told.event
        raise UnsupportedEventError(told.event if _NAME.fullmatch(told.event) else "unknown event")
    found = _TRIGGERED.search(told.triggered_event or "")
    return _BY_TRIGGER.get((found.group(1), found.group(2)), _UPDATED) if found else ""


def _changed(told: HookBody, account: Account, key: TicketKey, mark: str, *, needs_fetch: bool) -> TicketChanged:
    fields = _fields(told, account)
    people = {
        "requester": _person(told.requester_id, told.requester_name, told.requester_email),
        "assignee": _person(told.agent_id, told.agent_name, told.agent_email),
    }
    known = {role: person for role, person in people.items() if person != Person()}
    return TicketChanged(
        key=key,
        event_id=mark,
        at=moment(told.updated_at) or LONG_AGO,
        ticket=Ticket(id=key.ticket_id, **fields),
        fields=(*fields, *known),
        needs_fetch=needs_fetch,
        requester=known.get("requester", NOBODY),
        assignee=known.get("assignee", NOBODY),
    )


def _fields(told: HookBody, account: Account) -> dict[str, Any]:
    fields = {
        "subject": told.subject or None,
        "status": status_of(told.status, account.config.get("statuses")),
        "priority": priority_of(told.priority),
        "channel": channel_of(told.source),
        "tags": None if told.tags is None else words(told.tags, apart=","),
        "group": told.group_name or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _person(person_id: str | int | None, name: str | None, email: str | None) -> Person:
    return Person(id=ident(person_id) or "", name=name or None, email=email or None)


def _task_changed(
    told: HookBody, account: Account, task: tuple[str, str], mark: str, received_at: datetime
) -> TaskChanged:
    ticket_id, follow_up_id = task
    return TaskChanged(
        key=TicketKey(account.id, ticket_id),
        event_id=mark,
        at=moment(told.updated_at) or received_at,
        follow_up_id=follow_up_id,
        task_id=str(told.ticket_id),
        done=status_of(told.status, account.config.get("statuses")) in (Status.SOLVED, Status.CLOSED),
        assignee_id=ident(told.agent_id),
    )
