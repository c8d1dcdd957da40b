"""Whose turn it is: the customer's latest turn, the agent's bubbles since, and the reply slot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from guidance.model import Author, Comment


class Turns(Struct, frozen=True):
    """A conversation cut into turns.

    `latest`: the customer's latest turn, that is all their comments since the last public agent comment before it.
    `since`: public agent comments after it. `earlier`: everything public before it. `slot`: id of the last confirmed
    public agent comment, or ``''``.
    """

    latest: tuple[Comment, ...]
    since: tuple[Comment, ...]
    earlier: tuple[Comment, ...]
    slot: str

    @property
    def earlier_replies(self) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.earlier if comment.is_public_reply)

    @property
    def last_reply(self) -> Comment | None:
        """The agent's public comment that stands last, be it before or after the customer's turn."""
        replies = (*self.earlier_replies, *self.since)
        return replies[-1] if replies else None


def turns_of(comments: Sequence[Comment]) -> Turns:
    """Cut comments, in order of time, into turns; internal notes and people on copy take no turn."""
    public = [comment for comment in comments if comment.is_public and comment.author is not Author.OTHER]
    end = next((i for i in range(len(public), 0, -1) if public[i - 1].is_customer), 0)
    start = end
    while start and public[start - 1].is_customer:
        start -= 1
    slot = next((c.id for c in reversed(public) if c.is_public_reply and not c.provisional), "")
    return Turns(tuple(public[start:end]), tuple(public[end:]), tuple(public[:start]), slot)


def last_comment_at(comments: Sequence[Comment]) -> datetime | None:
    """When somebody wrote last, public or not; None where no time is known."""
    return max((comment.at for comment in comments if comment.at), default=None)


def customer_turns(comments: Sequence[Comment]) -> list[tuple[Comment, ...]]:
    """Every turn of the customer, oldest first."""
    public = [comment for comment in comments if comment.is_public and comment.author is not Author.OTHER]
    return [tuple(turn) for is_customer, turn in groupby(public, key=lambda c: c.is_customer) if is_customer]
