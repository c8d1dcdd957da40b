"""A follow-up: our planned act on a promise."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


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


class FollowUp(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One promise and what became of it. Its id begins with its ticket's shard: `f<shard>-<hash>`.

    `words` is the promise as written, `comment_id` where. `due_at` keeps the promise's own offset; None: no time was named.
    `grace_until`: until then the agent may correct it freely; afterwards the task is made. `task_id`: in the helpdesk.
    """

    id: str
    account: str
    ticket_id: str
    comment_id: str
    words: str
    owner_id: str | None = None
    owner_name: str | None = None
    due_at: datetime | None = None
    due_kind: str | None = None
    conditional: bool = False
    state: FollowUpState = FollowUpState.NOTED
    noted_at: datetime | None = None
    grace_until: datetime | None = None
    task_id: str | None = None
    attempt: int = 0
    trouble: str | None = None
