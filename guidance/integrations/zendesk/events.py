"""From Zendesk's webhook bodies to our events. Where each fact comes from stands in README.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import re2

from guidance.errors import MalformedError, UnsupportedEventError
from guidance.integrations.taming import Id, digest, ident, moment, number, read_object, tame
from guidance.integrations.zendesk.bodies import Detail, Envelope, EventComment, HiddenComment
from guidance.integrations.zendesk.fields import Heard, changed, hear
from guidance.integrations.zendesk.trigger import read_trigger
from guidance.integrations.zendesk.words import (
    TICKET_EVENT,
    author_of,
    status_of,
    task_of,
)
from guidance.model import (
    AnyEvent,
    Author,
    Comment,
    CommentAdded,
    CommentHidden,
    Status,
    TaskChanged,
    TicketChanged,
    TicketDeleted,
    TicketKey,
    TicketMerged,
    Visibility,
)
from guidance.ports import Account
from guidance.text.html import to_text

_BROKEN_TICKET = re2.compile(r'^\s*\{\s*"ticket_id"\s*:\s*"?(\d{1,20})\b')
_EVENT_NAME = re2.compile(r"(?:zen:event-type:)?([a-z_]{1,30}\.[a-z_]{1,50})")
_GONE_FOR_GOOD = "permanently_deleted"
_GONE = frozenset({"soft_deleted", "marked_as_spam", _GONE_FOR_GOOD})
_TASK_ONLY = frozenset({"task_due_at_changed"})


def parse(body: bytes, account: Account, *, received_at: datetime) -> Sequence[AnyEvent]:
    """Tame an authentic body: of an event subscription, or of our own trigger.

    Raises `MalformedError` with the path that failed, `UnsupportedEventError` for what nothing here acts on.
    """
    found = read_object(body)
    if found is None:
        return [_look_again(body, account, received_at)]
    if "type" in found:
        return _read_event(found, account, received_at)
    if "ticket_id" in found:
        return read_trigger(found, account, received_at)
    raise MalformedError("`type` is missing in the body.", path="type")


def broken_ticket_id(body: bytes) -> str | None:
    """The ticket of a trigger's body that a placeholder broke; our wording has it first, so no text can forge it."""
    found = _BROKEN_TICKET.search(body[:100].decode("utf8", "replace"))
    return found.group(1) if found else None


def _look_again(body: bytes, account: Account, received_at: datetime) -> TicketChanged:
    ticket_id = broken_ticket_id(body)
    if ticket_id is None:
        raise MalformedError("The body is no JSON object.")
    return _to_fetch(TicketKey(account.id, ticket_id), body.decode("utf8", "replace"), received_at)


def _to_fetch(key: TicketKey, told: str, received_at: datetime) -> TicketChanged:
    return TicketChanged(key=key, event_id=digest(told), at=received_at, needs_fetch=True)


def _read_event(found: dict[str, Any], account: Account, received_at: datetime) -> Sequence[AnyEvent]:
    kind = str(found["type"])
    name = kind.removeprefix(TICKET_EVENT)
    if not kind.startswith(TICKET_EVENT) or (name not in _ACTS and name not in _TASK_ONLY):
        raise UnsupportedEventError(_kind_of(kind))
    try:
        heard = hear(name, tame(found, Envelope), account)
    except MalformedError as error:
        if error.path != "time":
            raise
        # What it tells can't be put in its place among other news, so the ticket is fetched as it stands.
        detail = tame(found.get("detail"), Detail, at="detail")
        key = TicketKey(account.id, number(detail.id, at="detail.id"))
        return [_to_fetch(key, msgspec.json.encode(found).decode(), received_at)]
    if task := task_of(heard.detail.external_id, account.id):
        return [_task_changed(heard, *task)]
    if name in _TASK_ONLY:
        raise UnsupportedEventError(_kind_of(kind))
    if name != "comment_added":
        _refuse_own(account, heard.detail.actor_id, name)
    return _ACTS[name](heard)


def _kind_of(kind: str) -> str:
    """A name to count by: the type's where it looks like one, since whatever is counted has to be a small set."""
    found = _EVENT_NAME.fullmatch(kind)
    return found.group(1) if found else "unknown type"


def _refuse_own(account: Account, who: Id, name: str) -> None:
    if account.own_user and ident(who) == account.own_user:
        raise UnsupportedEventError(f"own {name}")


def _task_changed(heard: Heard, ticket_id: str, follow_up_id: str) -> TaskChanged:
    current = heard.envelope.event.get("current")
    due_at = current if heard.name == "task_due_at_changed" and isinstance(current, str) else heard.detail.due_at
    return TaskChanged(
        key=TicketKey(heard.account.id, ticket_id),
        event_id=heard.event_id,
        at=heard.at,
        follow_up_id=follow_up_id,
        task_id=heard.key.ticket_id,
        done=status_of(heard.detail.status) in (Status.SOLVED, Status.CLOSED),
        due_at=moment(due_at),
        assignee_id=ident(heard.detail.assignee_id),
        gone=heard.name in _GONE or heard.name == "merged",
    )


def _created(heard: Heard) -> Sequence[AnyEvent]:
    """A new ticket. Its description is the first comment, whose id is not told: provisional.

    Where somebody else than the requester wrote it, the event does not say who: it is fetched.
    """
    detail = heard.detail
    text = (detail.description or "").strip()
    submitter = ident(detail.submitter_id)
    if not text or submitter not in (None, ident(detail.requester_id)):
        return [changed(heard, needs_fetch=True)]
    comment = Comment(
        id=f"p-{digest(str(heard.key), 'description')}",
        author=Author.REQUESTER,
        text=text,
        visibility=Visibility.PUBLIC if detail.is_public else Visibility.INTERNAL,
        author_id=ident(detail.requester_id),
        at=moment(detail.created_at) or heard.at,
        provisional=True,
    )
    added = CommentAdded(key=heard.key, event_id=f"{heard.event_id}:comment", at=heard.at, comment=comment)
    return [changed(heard), added]


def _comment_added(heard: Heard) -> Sequence[AnyEvent]:
    told = tame(heard.envelope.event.get("comment"), EventComment, at="event.comment")
    _refuse_own(heard.account, told.author.id, "comment")
    text, is_html = (told.body, False) if told.body else (to_text(told.html_body or ""), True)
    author = author_of(told.author.id, heard.detail.requester_id, is_staff=told.author.is_staff)
    ticket = changed(heard, event_id=f"{heard.event_id}:ticket", author=told.author, needs_fetch=not text)
    if not text:
        return [ticket]
    comment = Comment(
        id=str(told.id),
        author=author,
        text=text,
        visibility=Visibility.PUBLIC if told.is_public else Visibility.INTERNAL,
        author_id=ident(told.author.id),
        author_name=told.author.name or None,
        at=heard.at,
        from_html=is_html,
    )
    return [ticket, CommentAdded(key=heard.key, event_id=heard.event_id, at=heard.at, comment=comment)]


def _comment_hidden(heard: Heard) -> Sequence[AnyEvent]:
    told = tame(heard.envelope.event.get("comment"), HiddenComment, at="event.comment")
    hidden = CommentHidden(
        key=heard.key,
        event_id=heard.event_id,
        at=heard.at,
        comment_id=str(told.id),
        made_private=heard.name == "comment_made_private",
    )
    return [hidden]


def _field_changed(heard: Heard) -> Sequence[AnyEvent]:
    return [changed(heard)]


def _name_unknown(heard: Heard) -> Sequence[AnyEvent]:
    """Somebody or something else by now, of whom the event tells the id and not the name."""
    return [changed(heard, needs_fetch=True)]


def _merged(heard: Heard) -> Sequence[AnyEvent]:
    into = number(heard.envelope.event.get("target_ticket_id"), at="event.target_ticket_id")
    return [TicketMerged(key=heard.key, event_id=heard.event_id, at=heard.at, into=into)]


def _gone(heard: Heard) -> Sequence[AnyEvent]:
    for_good = heard.name == _GONE_FOR_GOOD
    return [TicketDeleted(key=heard.key, event_id=heard.event_id, at=heard.at, for_good=for_good)]


_ACTS: dict[str, Callable[[Heard], Sequence[AnyEvent]]] = {
    "created": _created,
    "comment_added": _comment_added,
    "comment_made_private": _comment_hidden,
    "comment_redacted": _comment_hidden,
    **dict.fromkeys(
        ("status_changed", "custom_status_changed", "priority_changed", "subject_changed", "tags_changed"),
        _field_changed,
    ),
    **dict.fromkeys(
        (
            "requester_changed",
            "agent_assignment_changed",
            "group_assignment_changed",
            "organization_changed",
            "brand_changed",
            "undeleted",
        ),
        _name_unknown,
    ),
    "merged": _merged,
    **dict.fromkeys(_GONE, _gone),
}

SUBSCRIBED = tuple(f"{TICKET_EVENT}{name}" for name in sorted({*_ACTS, *_TASK_ONLY} - {"undeleted"}))
"""What our webhook is subscribed to. `undeleted` is left out, since no reference lists it: `reconcile` finds it all the same."""
