"""The shapes of wire format 1 as they come in: times are texts, ids may be numbers, nearly everything may be missing."""

from __future__ import annotations

from msgspec import Struct

from guidance.model import Audience, Author, Channel, Moment, Priority, Status, Visibility

Id = str | int


class WireTicket(Struct):
    """The ticket's fields; all may be missing."""

    id: Id | None = None
    subject: str | None = None
    status: Status | None = None
    priority: Priority | None = None
    channel: Channel | None = None
    audience: Audience | None = None
    tags: list[str] | None = None
    language: str | None = None
    brand: str | None = None
    group: str | None = None
    created_at: str | None = None


class WirePerson(Struct):
    """The requester or the assignee."""

    id: Id | None = None
    name: str | None = None
    email: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    organization: str | None = None


class WireComment(Struct):
    """One comment; `html` may stand in the place of `text`."""

    id: Id
    author: Author
    author_id: Id | None = None
    author_name: str | None = None
    visibility: Visibility | None = None
    text: str | None = None
    html: str | None = None
    at: str | None = None
    attachments: list[str] | None = None


class WireDraft(Struct):
    """What the agent is writing now."""

    text: str | None = None
    html: str | None = None
    visibility: Visibility | None = None
    author_id: Id | None = None
    author_name: str | None = None
    settled: bool | None = None
    attachments: list[str] | None = None


class WireHours(Struct):
    """Business hours, as days of the week with spans of local time."""

    time_zone: str | None = None
    weekly: dict[str, list[tuple[str, str]]] | None = None
    holidays: list[str] | None = None
    country: str | None = None


class WireSeen(Struct):
    """A rule that was shown, obeyed or dismissed, with its slot."""

    rule: str
    at: str | None = None
    slot: str | None = None


class WireMuted(Struct):
    """A rule, a principle or everything, muted."""

    rule: str | None = None
    principle: str | None = None
    all: bool | None = None
    until: str | None = None


class WireAttention(Struct):
    """What the draft's author was shown, and what became of it."""

    shown: list[str | WireSeen] | None = None
    obeyed: list[str | WireSeen] | None = None
    dismissed: list[str | WireSeen] | None = None
    muted: list[str | WireMuted] | None = None
    mastered: list[str] | None = None


class WireConversation(Struct):
    """One conversation, version 1."""

    id: Id
    comments: list[WireComment]
    ticket: WireTicket | None = None
    requester: WirePerson | None = None
    assignee: WirePerson | None = None
    draft: WireDraft | None = None
    hours: WireHours | None = None
    attention: WireAttention | None = None
    now: str | None = None
    moment: Moment | None = None
