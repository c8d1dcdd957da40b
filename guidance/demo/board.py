"""What the agent page shows: everything on the desk as plain JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from guidance.demo.context import Desk
from guidance.demo.helpdesk import DeskHelpdesk
from guidance.demo.seeds import person_id, seeds
from guidance.demo.values import DeskComment, DeskPerson, DeskTicket
from guidance.demo.zendesk.words import status_word
from guidance.text.html import to_text


def agents() -> list[dict[str, Any]]:
    """Whom one can sign in as."""
    staff = [person for person in seeds().people if person.role != "end-user" and person.key != "guidance"]
    return [{"key": person.key, "name": person.name} for person in staff]


def board(desk: Desk, revision: int) -> dict[str, Any]:
    """The whole board; times are ISO 8601 in UTC, ids text."""
    rooms = {name: room.helpdesk for name, room in desk.rooms.items()}
    tickets = [ticket_card(name, helpdesk, ticket) for name, helpdesk in rooms.items() for ticket in helpdesk.tickets()]
    mails = [
        {"account": f"{name}:demo", **msgspec.to_builtins(mail)}
        for name, helpdesk in rooms.items()
        for mail in helpdesk.mails
    ]
    return {
        "revision": revision,
        "tickets": tickets,
        "mails": sorted(mails, key=lambda mail: str(mail["at"])),
        "deliveries": msgspec.to_builtins(list(desk.sender.receipts)),
    }


def ticket_card(name: str, helpdesk: DeskHelpdesk, ticket: DeskTicket) -> dict[str, Any]:
    """One ticket with its people and comments."""
    return {
        "account": f"{name}:demo",
        "helpdesk": name,
        "id": str(ticket.id),
        "subject": ticket.subject,
        "status": status_word(ticket.status),
        "priority": ticket.priority,
        "channel": ticket.channel,
        "tags": list(ticket.tags),
        "is_task": ticket.is_task,
        "external_id": ticket.external_id,
        "parent_id": ticket.parent_id and str(ticket.parent_id),
        "due_at": msgspec.to_builtins(ticket.due_at),
        "created_at": msgspec.to_builtins(ticket.created_at),
        "updated_at": msgspec.to_builtins(ticket.updated_at),
        "requester": _person(helpdesk.person(ticket.requester_id)),
        "assignee": _person(helpdesk.person(ticket.assignee_id)) if ticket.assignee_id is not None else None,
        "comments": [_comment(helpdesk, comment) for comment in ticket.comments],
    }


def agent_card(key: str, name: str, helpdesk: DeskHelpdesk) -> dict[str, Any]:
    """An agent in one helpdesk, as the page needs them to sign in."""
    return _person(helpdesk.person(person_id(name, key)))


def _comment(helpdesk: DeskHelpdesk, comment: DeskComment) -> dict[str, Any]:
    return {
        "id": str(comment.id),
        "author": _person(helpdesk.person(comment.author_id)),
        "html": comment.html,
        "text": to_text(comment.html),
        "is_public": comment.is_public,
        "at": msgspec.to_builtins(comment.at),
    }


def _person(person: DeskPerson) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "locale": person.locale,
        "time_zone": person.time_zone,
        "is_bot": person.is_bot,
    }
