"""What was said on a ticket, by whom and when."""

from __future__ import annotations

import binascii
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

SHARDS = 16


class Author(StrEnum):
    """Who wrote a comment, as far as the rules care."""

    REQUESTER = "requester"
    AGENT = "agent"
    OTHER = "other"


class Visibility(StrEnum):
    """Who may read a comment."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Status(StrEnum):
    """A ticket's status; custom ones map to the nearest."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Channel(StrEnum):
    """The way on which the customer reached the company."""

    EMAIL = "email"
    CHAT = "chat"
    WEB = "web"
    PHONE = "phone"
    SOCIAL = "social"
    FORUM = "forum"
    API = "api"
    OTHER = "other"


class Audience(StrEnum):
    """Who reads a public comment: the requester alone, or anybody."""

    REQUESTER = "requester"
    WORLD = "world"


class TicketKey(Struct, frozen=True, order=True):
    """One ticket of one account. `account` is `<helpdesk>:<name>`, as in `zendesk:acme`."""

    account: str
    ticket_id: str

    def __str__(self) -> str:
        return f"{self.account}:{self.ticket_id}"

    @property
    def shard(self) -> int:
        """The number of the shard on which all of this ticket's keys lie, 0 to 15."""
        return shard_of(str(self))


def shard_of(name: str) -> int:
    """The shard of a name: CRC-16 (XMODEM, as Redis Cluster counts) modulo the number of shards."""
    return binascii.crc_hqx(name.encode(), 0) % SHARDS


class Person(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A requester or an agent, as the helpdesk knows them."""

    id: str = ""
    name: str | None = None
    email: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    organization: str | None = None


class Ticket(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket's fields, without its comments. `copies`: who is on copy, by id or e-mail address."""

    id: str = ""
    subject: str | None = None
    status: Status = Status.OPEN
    priority: Priority | None = None
    channel: Channel = Channel.OTHER
    audience: Audience = Audience.REQUESTER
    tags: tuple[str, ...] = ()
    language: str | None = None
    brand: str | None = None
    group: str | None = None
    copies: tuple[str, ...] = ()
    created_at: datetime | None = None


class Comment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry on a ticket. `text` is plain text; `at` is aware, None where only the order is known.

    `provisional`: heard of, not yet confirmed by the helpdesk under an id of its own; its id is then ours. `undated`: nobody
    told when it was written; `at` is when we heard of it, which may be hours later.
    `attachments` None: unknown, so nothing may be concluded from it.
    """

    id: str
    author: Author
    text: str
    visibility: Visibility = Visibility.PUBLIC
    author_id: str | None = None
    author_name: str | None = None
    at: datetime | None = None
    attachments: tuple[str, ...] | None = None
    provisional: bool = False
    undated: bool = False
    from_html: bool = False

    @property
    def is_public(self) -> bool:
        return self.visibility is Visibility.PUBLIC

    @property
    def is_public_reply(self) -> bool:
        return self.is_public and self.author is Author.AGENT

    @property
    def is_customer(self) -> bool:
        return self.is_public and self.author is Author.REQUESTER


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the agent is writing now. `settled`: they paused or signed off, so absence may be judged.

    `next_name`, `next_group`: to whom the ticket goes with this reply, as the agent's form says.
    """

    text: str
    visibility: Visibility = Visibility.PUBLIC
    author_id: str | None = None
    author_name: str | None = None
    settled: bool = True
    attachments: tuple[str, ...] | None = None
    from_html: bool = False
    next_name: str | None = None
    next_group: str | None = None


class Hours(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Business hours. `weekly`: `mon`..`sun` -> (("09:00", "17:00"), ...); `holidays`: ISO dates; `country`: ISO 3166."""

    time_zone: str | None = None
    weekly: dict[str, tuple[tuple[str, str], ...]] | None = None
    holidays: tuple[str, ...] = ()
    country: str | None = None


class Conversation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole ordered exchange of one ticket, as we hold it: comments in order of time."""

    key: TicketKey
    ticket: Ticket
    requester: Person = Person()
    assignee: Person = Person()
    comments: tuple[Comment, ...] = ()
