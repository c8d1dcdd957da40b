"""What a caller may write into a ticket, tamed from Zendesk's JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import request
from msgspec import UNSET, Struct, UnsetType

from guidance.demo.richtext import to_html
from guidance.demo.zendesk.words import read_priority, read_status, read_time
from guidance.errors import MalformedError


class CommentWrite(Struct, kw_only=True):
    """The `comment` of a ticket write; `html_body` goes before `body`."""

    body: str | None = None
    html_body: str | None = None
    public: bool = True
    author_id: int | None = None

    @property
    def html(self) -> str:
        return self.html_body or to_html(self.body or "")


class TicketWrite(Struct, kw_only=True):
    """The `ticket` of a create or an update; a name that is missing stays as it was."""

    subject: str | UnsetType = UNSET
    description: str | None = None
    comment: CommentWrite | None = None
    status: str | UnsetType = UNSET
    priority: str | None | UnsetType = UNSET
    type: str | None | UnsetType = UNSET
    due_at: str | None | UnsetType = UNSET
    requester_id: int | UnsetType = UNSET
    assignee_id: int | None | UnsetType = UNSET
    external_id: str | None | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    safe_update: bool = False
    updated_stamp: str | None = None

    def fields(self) -> dict[str, Any]:
        """The fields that were named, in the words of `DeskTicket`."""
        named: dict[str, Any] = {
            "subject": self.subject,
            "status": read_status(self.status) if self.status else UNSET,
            "priority": read_priority(self.priority) if self.priority else self.priority,
            "is_task": UNSET if self.type is UNSET else self.type == "task",
            "due_at": read_time(self.due_at, field="due_at") if self.due_at else self.due_at,
            "requester_id": self.requester_id,
            "assignee_id": self.assignee_id,
            "external_id": self.external_id,
            "tags": UNSET if self.tags is UNSET else tuple(dict.fromkeys(self.tags)),
        }
        return {name: value for name, value in named.items() if value is not UNSET}


class _Body(Struct):
    ticket: TicketWrite


def read_ticket() -> TicketWrite:
    """The ticket in the request's body."""
    try:
        return msgspec.convert(request.get_json(), _Body, strict=False).ticket
    except msgspec.ValidationError as error:
        raise MalformedError(str(error), path="base") from None
