"""Tickets, conversations, agents and contacts in the shapes of Freshdesk's REST API v2."""

from __future__ import annotations

from typing import Any

from guidance.demo.freshdesk.words import priority_number, source_number, status_number, zulu
from guidance.demo.groups import FIRST_ID, GROUPS, group_id, organization_id
from guidance.demo.values import DeskComment, DeskPerson, DeskTicket, Role
from guidance.text.html import to_text

GROUP_ID = FIRST_ID["freshdesk"]
REPLY, NOTE = 0, 2
CHILD = 2


def ticket_json(ticket: DeskTicket, *, with_description: bool = True) -> dict[str, Any]:
    """A ticket as `GET /api/v2/tickets/{id}` shows it; lists leave the description out."""
    shown = {
        "id": ticket.id,
        "subject": ticket.subject,
        "status": status_number(ticket.status),
        "priority": priority_number(ticket.priority),
        "source": source_number(ticket.channel),
        "type": None,
        "requester_id": ticket.requester_id,
        "responder_id": ticket.assignee_id,
        "group_id": ticket.group_id or GROUP_ID,
        "company_id": None,
        "product_id": None,
        "tags": list(ticket.tags),
        "association_type": CHILD if ticket.parent_id else None,
        "custom_fields": {},
        "due_by": zulu(ticket.due_at) if ticket.due_at else None,
        "fr_due_by": None,
        "spam": False,
        "is_escalated": False,
        "cc_emails": [],
        "fwd_emails": [],
        "reply_cc_emails": [],
        "to_emails": None,
        "created_at": zulu(ticket.created_at),
        "updated_at": zulu(ticket.updated_at),
    }
    if with_description:
        first = ticket.comments[0]
        shown |= {"description": f"<div>{first.html}</div>", "description_text": to_text(first.html), "attachments": []}
    return shown


def stats_json(ticket: DeskTicket, staff: set[int]) -> dict[str, Any]:
    """What `include=stats` adds; `staff`: ids of the agents."""
    public = [comment for comment in ticket.comments if comment.is_public]
    agents = [comment.at for comment in public if comment.author_id in staff]
    customers = [comment.at for comment in public if comment.author_id not in staff]
    return {
        "agent_responded_at": zulu(agents[-1]) if agents else None,
        "requester_responded_at": zulu(customers[-1]) if customers else None,
        "first_responded_at": zulu(agents[0]) if agents else None,
        "status_updated_at": zulu(ticket.updated_at),
        "reopened_at": None,
        "resolved_at": None,
        "closed_at": None,
        "pending_since": None,
    }


def conversation_json(comment: DeskComment, ticket: DeskTicket, author: DeskPerson) -> dict[str, Any]:
    """A reply or note as `GET /api/v2/tickets/{id}/conversations` lists it."""
    return {
        "id": comment.id,
        "ticket_id": ticket.id,
        "body": f"<div>{comment.html}</div>",
        "body_text": to_text(comment.html),
        "incoming": not author.is_staff,
        "private": not comment.is_public,
        "user_id": author.id,
        "support_email": None,
        "source": REPLY if comment.is_public else NOTE,
        "category": _category(comment, author),
        "from_email": author.email,
        "to_emails": [],
        "cc_emails": [],
        "bcc_emails": [],
        "attachments": [
            {"id": comment.id * 10 + place, "name": name} for place, name in enumerate(comment.attachments)
        ],
        "created_at": zulu(comment.at),
        "updated_at": zulu(comment.at),
        "last_edited_at": None,
        "last_edited_user_id": None,
    }


def contact_json(person: DeskPerson) -> dict[str, Any]:
    """A contact, or the contact behind an agent."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "active": True,
        "phone": None,
        "mobile": None,
        "job_title": None,
        "company_id": organization_id("freshdesk", person.organization),
        "language": person.locale.partition("-")[0],
        "time_zone": "Eastern Time (US & Canada)",
        "tags": [],
        "custom_fields": {},
    }


def requester_json(person: DeskPerson) -> dict[str, Any]:
    """What `include=requester` adds to a ticket."""
    return {"id": person.id, "name": person.name, "email": person.email, "mobile": None, "phone": None}


def agent_json(person: DeskPerson) -> dict[str, Any]:
    """An agent; everybody here sees all tickets (`ticket_scope` 1)."""
    return {
        "id": person.id,
        "ticket_scope": 1,
        "type": "support_agent",
        "group_ids": [group_id("freshdesk", name) for name in GROUPS],
        "role_ids": [1 if person.role is Role.ADMIN else 2],
        "skill_ids": [],
        "available": True,
        "occasional": False,
        "signature": None,
        "contact": contact_json(person),
    }


def _category(comment: DeskComment, author: DeskPerson) -> int:
    if not author.is_staff:
        return 1
    return 3 if comment.is_public else 2
