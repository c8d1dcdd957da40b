"""The trigger-driven webhook: a body of our own wording, whose placeholders Zendesk fills. All it says is provisional."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guidance.errors import UnsupportedEventError
from guidance.integrations.taming import digest, moment, number, tame
from guidance.integrations.zendesk.bodies import TriggerBody
from guidance.integrations.zendesk.words import channel_of, status_of
from guidance.model import NOBODY, AnyEvent, Author, Comment, CommentAdded, Person, Ticket, TicketChanged, TicketKey
from guidance.ports import Account

_END_USER = frozenset({"end-user", "end_user", "end user"})
_STAFF = frozenset({"agent", "admin"})


def read_trigger(found: dict[str, Any], account: Account, received_at: datetime) -> Sequence[AnyEvent]:
    """What a trigger says: the ticket's fields, and its latest public comment where we can tell who wrote it."""
    body = tame(found, TriggerBody)
    key = TicketKey(account.id, number(body.ticket_id, at="ticket_id"))
    if body.comment_author and body.comment_author == account.config.get("bot_name"):
        raise UnsupportedEventError("own comment")
    at = moment(body.updated) or received_at
    mark = digest(str(key), msgspec.json.encode(body).decode())
    author = _author_of(body)
    changed = _changed(body, key, at, mark, needs_fetch=author is None)
    if author is None:
        return [changed]
    comment = Comment(
        id=f"p-{digest(str(key), body.updated, body.comment_author, body.comment)}",
        author=author,
        text=body.comment.strip(),
        author_name=body.comment_author or None,
        at=at,
        provisional=True,
        undated=moment(body.updated) is None,
    )
    return [changed, CommentAdded(key=key, event_id=f"{mark}:comment", at=at, comment=comment)]


def _changed(body: TriggerBody, key: TicketKey, at: datetime, mark: str, *, needs_fetch: bool) -> TicketChanged:
    status, channel = status_of(body.status), channel_of(body.via)
    told: dict[str, Any] = {"subject": body.subject or None, "status": status, "channel": channel}
    told = {name: value for name, value in told.items() if value is not None}
    people = {"requester": body.requester, "assignee": body.agent}
    named = {role: Person(name=name) for role, name in people.items() if name}
    return TicketChanged(
        key=key,
        event_id=mark,
        at=at,
        ticket=Ticket(id=key.ticket_id, **told),
        fields=(*told, *named),
        needs_fetch=needs_fetch,
        requester=named.get("requester", NOBODY),
        assignee=named.get("assignee", NOBODY),
    )


def _author_of(body: TriggerBody) -> Author | None:
    """Who wrote the comment; None where the body does not show it, or the comment was not what set the trigger off.

    Placeholders name no ids. So names are compared: of the comment's author, of who acted, of requester and assignee.
    """
    if not body.comment.strip() or str(body.comment_public).lower() == "false":
        return None
    if not body.comment_author or body.comment_author != body.actor:
        return None
    role = body.actor_role.strip().lower()
    if role in _END_USER:
        return Author.REQUESTER if body.requester in ("", body.comment_author) else Author.OTHER
    return Author.AGENT if role in _STAFF else None
