"""What the outside world has to do after `pipeline.advance`: values, saved together with the case, performed by others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from guidance.model.conversation import TicketKey
from guidance.model.followups import FollowUp


class Publish(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """A stream entry. `kind`: `hint`, `withdrawn`, `follow_up` or `comment`. `agent_id` None: all who watch the ticket."""

    kind: str
    data: dict[str, Any]
    agent_id: str | None = None


class Work(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to do at a time. `id` is derived from its cause, so asking twice plans it once.

    `kind`: `wake` (ring the ticket: `data.reason`), `fetch` (bring the ticket from the helpdesk, where nothing later than
    `data.told_of` was brought already), `forward` (deliver `data.event` to another ticket's inbox), `task` (make the helpdesk
    task of follow-up `data.follow_up_id`),
    `task_update` (bring task `data.task_id` in line with its promises), `link` (let the ticket name task `data.task_id`), `remind` (a reminder in the helpdesk itself),
    `learn` (work out anew what the network keeps of the ticket), `forget` (erase a ticket that is gone from the helpdesk).
    `attempt`, `shard` and `planned` are told with a claim: how often that was, where the work lies, with the ticket that asked
    for it, and its bytes as they lie there, whichever version wrote them.
    """

    id: str
    kind: str
    account: str
    ticket_id: str
    at: datetime
    data: dict[str, Any] = {}
    attempt: int = 0
    shard: int | None = None
    planned: bytes = b""

    @property
    def key(self) -> TicketKey:
        """The ticket that it is about."""
        return TicketKey(self.account, self.ticket_id)

    @property
    def lies_on(self) -> int:
        """The shard where it lies, which is another one's than its own ticket's where it is forwarded."""
        return self.key.shard if self.shard is None else self.shard


class Schedule(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """Plan a piece of work; one of the same id moves to the new time."""

    work: Work


class Unschedule(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """Forget a planned piece of work."""

    work_id: str


class KeepFollowUp(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """Index a follow-up as it now is, for lists across tickets; the case itself holds it too. `was_owned_by`: until now."""

    follow_up: FollowUp
    was_owned_by: str | None = None


class CountHabit(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """Add to one of an agent's counts, or forget it; set a mute, or end it. Harmless when repeated because of its id.

    `count` and `uncount`: a rule and a day (`<rule>@<day>`, hints that they saw), or a rule alone (they heeded it by themselves).
    """

    id: str
    agent_id: str
    count: str | None = None
    mute: str | None = None
    until: datetime | None = None
    unmute: str | None = None
    uncount: str | None = None


class CountRule(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="effect", tag=True):
    """Add to what a rule did on a `day` (ISO, UTC), on a ticket of a `group`.

    `what`: shown, followed, ignored, dismissed:<reason>, shadow, holdout; or, with an empty `rule`, replies, rated:<rating> and what `hints.measuring` names. `agent_id` only ever becomes an anonymous mark that keeps one vote a day apart.
    """

    day: str
    group: str
    rule: str
    what: str
    by: int = 1
    agent_id: str | None = None


Effect = Publish | Schedule | Unschedule | KeepFollowUp | CountHabit | CountRule
