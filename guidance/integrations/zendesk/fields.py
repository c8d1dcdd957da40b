"""One event of a subscription as it was heard, and the ticket's fields that it tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import MalformedError
from guidance.integrations.taming import ident, moment, number, words
from guidance.integrations.zendesk.bodies import CommentAuthor, Detail, Envelope
from guidance.integrations.zendesk.words import audience_of, channel_of, priority_of, status_of
from guidance.model import NOBODY, Person, Ticket, TicketChanged, TicketKey
from guidance.ports import Account

_CHANGED_FIELD = {"status_changed": "status", "priority_changed": "priority", "subject_changed": "subject"}


class Heard(Struct, frozen=True):
    """One event of a subscription: its name without prefix, the tamed envelope, and whose it is."""

    name: str
    envelope: Envelope
    account: Account
    at: datetime
    key: TicketKey

    @property
    def event_id(self) -> str:
        return str(self.envelope.id)

    @property
    def detail(self) -> Detail:
        return self.envelope.detail


def hear(name: str, envelope: Envelope, account: Account) -> Heard:
    """Raises `MalformedError` where time or ticket can't be read."""
    at = moment(envelope.time)
    if at is None:
        raise MalformedError("`time` has to be a time with its zone.", path="time")
    return Heard(name, envelope, account, at, TicketKey(account.id, number(envelope.detail.id, at="detail.id")))


def changed(
    heard: Heard, *, event_id: str | None = None, author: CommentAuthor | None = None, needs_fetch: bool = False
) -> TicketChanged:
    """The ticket's fields as the event describes them; only those that it tells."""
    detail = _current(heard)
    told = _told(detail)
    people = {"requester": detail.requester_id, "assignee": detail.assignee_id}
    known = {role: _person(who, author) for role, one in people.items() if (who := ident(one))}
    return TicketChanged(
        key=heard.key,
        event_id=event_id or heard.event_id,
        at=heard.at,
        ticket=Ticket(id=heard.key.ticket_id, **told),
        fields=(*told, *known),
        needs_fetch=needs_fetch,
        requester=known.get("requester", NOBODY),
        assignee=known.get("assignee", NOBODY),
    )


def _current(heard: Heard) -> Detail:
    """The detail, where the event's own new value for the field that changed has the last word."""
    field, current = _CHANGED_FIELD.get(heard.name), heard.envelope.event.get("current")
    return replace(heard.detail, **{field: current}) if field and isinstance(current, str) else heard.detail


def _told(detail: Detail) -> dict[str, Any]:
    told = {
        "subject": detail.subject or None,
        "status": status_of(detail.status),
        "priority": priority_of(detail.priority),
        "channel": channel_of(detail.via),
        "audience": audience_of(detail.via) if detail.via else None,
        "tags": None if detail.tags is None else words(detail.tags),
        "created_at": moment(detail.created_at),
    }
    return {name: value for name, value in told.items() if value is not None}


def _person(person_id: str, author: CommentAuthor | None) -> Person:
    """A person of whom an event tells the id, and the name only where they wrote its comment."""
    is_author = author is not None and ident(author.id) == person_id
    return Person(id=person_id, name=(author.name or None) if author and is_author else None)
