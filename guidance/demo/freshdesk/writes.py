"""What a caller may write, tamed from Freshdesk's JSON. Unlike Zendesk, Freshdesk refuses any name that it doesn't know."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from flask import request
from msgspec import UNSET, Struct, UnsetType

from guidance.demo.answers import refuse
from guidance.demo.freshdesk.door import validation_error
from guidance.demo.freshdesk.words import FOLLOW_UP_TAG, read_priority, read_source, read_status, read_time

Write = TypeVar("Write", bound=Struct)


class TicketWrite(Struct, kw_only=True):
    """A ticket to create or update; a name that is missing stays as it was."""

    subject: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    status: int | UnsetType = UNSET
    priority: int | UnsetType = UNSET
    source: int | UnsetType = UNSET
    responder_id: int | None | UnsetType = UNSET
    requester_id: int | UnsetType = UNSET
    email: str | None = None
    name: str | None = None
    group_id: int | None = None
    type: str | None = None
    tags: list[str] | UnsetType = UNSET
    due_by: str | None | UnsetType = UNSET
    fr_due_by: str | None = None
    cc_emails: list[str] = []
    custom_fields: dict[str, Any] = {}
    parent_id: int | None = None
    related_ticket_ids: list[int] = []
    unique_external_id: str | None = None

    def fields(self) -> dict[str, Any]:
        """The fields that were named, in the words of `DeskTicket`."""
        named: dict[str, Any] = {
            "subject": self.subject,
            "status": UNSET if self.status is UNSET else read_status(self.status),
            "priority": UNSET if self.priority is UNSET else read_priority(self.priority),
            "channel": UNSET if self.source is UNSET else read_source(self.source),
            "assignee_id": self.responder_id,
            "requester_id": self.requester_id,
            "due_at": read_time(self.due_by, field="due_by") if self.due_by else self.due_by,
            "tags": UNSET if self.tags is UNSET else tuple(dict.fromkeys(self.tags)),
            "parent_id": self.parent_id or UNSET,
            "is_task": UNSET if self.tags is UNSET else FOLLOW_UP_TAG in self.tags,
        }
        return {name: value for name, value in named.items() if value is not UNSET}


class NoteWrite(Struct, kw_only=True):
    """A note; private unless it says otherwise."""

    body: str
    private: bool = True
    incoming: bool = False
    notify_emails: list[str] = []
    user_id: int | None = None


class ReplyWrite(Struct, kw_only=True):
    """A reply, which is mailed to the requester."""

    body: str
    from_email: str | None = None
    cc_emails: list[str] = []
    bcc_emails: list[str] = []
    user_id: int | None = None


def read(shape: type[Write]) -> Write:
    """The request's body as `shape`; 400 in Freshdesk's words where it does not fit."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        refuse(400, {"code": "invalid_json", "message": "Request body has invalid json format"})
    known = {field.encode_name for field in msgspec.structs.fields(shape)}
    for name in given.keys() - known:
        refuse(400, validation_error(name, "Unexpected/invalid field in request", "invalid_field"))
    try:
        return msgspec.convert(given, shape)
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].rstrip("`") if "$." in str(error) else "body"
        refuse(400, validation_error(field, str(error), "datatype_mismatch" if "$." in str(error) else "missing_field"))
