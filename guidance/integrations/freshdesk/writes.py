"""What we write to Freshdesk besides making a task: a task brought in line, a private note, a tag. All may be said twice but the note."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from guidance.errors import HelpdeskError
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.records import ConversationRecord, TicketRecord
from guidance.integrations.freshdesk.words import status_of
from guidance.integrations.taming import is_number, zulu
from guidance.model import Status
from guidance.ports import NoteRequest, TaskUpdate

_OPEN, _RESOLVED = 2, 4
_SOON = timedelta(minutes=1)
_MOST_PAGES = 20


def update_task(api: FreshdeskApi, update: TaskUpdate, now: datetime, statuses: Mapping[str, str]) -> None:
    """Whole fields and no note, so that a repeat changes nothing. A due time that has passed is left out: it would be refused.

    The status only where it has to change: an open task may be pending or waiting, as its agent put it. What was thrown away
    is still shown for a while, with a mark.
    """
    body: dict[str, Any] = {"subject": update.subject}
    found = api.get(f"tickets/{update.task_id}", TicketRecord)
    if found.deleted or found.spam:
        raise HelpdeskError(f"Task {update.task_id} was thrown away in Freshdesk.", permanent=True, status=404)
    is_done = status_of(found.status, statuses) in (Status.SOLVED, Status.CLOSED)
    if update.is_done != is_done:
        body["status"] = _RESOLVED if update.is_done else _OPEN
    if update.due_at is not None and update.due_at > now + _SOON:
        body["due_by"] = body["fr_due_by"] = zulu(update.due_at)
    if update.assignee_id and is_number(update.assignee_id):
        body["responder_id"] = int(update.assignee_id)
    api.put(f"tickets/{update.task_id}", body, TicketRecord)


def write_note(api: FreshdeskApi, note: NoteRequest) -> None:
    """A private note by our own agent; nobody is notified."""
    lines = html.escape(f"{note.body}\n\n{note.mark}").replace("\n", "<br>")
    api.post(f"tickets/{note.ticket_id}/notes", {"body": f"<p>{lines}</p>", "private": True}, dict)


def has_note(api: FreshdeskApi, note: NoteRequest) -> bool:
    """Whether a private note of the ticket carries the mark."""
    pages = api.pages(f"tickets/{note.ticket_id}/conversations", ConversationRecord, {}, most=_MOST_PAGES)
    return any(one.private and note.mark in (one.body_text or "") for page, _ in pages for one in page)


def add_tag(api: FreshdeskApi, ticket_id: str, tag: str) -> None:
    """Tags are written as a whole list: read, then written with ours."""
    tags = api.get(f"tickets/{ticket_id}", TicketRecord).tags or []
    if tag not in tags:
        api.put(f"tickets/{ticket_id}", {"tags": [*tags, tag]}, TicketRecord)
