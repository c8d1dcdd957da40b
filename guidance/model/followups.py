"""A follow-up: our planned act on a promise."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

NOTE = "note"
"""What stands in place of a task's id where the account wants an internal note instead."""


class FollowUpState(StrEnum):
    """The life of a follow-up. CREATING is the only state in which a helpdesk call may be under way."""

    NOTED = "noted"
    PLANNED = "planned"
    CREATING = "creating"
    TASK_MADE = "task_made"
    REMINDED = "reminded"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        return self in _OPEN


_OPEN = frozenset(
    {
        FollowUpState.NOTED,
        FollowUpState.PLANNED,
        FollowUpState.CREATING,
        FollowUpState.TASK_MADE,
        FollowUpState.REMINDED,
        FollowUpState.LATE,
        FollowUpState.UNCONFIRMED,
    }
)


class Act(StrEnum):
    """What a promise commits to, as far as a later reply can show it. WORD: a word to the customer; CALL leaves no text."""

    WORD = "word"
    DEED = "deed"
    CALL = "call"


class Asks(StrEnum):
    """What the agent is asked about a promise: no time named, a time that has passed, lies too far off, or contradicts itself."""

    WHEN = "when"
    PAST = "past"
    FAR = "far"
    CONTRADICTORY = "contradictory"


class FollowUp(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One promise and what became of it. Its id begins with its ticket's shard: `f<shard>-<hash>`.

    `words` is the promise as written, `comment_id` where. `due_at` keeps the promise's own offset; None: no time holds, and
    `asks` says why. `conditional`: it waits for the customer's answer. `rule`: the rule that proposed it, None for a promise.
    `grace_until`: until then the agent may correct it freely; afterwards the task is made. `task_id`: in the helpdesk;
    `task_linked`: the helpdesk itself shows the task beside the ticket.
    `frozen`: the task's request as it was when grace ended; `reworded`: other words stand in it than when it was first sent.
    `claim`: whose attempt it is that runs.
    `remind_at`, `nudge_at`: None once done. `settled_by`: `agent`, `customer`, `task`, `comment:<id>` or `dispatch`.
    `evidence`: the words that settled it. `not_yet`: comments of which the agent said that they don't.
    `moved_to`: `<ticket>/<follow-up>` after a merge, `moved_from` the other way round.
    """

    id: str
    account: str
    ticket_id: str
    comment_id: str
    words: str
    owner_id: str | None = None
    owner_name: str | None = None
    group: str | None = None
    act: Act = Act.WORD
    rule: str | None = None
    due_at: datetime | None = None
    due_kind: str | None = None
    zone: str | None = None
    asks: Asks | None = None
    conditional: bool = False
    state: FollowUpState = FollowUpState.NOTED
    noted_at: datetime | None = None
    changed_at: datetime | None = None
    grace_until: datetime | None = None
    remind_at: datetime | None = None
    nudge_at: datetime | None = None
    nudged: bool = False
    late_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    evidence: str | None = None
    not_yet: tuple[str, ...] = ()
    task_id: str | None = None
    task_url: str | None = None
    task_linked: bool = False
    past_task: str | None = None
    frozen: dict[str, Any] | None = None
    reworded: bool = False
    attempt: int = 0
    claim: str | None = None
    trouble: str | None = None
    moved_to: str | None = None
    moved_from: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be kept, here."""
        return self.state.is_open and self.moved_to is None
