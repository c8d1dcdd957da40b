"""The bodies that Zendesk sends, as far as we read them. Types are lenient: ids come as text or number, lists as text."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from guidance.integrations.taming import Id


class Detail(Struct, frozen=True, kw_only=True):
    """The ticket as an event describes it. `actor_id`: who did it; `is_public`: whether it has any public comment."""

    id: str | int
    subject: str | None = None
    description: str | None = None
    status: str | None = None
    priority: str | None = None
    requester_id: Id = None
    assignee_id: Id = None
    submitter_id: Id = None
    actor_id: Id = None
    is_public: bool = True
    external_id: Id = None
    tags: list[str] | str | None = None
    via: dict[str, Any] | str | None = None
    created_at: str | None = None
    due_at: str | None = None


class Envelope(Struct, frozen=True, kw_only=True):
    """What every event subscription sends; `event` depends on `type`."""

    id: str | int
    type: str
    time: str
    detail: Detail
    account_id: Id = None
    event: dict[str, Any] = {}


class CommentAuthor(Struct, frozen=True, kw_only=True):
    id: str | int
    name: str | None = None
    is_staff: bool = False


class EventComment(Struct, frozen=True, kw_only=True):
    """The comment of `comment_added`."""

    id: str | int
    author: CommentAuthor
    is_public: bool
    body: str | None = None
    html_body: str | None = None


class HiddenComment(Struct, frozen=True, kw_only=True):
    """The comment of `comment_made_private` and `comment_redacted`, of which only the id matters."""

    id: str | int


class TriggerBody(Struct, frozen=True, kw_only=True):
    """What our own trigger sends: `TRIGGER_TEMPLATE` with its placeholders filled."""

    ticket_id: str | int
    subject: str = ""
    status: str = ""
    via: str = ""
    requester: str = ""
    agent: str = ""
    actor: str = ""
    actor_role: str = ""
    comment: str = ""
    comment_public: str | bool = ""
    comment_author: str = ""
    updated: str = ""


TRIGGER_TEMPLATE = (
    '{"ticket_id":"{{ticket.id}}","subject":"{{ticket.title}}","status":"{{ticket.status}}","via":"{{ticket.via}}",'
    '"requester":"{{ticket.requester.name}}","agent":"{{ticket.assignee.name}}","actor":"{{current_user.name}}",'
    '"actor_role":"{{current_user.role}}","comment":"{{ticket.latest_public_comment}}",'
    '"comment_public":"{{ticket.latest_public_comment.is_public}}",'
    '"comment_author":"{{ticket.latest_public_comment.author.name}}",'
    '"updated":"{{ticket.updated_at_with_timestamp}}"}'
)
"""The wording of the trigger-driven webhook. `ticket_id` comes first, so that it is found even where the rest breaks."""
