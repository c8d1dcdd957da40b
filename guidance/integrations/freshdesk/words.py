"""Freshdesk's words for our values. The API has numbers, webhooks have the labels that agents see."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from guidance.integrations.taming import is_number
from guidance.model import Channel, Priority, Status

TASK_TAG = "guidance-followup"
OUTBOUND_EMAIL = 10
CHATS = frozenset({7, 8, 15})

_STATUSES = {
    "2": Status.OPEN,
    "3": Status.PENDING,
    "4": Status.SOLVED,
    "5": Status.CLOSED,
    "6": Status.PENDING,
    "7": Status.ON_HOLD,
    "open": Status.OPEN,
    "pending": Status.PENDING,
    "resolved": Status.SOLVED,
    "closed": Status.CLOSED,
    "waiting on customer": Status.PENDING,
    "waiting on third party": Status.ON_HOLD,
}
_PRIORITIES = {
    "1": Priority.LOW,
    "2": Priority.NORMAL,
    "3": Priority.HIGH,
    "4": Priority.URGENT,
    "low": Priority.LOW,
    "medium": Priority.NORMAL,
    "high": Priority.HIGH,
    "urgent": Priority.URGENT,
}
_CHANNELS = {
    "1": Channel.EMAIL,
    "2": Channel.WEB,
    "3": Channel.PHONE,
    "4": Channel.FORUM,
    "5": Channel.SOCIAL,
    "6": Channel.SOCIAL,
    "7": Channel.CHAT,
    "8": Channel.CHAT,
    "9": Channel.WEB,
    "10": Channel.EMAIL,
    "13": Channel.CHAT,
    "15": Channel.CHAT,
    "email": Channel.EMAIL,
    "portal": Channel.WEB,
    "phone": Channel.PHONE,
    "forums": Channel.FORUM,
    "twitter": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "chat": Channel.CHAT,
    "web chat": Channel.CHAT,
    "whatsapp": Channel.CHAT,
    "mobihelp": Channel.CHAT,
    "feedback widget": Channel.WEB,
    "outbound email": Channel.EMAIL,
}


def status_of(word: str | int | None, custom: Mapping[str, str] | None = None) -> Status | None:
    """A status by number or label; None for one of the account's own that `custom` (number or label -> ours) lacks."""
    told = plain(word)
    mapped = plainly_named(custom or {}).get(told)
    return Status(mapped) if mapped in set(Status) else _STATUSES.get(told)


def plainly_named(statuses: Mapping[str, str]) -> dict[str, str]:
    """The account's own statuses as we look for them: labels may be written as Freshdesk shows them."""
    return {plain(name): ours for name, ours in statuses.items()}


def priority_of(word: str | int | None) -> Priority | None:
    """A priority by number or label."""
    return _PRIORITIES.get(plain(word))


def channel_of(word: str | int | None) -> Channel | None:
    """A channel by the number or label of a source; None where none is told."""
    told = plain(word)
    return _CHANNELS.get(told, Channel.OTHER) if told else None


def tags_of_task(ticket_id: str, follow_up_id: str) -> list[str]:
    """The tags by which we know a task of ours again: Freshdesk has no external id. A tag has 32 characters at most."""
    return [TASK_TAG, f"fu-{follow_up_id}", f"gt-{ticket_id}"]


def task_of(tags: Collection[str]) -> tuple[str, str] | None:
    """Ticket and follow-up of a task of ours by its tags, None for any other ticket."""
    if TASK_TAG not in tags:
        return None
    ticket_id = next((tag[3:] for tag in tags if tag.startswith("gt-") and is_number(tag[3:])), None)
    follow_up_id = next((tag[3:] for tag in tags if tag.startswith("fu-") and tag[3:]), None)
    return (ticket_id, follow_up_id) if ticket_id and follow_up_id else None


def plain(word: str | int | None) -> str:
    """A number or label as it stands in our tables."""
    return "" if word is None else str(word).strip().lower()
