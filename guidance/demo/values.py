"""What a pretend helpdesk holds: frozen values, neutral between Zendesk and Freshdesk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from guidance.model import Channel, Priority, Rating, Status


class Role(StrEnum):
    """What somebody may do in the helpdesk, in Zendesk's words."""

    END_USER = "end-user"
    AGENT = "agent"
    ADMIN = "admin"


class DeskPerson(Struct, frozen=True, kw_only=True):
    """A customer or an agent. `is_bot`: the agent as whom the guidance service writes. `organization`: by name."""

    id: int
    name: str
    email: str
    role: Role = Role.END_USER
    locale: str = "en-US"
    time_zone: str = "America/New_York"
    is_bot: bool = False
    organization: str | None = None

    @property
    def is_staff(self) -> bool:
        return self.role is not Role.END_USER


class DeskComment(Struct, frozen=True, kw_only=True):
    """One entry on a ticket; `html` is already sanitised, `at` aware UTC."""

    id: int
    author_id: int
    html: str
    at: datetime
    is_public: bool = True
    attachments: tuple[str, ...] = ()


class DeskTicket(Struct, frozen=True, kw_only=True):
    """A ticket with its comments in order; the first one is what Zendesk and Freshdesk call its description."""

    id: int
    subject: str
    requester_id: int
    submitter_id: int
    created_at: datetime
    updated_at: datetime
    status: Status = Status.OPEN
    priority: Priority | None = None
    channel: Channel = Channel.EMAIL
    is_task: bool = False
    assignee_id: int | None = None
    group_id: int | None = None
    due_at: datetime | None = None
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    parent_id: int | None = None
    merged_into: int | None = None
    comments: tuple[DeskComment, ...] = ()


class NewTicket(Struct, frozen=True, kw_only=True):
    """What it takes to open a ticket; `html` is the first comment."""

    subject: str
    html: str
    requester_id: int
    is_public: bool = True
    status: Status = Status.NEW
    priority: Priority | None = None
    channel: Channel = Channel.API
    is_task: bool = False
    assignee_id: int | None = None
    due_at: datetime | None = None
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    parent_id: int | None = None


class Mail(Struct, frozen=True, kw_only=True):
    """A message that a real helpdesk would now send to a customer."""

    to: str
    subject: str
    text: str
    ticket_id: int
    at: datetime


class Answer(Struct, frozen=True, kw_only=True):
    """What a customer answered to the survey about a ticket; a later answer takes the place of the first."""

    id: int
    ticket_id: int
    rating: Rating
    words: str
    created_at: datetime
    updated_at: datetime


class ChangeKind(StrEnum):
    """What happened to a ticket, as a webhook would tell it."""

    OPENED = "opened"
    COMMENTED = "commented"
    FIELD = "field"
    REDACTED = "redacted"
    MADE_PRIVATE = "made_private"
    MERGED = "merged"
    DELETED = "deleted"


class Change(Struct, frozen=True, kw_only=True):
    """One thing that happened: the ticket as it is afterwards, who did it, and what it touched.

    `field`, `previous` and `current` stand only where `kind` is FIELD; the field is a name of `DeskTicket`.
    """

    kind: ChangeKind
    ticket: DeskTicket
    actor: DeskPerson
    at: datetime
    comment: DeskComment | None = None
    field: str = ""
    previous: Any = None
    current: Any = None


def latest(comments: Sequence[DeskComment], *, public: bool) -> DeskComment | None:
    """The newest comment that is public, or that is not."""
    return next((comment for comment in reversed(comments) if comment.is_public is public), None)
