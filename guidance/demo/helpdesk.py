"""A pretend helpdesk's memory: people, tickets, and the mail it would send; every change is announced in order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Condition, RLock
from typing import Any

import nh3
from msgspec.structs import replace

from guidance.demo.values import Answer, Change, ChangeKind, DeskComment, DeskPerson, DeskTicket, Mail, NewTicket
from guidance.errors import MalformedError, NotFoundError
from guidance.model import Rating, Status
from guidance.text.html import to_text

Listener = Callable[[Change], None]
RICH_TEXT = {"a", "b", "blockquote", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "strong", "u", "ul"}
REDACTED = "▇▇▇▇"
_OVER = frozenset({Status.PENDING, Status.ON_HOLD, Status.SOLVED})


class Pulse:
    """Counts what has happened on the desk, so that the page can wait for the next thing."""

    def __init__(self) -> None:
        self._revision = 0
        self._turned = Condition()

    def beat(self) -> None:
        """Something has changed."""
        with self._turned:
            self._revision += 1
            self._turned.notify_all()

    def after(self, revision: int, *, seconds: float) -> int:
        """The present count, as soon as it differs from `revision`, or after `seconds` at the latest."""
        with self._turned:
            self._turned.wait_for(lambda: self._revision != revision, timeout=seconds)
            return self._revision


class DeskHelpdesk:
    """One pretend helpdesk, safe to use from several threads.

    `clock` gives aware UTC. Raises `NotFoundError` for what is not there, `MalformedError` (with the field as `path`) for
    values that a helpdesk refuses.
    """

    def __init__(
        self, *, clock: Callable[[], datetime], pulse: Pulse, first_ticket_id: int, first_comment_id: int
    ) -> None:
        self.clock = clock
        self.mails: list[Mail] = []
        self._pulse = pulse
        self._lock = RLock()
        self._listeners: list[Listener] = []
        self._people: dict[int, DeskPerson] = {}
        self._tickets: dict[int, DeskTicket] = {}
        self._deleted: dict[int, DeskTicket] = {}
        self._answers: dict[int, Answer] = {}
        self._ticket_ids = itertools.count(first_ticket_id)
        self._comment_ids = itertools.count(first_comment_id)

    def listen(self, listener: Listener) -> None:
        """Call `listener` with each change from now on, in order and under the lock: it must be quick."""
        self._listeners.append(listener)

    def admit(self, person: DeskPerson) -> DeskPerson:
        """Take somebody in, or change what is known of them."""
        with self._lock:
            self._people[person.id] = person
            return person

    def people(self) -> list[DeskPerson]:
        """Everybody, in the order in which they came."""
        with self._lock:
            return list(self._people.values())

    def person(self, person_id: int | None) -> DeskPerson:
        """One of them by id."""
        found = self._people.get(person_id) if person_id is not None else None
        if found is None:
            raise NotFoundError(f"nobody here has the id {person_id}")
        return found

    def person_by_email(self, email: str) -> DeskPerson | None:
        """One of them by e-mail address."""
        return next((person for person in self.people() if person.email == email.lower()), None)

    def tickets(self) -> list[DeskTicket]:
        """All tickets that were not deleted, in the order in which they were opened."""
        with self._lock:
            return list(self._tickets.values())

    def deleted_tickets(self) -> list[DeskTicket]:
        """Tickets that were thrown away, as they were; exports go on telling of them."""
        with self._lock:
            return list(self._deleted.values())

    def ticket(self, ticket_id: int) -> DeskTicket:
        """One ticket by id."""
        found = self._tickets.get(ticket_id)
        if found is None:
            raise NotFoundError(f"there is no ticket {ticket_id}")
        return found

    def open_ticket(self, new: NewTicket, *, actor_id: int) -> DeskTicket:
        """Open a ticket with its first comment."""
        with self._lock:
            requester = self.person(new.requester_id)
            self._check_assignee(new.assignee_id)
            comment = self._new_comment(actor_id, new.html, is_public=new.is_public)
            ticket = _opened(new, next(self._ticket_ids), actor_id, comment)
            self._tickets[ticket.id] = ticket
            # No public source says that a private first comment keeps the requester unmailed, so here it does not.
            if requester.id != actor_id:
                self._mail(ticket, comment)
            self._announce(ChangeKind.OPENED, ticket, actor_id, comment=comment)
            return ticket

    def put(self, ticket: DeskTicket) -> DeskTicket:
        """Place a ticket that has a past already, without announcing it to anybody."""
        with self._lock:
            self._tickets[ticket.id] = ticket
            self._pulse.beat()
            return ticket

    def next_ticket_id(self) -> int:
        """An id that no ticket has."""
        return next(self._ticket_ids)

    def next_comment_id(self) -> int:
        """An id that no comment has."""
        return next(self._comment_ids)

    def write(
        self, ticket_id: int, *, actor_id: int, html: str, is_public: bool, attachments: tuple[str, ...] = ()
    ) -> DeskComment:
        """Add a comment; a customer's reopens the ticket, an agent's public one is mailed to the customer."""
        with self._lock:
            before = self._editable(ticket_id)
            author = self.person(actor_id)
            comment = self._new_comment(actor_id, html, is_public=is_public, attachments=attachments)
            ticket = self._keep(replace(before, comments=(*before.comments, comment)))
            if author.is_staff and is_public:
                self._mail(ticket, comment)
            self._announce(ChangeKind.COMMENTED, ticket, actor_id, comment=comment)
            status = _status_after(ticket.status, by_staff=author.is_staff, is_public=is_public)
            if status is not ticket.status:
                self.edit(ticket_id, actor_id=actor_id, changes={"status": status})
            return comment

    def edit(self, ticket_id: int, *, actor_id: int, changes: Mapping[str, Any]) -> DeskTicket:
        """Set fields of a ticket; each one that really changes is announced by itself."""
        with self._lock:
            before = self._editable(ticket_id)
            real = {name: value for name, value in changes.items() if getattr(before, name) != value}
            self._check_assignee(real.get("assignee_id"))
            if "requester_id" in real:
                self.person(real["requester_id"])
            if not real:
                return before
            ticket = self._keep(replace(before, **real))
            for name, value in real.items():
                self._announce(
                    ChangeKind.FIELD, ticket, actor_id, field=name, previous=getattr(before, name), current=value
                )
            return ticket

    def hide_comment(self, ticket_id: int, comment_id: int, *, actor_id: int, redact: str | None = None) -> DeskComment:
        """Make a comment internal; with `redact`, blank out those words instead."""
        with self._lock:
            ticket = self.ticket(ticket_id)
            comment = next((found for found in ticket.comments if found.id == comment_id), None)
            if comment is None:
                raise NotFoundError(f"ticket {ticket_id} has no comment {comment_id}")
            hidden = (
                replace(comment, is_public=False)
                if redact is None
                else replace(comment, html=comment.html.replace(redact, REDACTED))
            )
            comments = tuple(hidden if found.id == comment_id else found for found in ticket.comments)
            kind = ChangeKind.MADE_PRIVATE if redact is None else ChangeKind.REDACTED
            self._announce(kind, self._keep(replace(ticket, comments=comments)), actor_id, comment=hidden)
            return hidden

    def rate(self, ticket_id: int, rating: Rating, words: str = "") -> Answer:
        """The customer answers the survey about a ticket, or changes their mind."""
        with self._lock:
            now, known = self.clock(), self._answers.get(ticket_id)
            told = Answer(
                id=known.id if known else len(self._answers) + 1,
                ticket_id=self.ticket(ticket_id).id,
                rating=rating,
                words=words,
                created_at=known.created_at if known else now,
                updated_at=now,
            )
            self._answers[ticket_id] = told
            return told

    def answers(self) -> list[Answer]:
        """All answers to surveys, the oldest first."""
        with self._lock:
            return sorted(self._answers.values(), key=lambda one: one.id)

    def ticket_of_comment(self, comment_id: int) -> DeskTicket:
        """The ticket in which a comment stands."""
        found = (ticket for ticket in self.tickets() if any(one.id == comment_id for one in ticket.comments))
        if (ticket := next(found, None)) is None:
            raise NotFoundError(f"there is no comment {comment_id}")
        return ticket

    def rewrite(self, ticket_id: int, comment_id: int, *, html: str | None) -> DeskComment:
        """Give a comment other words, or throw it away; nobody is told, only the ticket's time says so."""
        with self._lock:
            ticket = self.ticket(ticket_id)
            before = next(found for found in ticket.comments if found.id == comment_id)
            after = replace(before, html=nh3.clean(html, tags=RICH_TEXT)) if html is not None else None
            kept = (after if found is before else found for found in ticket.comments)
            self._keep(replace(ticket, comments=tuple(one for one in kept if one is not None)))
            self._pulse.beat()
            return after or before

    def merge(self, source_id: int, *, into: int, actor_id: int) -> DeskTicket:
        """Close one ticket in favour of another."""
        with self._lock:
            self.ticket(into)
            before = self._editable(source_id)
            ticket = self._keep(replace(before, merged_into=into, status=Status.CLOSED))
            self._announce(ChangeKind.MERGED, ticket, actor_id)
            return ticket

    def delete(self, ticket_id: int, *, actor_id: int) -> None:
        """Throw a ticket away."""
        with self._lock:
            ticket = self.ticket(ticket_id)
            del self._tickets[ticket_id]
            self._deleted[ticket_id] = replace(ticket, updated_at=self.clock())
            self._announce(ChangeKind.DELETED, ticket, actor_id)

    def _new_comment(
        self, author_id: int, html: str, *, is_public: bool, attachments: tuple[str, ...] = ()
    ) -> DeskComment:
        clean = nh3.clean(html, tags=RICH_TEXT, attributes={"a": {"href"}})
        if not to_text(clean):
            raise MalformedError("a comment needs some words", path="comment")
        return DeskComment(
            id=next(self._comment_ids),
            author_id=author_id,
            html=clean,
            at=self.clock(),
            is_public=is_public,
            attachments=attachments,
        )

    def _editable(self, ticket_id: int) -> DeskTicket:
        ticket = self.ticket(ticket_id)
        if ticket.status is Status.CLOSED:
            raise MalformedError("a closed ticket can't be changed", path="status")
        return ticket

    def _check_assignee(self, assignee_id: int | None) -> None:
        if assignee_id is not None and not self.person(assignee_id).is_staff:
            raise MalformedError("only an agent can be the assignee", path="assignee_id")

    def _keep(self, ticket: DeskTicket) -> DeskTicket:
        kept = replace(ticket, updated_at=self.clock())
        self._tickets[ticket.id] = kept
        return kept

    def _mail(self, ticket: DeskTicket, comment: DeskComment) -> None:
        requester = self.person(ticket.requester_id)
        if requester.is_staff:
            return
        subject = f"Re: {ticket.subject}" if len(ticket.comments) > 1 else ticket.subject
        text = to_text(comment.html)
        self.mails.append(Mail(to=requester.email, subject=subject, text=text, ticket_id=ticket.id, at=self.clock()))

    def _announce(self, kind: ChangeKind, ticket: DeskTicket, actor_id: int, **touched: Any) -> None:
        change = Change(kind=kind, ticket=ticket, actor=self.person(actor_id), at=self.clock(), **touched)
        for listener in self._listeners:
            listener(change)
        self._pulse.beat()


def _opened(new: NewTicket, ticket_id: int, actor_id: int, comment: DeskComment) -> DeskTicket:
    return DeskTicket(
        id=ticket_id,
        subject=new.subject,
        requester_id=new.requester_id,
        submitter_id=actor_id,
        created_at=comment.at,
        updated_at=comment.at,
        status=new.status,
        priority=new.priority,
        channel=new.channel,
        is_task=new.is_task,
        assignee_id=new.assignee_id,
        due_at=new.due_at,
        external_id=new.external_id,
        tags=new.tags,
        parent_id=new.parent_id,
        comments=(comment,),
    )


def _status_after(status: Status, *, by_staff: bool, is_public: bool) -> Status:
    if not by_staff and status in _OVER:
        return Status.OPEN
    return Status.OPEN if by_staff and is_public and status is Status.NEW else status
