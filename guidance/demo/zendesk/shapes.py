"""Tickets, comments and people in the shapes of Zendesk's REST API."""

from __future__ import annotations

from typing import Any

from guidance.demo.context import desk
from guidance.demo.groups import FIRST_ID, organization_id
from guidance.demo.values import DeskComment, DeskPerson, DeskTicket, Role
from guidance.demo.zendesk.words import status_word, via, zulu
from guidance.text.html import to_text

GROUP_ID = FIRST_ID["zendesk"]
BRAND_ID = 3


def base_url() -> str:
    """Where this pretend Zendesk is, as `https://acme.zendesk.com` would be."""
    return f"{desk().settings.desk_url}/zendesk"


def ticket_json(ticket: DeskTicket) -> dict[str, Any]:
    """A ticket as `GET /api/v2/tickets/{id}` shows it."""
    return {
        "id": ticket.id,
        "url": f"{base_url()}/api/v2/tickets/{ticket.id}.json",
        "external_id": ticket.external_id,
        "via": via(ticket.channel),
        "created_at": zulu(ticket.created_at),
        "updated_at": zulu(ticket.updated_at),
        "generated_timestamp": int(ticket.updated_at.timestamp()),
        "type": "task" if ticket.is_task else "question",
        "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": to_text(ticket.comments[0].html),
        "priority": ticket.priority,
        "status": status_word(ticket.status),
        "requester_id": ticket.requester_id,
        "submitter_id": ticket.submitter_id,
        "assignee_id": ticket.assignee_id,
        "organization_id": None,
        "group_id": ticket.group_id or GROUP_ID,
        "brand_id": BRAND_ID,
        "is_public": any(comment.is_public for comment in ticket.comments),
        "due_at": zulu(ticket.due_at) if ticket.due_at else None,
        "tags": list(ticket.tags),
        "custom_fields": [],
        "collaborator_ids": [],
        "email_cc_ids": [],
        "follower_ids": [],
        "satisfaction_rating": None,
    }


def comment_json(comment: DeskComment, ticket: DeskTicket) -> dict[str, Any]:
    """A comment as `GET /api/v2/tickets/{id}/comments` lists it."""
    text = to_text(comment.html)
    return {
        "id": comment.id,
        "type": "Comment",
        "author_id": comment.author_id,
        "body": text,
        "html_body": f'<div class="zd-comment" dir="auto">{comment.html}</div>',
        "plain_body": text,
        "public": comment.is_public,
        "attachments": [
            {"id": comment.id * 10 + place, "file_name": name, "content_type": "application/octet-stream"}
            for place, name in enumerate(comment.attachments)
        ],
        "audit_id": comment.id + 1,
        "via": via(ticket.channel),
        "created_at": zulu(comment.at),
        "metadata": {"system": {}, "custom": {}},
    }


def user_json(person: DeskPerson) -> dict[str, Any]:
    """A user as `GET /api/v2/users/{id}` shows them."""
    return {
        "id": person.id,
        "url": f"{base_url()}/api/v2/users/{person.id}.json",
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "locale": person.locale,
        "time_zone": "Eastern Time (US & Canada)",
        "iana_time_zone": person.time_zone,
        "active": True,
        "suspended": False,
        "organization_id": organization_id("zendesk", person.organization),
        "default_group_id": GROUP_ID if person.is_staff else None,
        "ticket_restriction": "requested" if person.role is Role.END_USER else None,
        "photo": None,
    }


def audit_json(ticket: DeskTicket, *, author_id: int) -> dict[str, Any]:
    """The audit that comes with a write."""
    return {
        "id": ticket.comments[-1].id + 1,
        "ticket_id": ticket.id,
        "author_id": author_id,
        "created_at": zulu(ticket.updated_at),
        "events": [],
    }
