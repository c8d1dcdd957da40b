"""What Freshdesk's automation rules send us: a wording of our own, or the fields that an admin ticked (Simple layout)."""

from __future__ import annotations

from typing import Any

import re2
from msgspec import Struct

from guidance.integrations.taming import Id, is_number, read_object

WRAPPER = "freshdesk_webhook"
CONTENT = {
    "v": "1",
    "ticket_id": "{{ticket.id}}",
    "subject": "{{ticket.subject}}",
    "status": "{{ticket.status}}",
    "priority": "{{ticket.priority}}",
    "source": "{{ticket.source}}",
    "tags": "{{ticket.tags}}",
    "group_name": "{{ticket.group.name}}",
    "requester_id": "{{ticket.requester.id}}",
    "requester_name": "{{ticket.requester.name}}",
    "requester_email": "{{ticket.requester.email}}",
    "agent_name": "{{ticket.agent.name}}",
    "agent_email": "{{ticket.agent.email}}",
    "updated_at": "{{ticket.updated_at}}",
    "triggered_event": "{{triggered_event}}",
}
"""Our own wording, to which each rule adds `event`, `actor_type`, and `comment` or `description`. Only `ticket_id` is needed."""

_TICKET_ID = re2.compile(r'"ticket_id"\s*:\s*"?(\d{1,20})\b')
_READ = 65_536
_RENAMED = (("ticket_contact_", "requester_"), ("contact_", "requester_"), ("ticket_", ""))


class HookBody(Struct, frozen=True, kw_only=True):
    """One webhook. `event` and `actor_type` are fixed words of the rule that sent it; the rest are filled placeholders.

    `triggered_event` looks like JSON and is not. `comment` and its kin begin with the author's name and ` : `.
    """

    ticket_id: str | int
    event: str | None = None
    actor_type: str | None = None
    triggered_event: str | None = None
    subject: str | None = None
    status: str | int | None = None
    priority: str | int | None = None
    source: str | int | None = None
    tags: list[str] | str | None = None
    group_name: str | None = None
    requester_id: Id = None
    requester_name: str | None = None
    requester_email: str | None = None
    agent_id: Id = None
    agent_name: str | None = None
    agent_email: str | None = None
    updated_at: str | None = None
    comment: str | None = None
    latest_public_comment: str | None = None
    latest_public_comment_text: str | None = None
    latest_private_comment: str | None = None
    latest_private_comment_text: str | None = None
    description: str | None = None
    description_text: str | None = None


def unwrapped(found: dict[str, Any]) -> dict[str, Any]:
    """The fields of a body under one set of names, wrapped or not, of our wording or of the Simple layout."""
    inner = found.get(WRAPPER, found)
    told = inner if isinstance(inner, dict) else {}
    return {_renamed(name): value for name, value in told.items()}


def peek_ticket_id(body: bytes) -> str | None:
    """The ticket of a body, also of one that unquoted placeholders broke; None where it names none, or more than one.

    A broken body may hold a customer's words as they are, and with them another id than the rule's.
    """
    found = read_object(body)
    if found is not None:
        told = unwrapped(found).get("ticket_id")
        text = str(told) if isinstance(told, str | int) else ""
        return text if is_number(text) else None
    named = set(_TICKET_ID.findall(body[:_READ].decode("utf8", "replace")))
    return named.pop() if len(named) == 1 else None


def _renamed(name: str) -> str:
    if name == "ticket_id":
        return name
    for prefix, instead in _RENAMED:
        if name.startswith(prefix):
            return instead + name.removeprefix(prefix)
    return name
