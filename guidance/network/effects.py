"""What a change of a ticket means for the network: its card and its questions have to be worked out anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from guidance.model import Author, Case, Effect, Schedule, Status, Work


def effects_of(before: Case, case: Case, now: datetime) -> Iterable[Effect]:
    """One piece of work where something changed that the network looks at. Its id is the ticket's, so asking twice does it once."""
    if _looked_at(before) != _looked_at(case):
        key = case.key
        yield Schedule(
            work=Work(id=f"learn:{key}:", kind="learn", account=key.account, ticket_id=key.ticket_id, at=now)
        )


def _looked_at(case: Case) -> tuple[Any, ...]:
    """Fields of the ticket, and what agents wrote; every word once it is solved, since then they make the card."""
    conversation = case.conversation
    ticket, comments = conversation.ticket, conversation.comments
    is_over = ticket.status in (Status.SOLVED, Status.CLOSED)
    counts = tuple((one.id, one.visibility, len(one.text)) for one in comments if is_over or one.author is Author.AGENT)
    return (
        (ticket.status, ticket.subject, ticket.group, ticket.copies),
        (conversation.requester, conversation.assignee.id, case.gone, case.merged_into),
        (bool(comments), counts),
    )
