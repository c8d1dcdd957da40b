"""Zendesk's own words for what the desk holds, both ways."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from guidance.errors import MalformedError
from guidance.model import Channel, Priority, Status

_CHANNELS = {
    Channel.EMAIL: "email",
    Channel.CHAT: "chat",
    Channel.WEB: "web",
    Channel.PHONE: "voice",
    Channel.SOCIAL: "facebook",
    Channel.FORUM: "web",
    Channel.API: "api",
    Channel.OTHER: "api",
}


def status_word(status: str) -> str:
    """`on_hold` is `hold` in Zendesk's API; all else is as it is."""
    return "hold" if status == Status.ON_HOLD else str(status)


def read_status(word: str) -> Status:
    """A status as the API takes it."""
    known = {status_word(status): status for status in Status}
    if word.lower() not in known:
        raise MalformedError(f"{word} is not included in the list", path="status")
    return known[word.lower()]


def read_priority(word: str) -> Priority:
    """A priority as the API takes it."""
    if word.lower() not in set(Priority):
        raise MalformedError(f"{word} is not included in the list", path="priority")
    return Priority(word.lower())


def read_time(text: str, *, field: str) -> datetime:
    """An ISO 8601 time with an offset, as aware UTC."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise MalformedError(f"{text} is not a valid date", path=field) from None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def via(channel: Channel) -> dict[str, Any]:
    """The `via` of a ticket; a social one is a post that anybody can read."""
    rel = "post" if channel is Channel.SOCIAL else None
    return {"channel": _CHANNELS[channel], "source": {"from": {}, "to": {}, "rel": rel}}


def optional_id(value: int | None) -> str:
    """Events write a missing id as an empty string."""
    return "" if value is None else str(value)


def zulu(moment: datetime) -> str:
    """A time in whole seconds of UTC, as in `2026-03-04T10:11:12Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
