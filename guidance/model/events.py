"""What happened to a ticket: the only things that change a case. Past tense, no vendor's words."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from guidance.model.conversation import Comment, Conversation, Draft, Hours, Person, Ticket, TicketKey
from guidance.model.followups import FollowUp


class Rating(StrEnum):
    """How content a customer was with a ticket, by their own word in the helpdesk's survey."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class TicketEvent(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="event", tag=True):
    """Common to all events. `event_id` is stable over repeats; `at` is the helpdesk's own time, aware UTC."""

    key: TicketKey
    event_id: str
    at: datetime


class CommentAdded(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A comment was written. A provisional one makes us fetch the confirmed text."""

    comment: Comment


class CommentHidden(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A comment was redacted, deleted or made private: a tombstone that beats any text, whatever the order.

    `made_private`: it lives on as an internal note; else its text is gone for good.
    """

    comment_id: str
    made_private: bool = False


NOBODY = Person()
"""Whoever nothing is known of. The very same value each time: by that it is left out where events are written down."""


class TicketChanged(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Ticket fields as of `at`, last write wins for each. Only names in `fields` are meant; the rest is unknown.

    `fields` names attributes of `ticket`, or `requester`, `assignee`. `listed`: told by a list of changes, so that `at` is
    when the ticket itself changed last, as a fetch of it says, too.
    """

    ticket: Ticket = Ticket()
    requester: Person = NOBODY
    assignee: Person = NOBODY
    fields: tuple[str, ...] = ()
    needs_fetch: bool = False
    listed: bool = False


class TicketMerged(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """This ticket went into another one of the same account, which takes over its promises."""

    into: str


class TicketDeleted(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The ticket is gone, or was marked as spam. `for_good`: it can't be restored any more."""

    for_good: bool = False


class TaskChanged(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """One of our own tasks changed in the helpdesk. `key` is the ticket that the promise was made on.

    `closed`: for good, so that it can't stand for an open promise any more; `gone`: deleted, or merged into another ticket.
    """

    follow_up_id: str
    task_id: str
    done: bool = False
    due_at: datetime | None = None
    assignee_id: str | None = None
    closed: bool = False
    gone: bool = False


class Fetched(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The ticket as the helpdesk holds it now: every comment confirmed, ids complete, up to `at`.

    `asked_at`: when we began to ask for it, by our clock; what we had heard by then is in it.
    `listening_since`: when we began to listen to its account, None where that is not known.
    """

    conversation: Conversation
    hours: Hours | None = None
    asked_at: datetime | None = None
    listening_since: datetime | None = None


class Woken(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Time has passed: a wake-up that an earlier outcome asked for."""

    reason: str


class FollowUpChanged(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """A follow-up was acted on, by the agent or by `dispatch`. `by`: agent id, or `dispatch`.

    `changed` holds the new values; only the names in `fields` are meant.
    """

    changed: FollowUp
    fields: tuple[str, ...] = ()
    by: str = "dispatch"


class FollowUpAccepted(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """What a rule proposed was accepted, by an agent's click or by the account's setting."""

    follow_up: FollowUp


class PromiseMoved(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Another ticket was merged into this one, and hands over one of its promises as it stands there."""

    follow_up: FollowUp


class PromiseTaken(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The ticket that this one was merged into has taken over a promise: `follow_up_id` here is `moved_to` there."""

    follow_up_id: str
    moved_to: str


class TicketRated(TicketEvent, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """The customer answered the helpdesk's own survey about this ticket. What they wrote with it is not taken along."""

    rating: Rating


class DraftTyped(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an agent is writing, and turns that their browser saw and no webhook brought yet (for their advice only)."""

    draft: Draft
    agent_id: str
    turns: tuple[Comment, ...] = ()


AnyEvent = (
    CommentAdded
    | CommentHidden
    | TicketChanged
    | TicketMerged
    | TicketDeleted
    | TaskChanged
    | Fetched
    | Woken
    | FollowUpChanged
    | FollowUpAccepted
    | PromiseMoved
    | PromiseTaken
    | TicketRated
)
Input = AnyEvent | DraftTyped | None
