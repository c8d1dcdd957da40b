"""The bodies of Zendesk's event-subscribed webhooks, signed as Zendesk signs them (developer.zendesk.com, "Verifying webhooks")."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from guidance.demo.sender import Parcel
from guidance.demo.values import Change, ChangeKind, DeskComment, DeskPerson, DeskTicket
from guidance.demo.zendesk.words import optional_id, status_word, via, zulu
from guidance.text.html import to_text

ACCOUNT_ID = 18000001


class Target(Struct, frozen=True):
    """Where a delivery goes, and what signs it. `retries`: seconds between attempts."""

    webhook_id: str
    url: str
    secret: str
    retries: tuple[float, ...]


_FIELDS = {
    "status": "status_changed",
    "priority": "priority_changed",
    "assignee_id": "agent_assignment_changed",
    "requester_id": "requester_changed",
    "subject": "subject_changed",
    "tags": "tags_changed",
    "due_at": "task_due_at_changed",
    "external_id": "external_id_changed",
}
_RETRIES_AFTER_TIME_OUT = 5
_RETRIES_AFTER_CONFLICT = 3
_LONGEST_RETRY_AFTER = 60


def event_body(change: Change, author: DeskPerson | None) -> tuple[str, bytes] | None:
    """The event type without its prefix and the raw body that tells of a change; None where no event type covers it.

    `author` wrote `change.comment`, where there is one.
    """
    name = event_name(change)
    if name is None:
        return None
    return name, json.dumps(_envelope(name, change, author), indent=3, ensure_ascii=False).encode() + b"\n"


def parcel(event: str, ticket_id: int, body: bytes, *, target: Target, stamp: str) -> Parcel:
    """A signed delivery of a body, retried as Zendesk does."""
    retries = target.retries

    def again_after(attempt: int, status: int | None, retry_after: float | None) -> float | None:
        if status in {429, 503}:
            return retry_after if retry_after is not None and retry_after < _LONGEST_RETRY_AFTER else None
        most = {None: _RETRIES_AFTER_TIME_OUT, 409: _RETRIES_AFTER_CONFLICT}.get(status, 0)
        return retries[min(attempt, len(retries)) - 1] if attempt <= most and retries else None

    return Parcel(
        helpdesk="zendesk",
        event=event,
        ticket_id=ticket_id,
        url=target.url,
        body=body,
        headers=headers_for(target.webhook_id, stamp, signature(target.secret, stamp, body)),
        again_after=again_after,
    )


def event_name(change: Change) -> str | None:
    """The event type without its prefix, as in `comment_added`."""
    if change.kind is ChangeKind.FIELD:
        return _FIELDS.get(change.field)
    return {
        ChangeKind.OPENED: "created",
        ChangeKind.COMMENTED: "comment_added",
        ChangeKind.REDACTED: "comment_redacted",
        ChangeKind.MADE_PRIVATE: "comment_made_private",
        ChangeKind.MERGED: "merged",
        ChangeKind.DELETED: "soft_deleted",
    }[change.kind]


def signature(secret: str, stamp: str, body: bytes) -> str:
    """base64(HMAC-SHA256(secret, timestamp + raw body)); the secret is used as text."""
    return base64.b64encode(hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()).decode()


def headers_for(webhook_id: str, stamp: str, signed: str) -> dict[str, str]:
    """The headers of a delivery."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Zendesk Webhook",
        "X-Zendesk-Account-Id": str(ACCOUNT_ID),
        "X-Zendesk-Webhook-Id": webhook_id,
        "X-Zendesk-Webhook-Invocation-Id": uuid.uuid4().hex[:26].upper(),
        "X-Zendesk-Webhook-Signature-Timestamp": stamp,
        "X-Zendesk-Webhook-Signature": signed,
    }


def _envelope(name: str, change: Change, author: DeskPerson | None) -> dict[str, Any]:
    return {
        "account_id": ACCOUNT_ID,
        "id": str(uuid.uuid4()),
        "subject": f"zen:ticket:{change.ticket.id}",
        "time": change.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "000Z"),
        "type": f"zen:event-type:ticket.{name}",
        "zendesk_event_version": "2022-11-06",
        "detail": _detail(change.ticket, change.actor),
        "event": _event(change, author),
    }


def _detail(ticket: DeskTicket, actor: DeskPerson) -> dict[str, Any]:
    first = ticket.comments[0]
    return {
        "id": str(ticket.id),
        "subject": ticket.subject,
        "description": to_text(first.html),
        "status": status_word(ticket.status).upper(),
        "priority": ticket.priority.value.upper() if ticket.priority else "",
        "type": "TASK" if ticket.is_task else "QUESTION",
        "requester_id": str(ticket.requester_id),
        "submitter_id": str(ticket.submitter_id),
        "assignee_id": optional_id(ticket.assignee_id),
        "actor_id": str(actor.id),
        "group_id": optional_id(ticket.group_id),
        "organization_id": "0",
        "brand_id": "3",
        "form_id": "9",
        "external_id": ticket.external_id or "",
        "is_public": any(comment.is_public for comment in ticket.comments),
        "tags": list(ticket.tags),
        "via": via(ticket.channel),
        "created_at": zulu(ticket.created_at),
        "updated_at": zulu(ticket.updated_at),
    }


def _event(change: Change, author: DeskPerson | None) -> dict[str, Any]:
    meta = {"meta": {"sequence": {"id": str(uuid.uuid4()), "position": 1, "total": 1}}}
    if change.kind is ChangeKind.OPENED:
        return meta
    if change.comment is not None and author is not None:
        return meta | {"comment": _comment(change.comment, author)}
    if change.kind is ChangeKind.MERGED:
        return meta | {"target_ticket_id": str(change.ticket.merged_into)}
    if change.field == "tags":
        before, after = set(change.previous), set(change.current)
        return meta | {"tags_added": sorted(after - before), "tags_removed": sorted(before - after)}
    if change.kind is ChangeKind.FIELD:
        return meta | {"current": _word(change.current), "previous": _word(change.previous)}
    return meta


def _comment(comment: DeskComment, author: DeskPerson) -> dict[str, Any]:
    return {
        "id": str(comment.id),
        "body": to_text(comment.html),
        "is_public": comment.is_public,
        "author": {"id": str(author.id), "name": author.name, "is_staff": author.is_staff},
    }


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return zulu(value)
    return status_word(value).upper() if isinstance(value, str) else str(value)
