"""A ticket's card: the little that others' tickets are compared with."""

from __future__ import annotations

from collections.abc import Iterable

from guidance.conversations.folding import visible_comments
from guidance.model import Card, Case, Conversation, Person, Status
from guidance.network.terms import matter_of
from guidance.text.fold import fold

_OVER = frozenset({Status.SOLVED, Status.CLOSED})
_LONGEST_SUBJECT = 160


def card_of(case: Case) -> Card | None:
    """The card of a ticket as it stands; None where it is gone, went into another one, or is a task of ours."""
    conversation = case.conversation
    ticket, requester = conversation.ticket, conversation.requester
    is_read = any(comment.is_public for comment in visible_comments(case))  # tasks of ours are never read
    if case.gone or case.merged_into or not requester.id or not is_read:
        return None
    is_open = ticket.status not in _OVER
    own = _marks_of(requester)
    return Card(
        ticket_id=case.key.ticket_id,
        status=ticket.status,
        subject=(ticket.subject or "")[:_LONGEST_SUBJECT] if is_open else "",
        group=ticket.group,
        assignee_id=conversation.assignee.id or None,
        organization=requester.organization,
        own=own,
        circle=(*own, *_mark_of_organization(requester)) if is_open else own,
        solver_id=None if is_open else solver_of(case),
        words={} if is_open else matter_of(conversation),
    )


def solver_of(case: Case) -> str | None:
    """Who solved a ticket: the assignee where they wrote to the customer, else whoever wrote to them last."""
    replies = [one for one in visible_comments(case) if one.is_public_reply and one.author_id]
    authors = [one.author_id for one in replies if one.author_id != case.settings.bot_id]
    assignee = case.conversation.assignee.id
    return assignee if assignee in authors else authors[-1] if authors else None


def known_as(person: str) -> str:
    """By what the tickets of a person are found, of whom an id or an e-mail address is known."""
    return f"person:{person.strip().lower()}"


def circle_of(conversation: Conversation) -> tuple[str, ...]:
    """By what the tickets of a customer's circle are found: their organization, and who is on copy."""
    copies = (known_as(one) for one in conversation.ticket.copies)
    return (*_mark_of_organization(conversation.requester), *copies)


def _marks_of(person: Person) -> tuple[str, ...]:
    return tuple(known_as(one) for one in (person.id, person.email) if one)


def _mark_of_organization(person: Person) -> Iterable[str]:
    if person.organization:
        yield f"organization:{fold(person.organization).text.strip()}"
