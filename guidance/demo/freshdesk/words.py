"""Freshdesk's own numbers and labels for what the desk holds, both ways."""

from __future__ import annotations

from datetime import UTC, datetime

from guidance.errors import MalformedError
from guidance.model import Channel, Priority, Status

FOLLOW_UP_TAG = "guidance-followup"
_STATUS = {
    Status.NEW: 2,
    Status.OPEN: 2,
    Status.PENDING: 3,
    Status.SOLVED: 4,
    Status.CLOSED: 5,
    Status.ON_HOLD: 7,
}
_STATUS_LABEL = {2: "Open", 3: "Pending", 4: "Resolved", 5: "Closed", 7: "Waiting on Third Party"}
_PRIORITY = {Priority.LOW: 1, Priority.NORMAL: 2, Priority.HIGH: 3, Priority.URGENT: 4}
_PRIORITY_LABEL = {1: "Low", 2: "Medium", 3: "High", 4: "Urgent"}
_SOURCE = {Channel.EMAIL: 1, Channel.WEB: 2, Channel.API: 2, Channel.PHONE: 3, Channel.CHAT: 7}
_SOURCE_LABEL = {1: "Email", 2: "Portal", 3: "Phone", 7: "Chat"}


def status_number(status: Status) -> int:
    """A status as the API writes it."""
    return _STATUS[status]


def status_label(status: Status) -> str:
    """A status as placeholders write it."""
    return _STATUS_LABEL[_STATUS[status]]


def read_status(number: int) -> Status:
    """A status as the API takes it."""
    known = {value: status for status, value in _STATUS.items() if status is not Status.NEW}
    if number not in known:
        raise MalformedError("It should be one of these values: '2,3,4,5,7'", path="status")
    return known[number]


def priority_number(priority: Priority | None) -> int:
    """A priority as the API writes it; low where none was set."""
    return _PRIORITY[priority] if priority else 1


def priority_label(priority: Priority | None) -> str:
    """A priority as placeholders write it."""
    return _PRIORITY_LABEL[priority_number(priority)]


def read_priority(number: int) -> Priority:
    """A priority as the API takes it."""
    known = {value: priority for priority, value in _PRIORITY.items()}
    if number not in known:
        raise MalformedError("It should be one of these values: '1,2,3,4'", path="priority")
    return known[number]


def source_number(channel: Channel) -> int:
    """A channel as the API writes it; portal where Freshdesk has no number for it."""
    return _SOURCE.get(channel, 2)


def source_label(channel: Channel) -> str:
    """A channel as placeholders write it."""
    return _SOURCE_LABEL[source_number(channel)]


def read_source(number: int) -> Channel:
    """A channel as the API takes it."""
    return {1: Channel.EMAIL, 3: Channel.PHONE, 7: Channel.CHAT}.get(number, Channel.WEB)


def read_time(text: str, *, field: str) -> datetime:
    """An ISO 8601 time, as aware UTC."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise MalformedError("It should be in the 'combined date and time ISO8601' format", path=field) from None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def zulu(moment: datetime) -> str:
    """A time in whole seconds of UTC, as in `2026-03-04T10:11:12Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
