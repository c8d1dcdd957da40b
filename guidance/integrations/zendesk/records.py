"""What Zendesk's API holds, as far as we read it, and our values made from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from guidance.integrations.taming import Id, ident, moment, words
from guidance.integrations.zendesk.words import STAFF, audience_of, author_of, channel_of, priority_of, status_of
from guidance.model import Channel, Comment, Person, Status, Ticket, Visibility
from guidance.text.html import to_text


class TicketRecord(Struct, frozen=True, kw_only=True):
    id: str | int
    updated_at: str = ""
    created_at: str | None = None
    subject: str | None = None
    status: str | None = None
    priority: str | None = None
    via: dict[str, Any] | None = None
    tags: list[str] | None = None
    requester_id: Id = None
    assignee_id: Id = None
    organization_id: Id = None
    group_id: Id = None
    brand_id: Id = None
    external_id: Id = None
    due_at: str | None = None
    email_cc_ids: list[str | int] | None = None
    collaborator_ids: list[str | int] | None = None


class AttachmentRecord(Struct, frozen=True, kw_only=True):
    file_name: str = ""


class CommentRecord(Struct, frozen=True, kw_only=True):
    id: str | int
    public: bool
    created_at: str
    author_id: Id = None
    plain_body: str | None = None
    body: str | None = None
    html_body: str | None = None
    attachments: list[AttachmentRecord] = []


class UserRecord(Struct, frozen=True, kw_only=True):
    """`ticket_restriction` None: all tickets, unless a custom role says otherwise. zenpy gives None for what is missing."""

    id: str | int
    name: str | None = None
    email: str | None = None
    role: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    iana_time_zone: str | None = None
    organization_id: Id = None
    custom_role_id: Id = None
    ticket_restriction: str | None = None
    active: bool | None = None
    suspended: bool | None = None

    @property
    def is_staff(self) -> bool:
        return (self.role or "").lower() in STAFF

    @property
    def is_active_staff(self) -> bool:
        return self.is_staff and self.active is not False and not self.suspended


class Meta(Struct, frozen=True, kw_only=True):
    has_more: bool | None = None


class NextPage(Struct, frozen=True, kw_only=True):
    next: str | None = None


class Page(Struct, frozen=True, kw_only=True):
    """A page of a list. `meta.has_more` says whether there is another one; `links.next` is often there on the last one, too."""

    meta: Meta | None = None
    links: NextPage | None = None


class CommentsPage(Page, frozen=True, kw_only=True):
    """`users`: the authors, where they were asked for."""

    comments: list[Any]
    users: list[Any] = []


def comment_from(record: CommentRecord, ticket: TicketRecord, authors: Mapping[str, UserRecord]) -> Comment:
    """One comment. An author who is not among `authors` is nobody's agent."""
    author = authors.get(ident(record.author_id) or "")
    plain = record.plain_body or record.body
    return Comment(
        id=str(record.id),
        author=author_of(record.author_id, ticket.requester_id, is_staff=author is not None and author.is_staff),
        # Zendesk leaves this one entity in its plain text.
        text=plain.replace("&nbsp;", " ") if plain else to_text(record.html_body or ""),
        visibility=Visibility.PUBLIC if record.public else Visibility.INTERNAL,
        author_id=ident(record.author_id),
        author_name=author.name if author else None,
        at=moment(record.created_at),
        attachments=tuple(one.file_name for one in record.attachments),
        from_html=not plain,
    )


def person_from(user: UserRecord | None, person_id: Id, *, organization: str | None = None) -> Person:
    """A person; one of whom only the id is known has no more than that."""
    if user is None:
        return Person(id=ident(person_id) or "")
    return Person(
        id=str(user.id),
        name=user.name or None,
        email=user.email or None,
        locale=user.locale or None,
        time_zone=user.iana_time_zone or user.time_zone or None,
        organization=organization,
    )


def ticket_from(record: TicketRecord, *, group: str | None, brand: str | None) -> Ticket:
    """A ticket's fields. A status of no category of Zendesk's own, as of a deleted ticket, counts as closed."""
    return Ticket(
        id=str(record.id),
        subject=record.subject or None,
        status=status_of(record.status) or Status.CLOSED,
        priority=priority_of(record.priority),
        channel=channel_of(record.via) or Channel.OTHER,
        audience=audience_of(record.via),
        tags=words(record.tags),
        group=group,
        brand=brand,
        copies=tuple(dict.fromkeys(map(str, record.email_cc_ids or record.collaborator_ids or ()))),
        created_at=moment(record.created_at),
    )
