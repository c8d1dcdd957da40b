"""Zendesk's words for our values. Enums come in capitals in events, in small letters from the API, as labels in triggers."""

from __future__ import annotations

from typing import Any

from guidance.integrations.taming import Id, ident, is_number
from guidance.model import Audience, Author, Channel, Priority, Status

TASK_TAG = "guidance_followup"
TICKET_EVENT = "zen:event-type:ticket."
STAFF = frozenset({"agent", "admin"})

_STATUSES = {
    "new": Status.NEW,
    "open": Status.OPEN,
    "pending": Status.PENDING,
    "hold": Status.ON_HOLD,
    "on_hold": Status.ON_HOLD,
    "solved": Status.SOLVED,
    "closed": Status.CLOSED,
}
_CHANNELS = {
    "email": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "web": Channel.WEB,
    "web_form": Channel.WEB,
    "web_widget": Channel.WEB,
    "mobile": Channel.WEB,
    "mobile_sdk": Channel.WEB,
    "help_center": Channel.WEB,
    "web_service": Channel.API,
    "api": Channel.API,
    "chat": Channel.CHAT,
    "chat_transcript": Channel.CHAT,
    "native_messaging": Channel.CHAT,
    "messaging": Channel.CHAT,
    "whatsapp": Channel.CHAT,
    "sms": Channel.CHAT,
    "apple_business_chat": Channel.CHAT,
    "voice": Channel.PHONE,
    "phone": Channel.PHONE,
    "phone_call_inbound": Channel.PHONE,
    "phone_call_outbound": Channel.PHONE,
    "voicemail": Channel.PHONE,
    "facebook": Channel.SOCIAL,
    "twitter": Channel.SOCIAL,
    "instagram_dm": Channel.SOCIAL,
    "any_channel": Channel.SOCIAL,
    "topic": Channel.FORUM,
    "forum": Channel.FORUM,
    "community": Channel.FORUM,
}
_OPEN_TO_ALL = frozenset({"post", "mention", "favorite", "wall"})


def status_of(word: str | None) -> Status | None:
    """A status, None where the word is none of Zendesk's own categories."""
    return _STATUSES.get(_plain(word))


def priority_of(word: str | None) -> Priority | None:
    """A priority, None where none is set."""
    plain = _plain(word)
    return Priority(plain) if plain in set(Priority) else None


def channel_of(via: Any) -> Channel | None:
    """The channel of a `via`, given as an object or as a label; None where it says nothing."""
    word = _plain(_channel_word(via))
    return _CHANNELS.get(word, Channel.OTHER) if word else None


def audience_of(via: Any) -> Audience:
    """Who reads public comments: anybody on a forum, under a post or a mention; else the requester."""
    channel = channel_of(via)
    source = via.get("source") if isinstance(via, dict) else None
    rel = _plain(source.get("rel")) if isinstance(source, dict) and isinstance(source.get("rel"), str) else ""
    in_public = channel is Channel.FORUM or (channel is Channel.SOCIAL and rel in _OPEN_TO_ALL)
    return Audience.WORLD if in_public else Audience.REQUESTER


def author_of(author_id: Id, requester_id: Id, *, is_staff: bool) -> Author:
    """Who wrote a comment. An agent who is the ticket's requester speaks as the requester; copied people are others."""
    author = ident(author_id)
    if author is not None and author == ident(requester_id):
        return Author.REQUESTER
    return Author.AGENT if is_staff and author != "-1" else Author.OTHER


def mark_of_task(account: str, ticket_id: str, follow_up_id: str) -> str:
    """The `external_id` by which we know a task of ours again."""
    return f"guidance:{account}:{ticket_id}:{follow_up_id}"


def task_of(external_id: Id, account: str) -> tuple[str, str] | None:
    """Ticket and follow-up of a task of ours and of this account, None for any other ticket."""
    mark, _, follow_up_id = str(external_id or "").rpartition(":")
    prefix, _, ticket_id = mark.rpartition(":")
    ours = prefix == f"guidance:{account}" and is_number(ticket_id) and bool(follow_up_id)
    return (ticket_id, follow_up_id) if ours else None


def _channel_word(via: Any) -> str:
    word = via.get("channel") if isinstance(via, dict) else via
    return word if isinstance(word, str) else ""


def _plain(word: str | None) -> str:
    return (word or "").strip().lower().replace(" ", "_").replace("-", "_")
