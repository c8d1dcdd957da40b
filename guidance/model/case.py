"""One ticket's whole state: what was said, what each agent was shown, what is promised, how the account is set up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from guidance.model.conversation import Comment, Conversation, Hours, TicketKey
from guidance.model.events import Rating
from guidance.model.followups import FollowUp
from guidance.model.reading import Reading
from guidance.model.settings import AccountSettings


class Verdict(StrEnum):
    """What became of a hint in its slot. WITHHELD: it would have been shown, on a ticket of the holdout."""

    SHOWN = "shown"
    OBEYED = "obeyed"
    DISMISSED = "dismissed"
    IGNORED = "ignored"
    WITHHELD = "withheld"


class Seen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One hint and one agent: what happened. `slot`: id of the public agent comment that opened the slot, or ``''``.

    `on_settled`: it was there on a settled draft. `family`: that of the rule, as it was then.
    """

    rule: str
    slot: str = ""
    verdict: Verdict = Verdict.SHOWN
    at: datetime | None = None
    reason: str | None = None
    on_settled: bool = False
    family: str = ""


class Slot(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that one agent was shown on this ticket, oldest first."""

    agent_id: str
    seen: tuple[Seen, ...] = ()


class Mute(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an agent does not want to see: `what` is a rule id, a principle, or `all`; `until` None means for good."""

    what: str
    until: datetime | None = None


class Counted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often an agent saw hints of a rule on one day (`<rule>@<day>`), or did by themselves, in a row, what it asks (`<rule>`)."""

    name: str
    times: int = 0


class AgentHabits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one agent's attention carries from ticket to ticket. Read before `advance`, changed by effects only.

    `mastered`: rules whose hints fade, since they do by themselves what these ask for.
    """

    agent_id: str = ""
    agent_name: str | None = None
    muted: tuple[Mute, ...] = ()
    mastered: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()


class Case(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ticket's state.

    `version` goes up by one with each save (0: never saved) and is what compare-and-set compares; it begins at the server's time,
    so that a ticket that is begun again after it was erased has no number that it had before.
    Stored with the ticket: all but `settings` and `readers`, which are read from their own keys and handed in.
    `tombstones`: comment id -> what hides it; `hidden_at`: when that was last, or words went from one that stayed, in the
    helpdesk's time; `missing_at`: when the whole ticket last left one out, None once it shows all again.
    `stamps`: ticket field -> (helpdesk's time, event id) of its last write.
    `gone`: deleted or spam since `gone_at`, in the helpdesk's time; what it shows of the ticket later says that it is back, unless it is
    `gone_for_good`: then no word of it is held any more.
    `told_hours`: the ticket's own business hours, as the helpdesk told them last.
    `woken_at`: when it was last woken; what rules of the moment `timer` see then holds until somebody writes.
    `rated`: the customer's latest answer to the helpdesk's survey, and when they gave it.
    `estimated`: how likely a recommendation seemed when the ticket was solved, 0 to 1, uncalibrated.
    `readings`: comment id -> its reading. `promised`: ids of the replies whose promises were looked for.
    `readers`: the agents to advise, the first being the one at the keyboard.
    """

    key: TicketKey
    conversation: Conversation
    provisional: tuple[Comment, ...] = ()
    tombstones: dict[str, str] = {}
    hidden_at: datetime | None = None
    missing_at: datetime | None = None
    stamps: dict[str, tuple[str, str]] = {}
    readings: dict[str, Reading] = {}
    slots: tuple[Slot, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    promised: tuple[str, ...] = ()
    shown: dict[str, tuple[str, ...]] = {}
    gone: bool = False
    gone_at: datetime | None = None
    gone_for_good: bool = False
    merged_into: str | None = None
    fetched_at: datetime | None = None
    told_hours: Hours | None = None
    woken_at: datetime | None = None
    rated: Rating | None = None
    rated_at: datetime | None = None
    estimated: float | None = None
    version: int = 0
    settings: AccountSettings = AccountSettings()
    readers: tuple[AgentHabits, ...] = ()
