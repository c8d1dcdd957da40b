"""What Freshdesk's API holds, as far as we read it, and our values made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.utils import parseaddr

from msgspec import Struct

from guidance.integrations.freshdesk.words import CHATS, OUTBOUND_EMAIL, channel_of, priority_of, status_of
from guidance.integrations.taming import Id, by_id, ident, moment
from guidance.model import Audience, Author, Channel, Comment, Person, Status, Ticket, Visibility
from guidance.text.html import to_text

SURVEY, FORWARD = 6, 8
IN_PUBLIC = frozenset({5, 7})
SYSTEM = 5
DESCRIPTION = "description"
_CHAT_PREFIX = "Ticket Description:"


class AttachmentRecord(Struct, frozen=True, kw_only=True):
    name: str = ""


class ContactRecord(Struct, frozen=True, kw_only=True):
    """A contact, or the contact behind an agent (which has no id)."""

    id: Id = None
    name: str | None = None
    email: str | None = None
    language: str | None = None
    time_zone: str | None = None
    company_id: Id = None


class AgentRecord(Struct, frozen=True, kw_only=True):
    """`ticket_scope`: 1 all tickets, 2 those of `group_ids`, 3 those assigned."""

    id: str | int
    ticket_scope: int | None = None
    group_ids: list[str | int] = []
    contact: ContactRecord = ContactRecord()
    deactivated: bool = False
    available: bool | None = None


class NamedRecord(Struct, frozen=True, kw_only=True):
    id: Id = None
    name: str | None = None


class TicketRecord(Struct, frozen=True, kw_only=True):
    id: str | int
    created_at: str | None = None
    updated_at: str = ""
    subject: str | None = None
    description: str | None = None
    description_text: str | None = None
    status: int | None = None
    priority: int | None = None
    source: int | None = None
    requester_id: Id = None
    responder_id: Id = None
    group_id: Id = None
    internal_agent_id: Id = None
    internal_group_id: Id = None
    cc_emails: list[str] | None = None
    tags: list[str] | None = None
    requester: ContactRecord | None = None
    attachments: list[AttachmentRecord] = []
    association_type: int | None = None
    deleted: bool | None = None
    spam: bool | None = None


class ConversationRecord(Struct, frozen=True, kw_only=True):
    """What Freshdesk calls a conversation is one comment."""

    id: str | int
    created_at: str
    body: str | None = None
    body_text: str | None = None
    incoming: bool = False
    private: bool = False
    user_id: Id = None
    source: int | None = None
    category: int | None = None
    automation_id: Id = None
    attachments: list[AttachmentRecord] = []


NameOf = Callable[[str], str | None]


def comments_from(ticket: TicketRecord, records: list[ConversationRecord], name_of: NameOf) -> tuple[Comment, ...]:
    """All comments in order of time, the description first. `name_of` gives the name of an agent.

    What customers write into a survey is no message, and is not taken along.
    """
    said = [one for one in records if one.source != SURVEY]
    ordered = sorted(said, key=lambda one: (one.created_at, by_id(one.id)))
    told = [_comment_from(one, ticket, name_of) for one in ordered]
    first = _description_from(ticket, name_of)
    if not first.text or _is_repeated(first, told, ticket):
        return tuple(told)
    return (first, *told)


def _comment_from(record: ConversationRecord, ticket: TicketRecord, name_of: NameOf) -> Comment:
    author = _author_of(record, ticket)
    is_private = record.private or record.source == FORWARD  # a forward is read by a third party, not by the customer
    text, is_html = _text_of(record.body, record.body_text)
    return Comment(
        id=str(record.id),
        author=author,
        text=text,
        visibility=Visibility.INTERNAL if is_private else Visibility.PUBLIC,
        author_id=ident(record.user_id),
        author_name=_name_in(author, ident(record.user_id), ticket, name_of),
        at=moment(record.created_at),
        attachments=tuple(one.name for one in record.attachments),
        from_html=is_html,
    )


def _author_of(record: ConversationRecord, ticket: TicketRecord) -> Author:
    """`incoming` tells customers from agents, `user_id` the requester from people on copy. Greetings are nobody's."""
    user = ident(record.user_id)
    if user is None or ident(record.automation_id) or record.category == SYSTEM:
        return Author.OTHER
    if not record.incoming:
        return Author.AGENT
    return Author.REQUESTER if user == ident(ticket.requester_id) else Author.OTHER


def _description_from(ticket: TicketRecord, name_of: NameOf) -> Comment:
    is_outbound = ticket.source == OUTBOUND_EMAIL
    author = Author.AGENT if is_outbound else Author.REQUESTER
    author_id = ident(ticket.responder_id if is_outbound else ticket.requester_id)
    text, is_html = _text_of(ticket.description, ticket.description_text)
    return Comment(
        id=DESCRIPTION,
        author=author,
        text=text,
        author_id=author_id,
        author_name=_name_in(author, author_id, ticket, name_of),
        at=moment(ticket.created_at),
        attachments=tuple(one.name for one in ticket.attachments),
        from_html=is_html,
    )


def _text_of(html: str | None, plain: str | None) -> tuple[str, bool]:
    """HTML first: its plain twin has lost the line breaks that set quotes and signatures apart."""
    return (to_text(html), True) if html else ((plain or "").strip(), False)


def _name_in(author: Author, user_id: str | None, ticket: TicketRecord, name_of: NameOf) -> str | None:
    if author is Author.REQUESTER:
        return ticket.requester.name if ticket.requester else None
    return name_of(user_id) if author is Author.AGENT and user_id else None


def _is_repeated(first: Comment, told: list[Comment], ticket: TicketRecord) -> bool:
    """Whether a chat's description is its first message once more, which it repeats after a heading."""
    if ticket.source not in CHATS:
        return False
    said = " ".join(first.text.removeprefix(_CHAT_PREFIX).split())
    return any(one.author is first.author and " ".join(one.text.split()) == said for one in told)


def ticket_from(record: TicketRecord, *, group: str | None, in_public: bool, statuses: Mapping[str, str]) -> Ticket:
    """A ticket's fields. A status of the account's own that `statuses` does not map counts as open."""
    return Ticket(
        id=str(record.id),
        subject=record.subject or None,
        status=status_of(record.status, statuses) or Status.OPEN,
        priority=priority_of(record.priority),
        channel=channel_of(record.source) or Channel.OTHER,
        audience=Audience.WORLD if in_public else Audience.REQUESTER,
        tags=tuple(record.tags or ()),
        group=group,
        copies=tuple(dict.fromkeys(parseaddr(one)[1].lower() for one in record.cc_emails or ())),
        created_at=moment(record.created_at),
    )


def person_from(contact: ContactRecord | None, person_id: Id, *, organization: str | None = None) -> Person:
    """A person; one of whom only the id is known has no more than that."""
    known = contact or ContactRecord()
    return Person(
        id=ident(person_id) or "",
        name=known.name or None,
        email=known.email or None,
        locale=known.language or None,
        time_zone=known.time_zone or None,
        organization=organization,
    )
