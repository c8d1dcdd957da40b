"""What we write to Zendesk besides making a task: a task brought in line, an internal note, a tag. All may be said twice but the note."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from guidance.errors import TaskClosedError
from guidance.integrations.taming import is_number, zulu
from guidance.integrations.zendesk.paging import newest_comments
from guidance.integrations.zendesk.records import TicketRecord
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.integrations.zendesk.words import status_of
from guidance.model import Status
from guidance.ports import NoteRequest, TaskUpdate

_TICKETS = "/api/v2/tickets"


class _Found(Struct, frozen=True):
    ticket: TicketRecord


def update_task(session: ZendeskSession, update: TaskUpdate) -> None:
    """Whole fields and no comment, so that a repeat changes nothing and nobody is mailed.

    The status only where it has to change: an open task may be pending or on hold, as its agent put it. Raises
    `TaskClosedError` where it should be open and is closed.
    """
    found = session.read(f"tickets/{update.task_id}.json", _Found).ticket
    is_done = status_of(found.status) in (Status.SOLVED, Status.CLOSED)
    if found.status == "closed":
        if update.is_done:
            return
        raise TaskClosedError(f"Zendesk has closed task {update.task_id}, and a closed ticket can't be changed.")
    ticket: dict[str, Any] = {"subject": update.subject}
    if update.is_done != is_done:
        ticket["status"] = "solved" if update.is_done else "open"
    if update.due_at is not None:
        ticket["due_at"] = zulu(update.due_at)
    if update.assignee_id and is_number(update.assignee_id):
        ticket["assignee_id"] = int(update.assignee_id)
    session.put(f"{_TICKETS}/{update.task_id}.json", json={"ticket": ticket})


def write_note(session: ZendeskSession, note: NoteRequest) -> None:
    """An internal note by our own user."""
    comment = {"body": f"{note.body}\n\n{note.mark}", "public": False}
    session.put(f"{_TICKETS}/{note.ticket_id}.json", json={"ticket": {"comment": comment}})


def has_note(session: ZendeskSession, note: NoteRequest) -> bool:
    """Whether one of the newest hundred comments carries the note's mark."""
    found = newest_comments(session, note.ticket_id)
    return any(not one.public and note.mark in (one.plain_body or one.body or "") for one in found)


def add_tag(session: ZendeskSession, ticket_id: str, tag: str) -> None:
    """PUT adds, and leaves the other tags as they are."""
    session.put(f"{_TICKETS}/{ticket_id}/tags.json", json={"tags": [tag]})
