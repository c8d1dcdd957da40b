"""What an account wants of us, as the core needs to know it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from guidance.model.conversation import Hours, Ticket


class TaskMode(StrEnum):
    """What a follow-up becomes in the helpdesk: nothing (our own ledger only), an internal note, or a task."""

    LEDGER = "ledger"
    NOTE = "note"
    TASK = "task"


class RemindIn(StrEnum):
    """Where a reminder shows: in the sidebar only, or in the helpdesk too, as an internal note or as a tag."""

    SIDEBAR = "sidebar"
    NOTE = "note"
    TAG = "tag"


class LinkIn(StrEnum):
    """Where a ticket says that it has a task: in the sidebar only, or by one internal note on the ticket, too."""

    SIDEBAR = "sidebar"
    NOTE = "note"


class Stage(StrEnum):
    """What an installation does with a rule: DRAFT nothing, SHADOW counts and shows nobody, LIVE shows."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"


EVERYWHERE = ""
"""The scope of what holds on all tickets of an account."""

SCOPES = ("group", "brand")
"""What a scope may be of, the nearer first: where both say something about a ticket, its group has the last word."""


def scopes_of(ticket: Ticket) -> tuple[str, ...]:
    """What a ticket belongs to, in lower case, the nearer first: `group:billing`, `brand:acme`."""
    named = zip(SCOPES, (ticket.group, ticket.brand), strict=True)
    return tuple(f"{kind}:{name}".casefold() for kind, name in named if name)


class Calibration(Struct, frozen=True):
    """How the estimate's raw score becomes a likelihood: as it is, or fitted to so many `answers` of customers."""

    slope: float = 1.0
    shift: float = 0.0
    answers: int = 0


class AccountSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An account's settings. `grace_for` seconds; `stages`: rule id or pack -> stage, the most specific wins.

    `stages_in`: the same for a group or brand alone, by its scope in lower case, as in `group:plant care`; it goes before.

    `default_stage` holds for rules that `stages` does not name. `bot_id`: the agent as whom we write; never judged.
    `paused`: everything is silent. `live_in`: the groups and brands whose tickets agents see anything on, as in
    `group:Plant care`; None: all. A freshly connected account has none: it listens, and shows nothing to anybody.
    In business hours: `remind_before` the due time, `nudge_after` a promise without one, `broken_after` that a late promise
    without a word counts as broken. `link_in`: where the customer's ticket names its task, if the helpdesk has no link of its own.
    `own_hours`: `hours` as set here go before those that the helpdesk tells.
    `approved`: sentences of macros and canned responses (`text.approved`); `calibration`: of the estimate. Both are handed in, not set.
    `estimate_shown`: agents see whether customers like this one would recommend us, marked as an estimate.
    `leads`: agent id -> the groups whose open promises they see and hand over.
    `holdout`: the share of tickets, 0 to 0.2, on which hints are held back, so that their effect can be measured.
    `network_off`: parts of the network (their principles) that nobody sees here.
    `proposals`: rules whose follow-ups are made by themselves; all others are proposed, for one click.
    `house_words`: words that are never flagged, by where they hold: `` (everywhere), `group:<name>` or `brand:<name>`.
    """

    account: str = ""
    hours: Hours = Hours()
    grace_for: int = 600
    task_mode: TaskMode = TaskMode.TASK
    stages: dict[str, Stage] = {}
    stages_in: dict[str, dict[str, Stage]] = {}
    default_stage: Stage = Stage.LIVE
    bot_id: str | None = None
    agent_locale: str = "en"
    paused: bool = False
    remind_before: float = 2.0
    remind_in: RemindIn = RemindIn.SIDEBAR
    link_in: LinkIn = LinkIn.NOTE
    nudge_after: float = 4.0
    broken_after: float = 24.0
    proposals: tuple[str, ...] = ()
    own_hours: bool = False
    leads: dict[str, tuple[str, ...]] = {}
    live_in: tuple[str, ...] | None = None
    holdout: float = 0.0
    network_off: tuple[str, ...] = ()
    estimate_shown: bool = False
    approved: frozenset[str] = frozenset()
    house_words: dict[str, tuple[str, ...]] = {}
    calibration: Calibration = Calibration()

    def speaks_on(self, ticket: Ticket) -> bool:
        """Whether agents see anything on this ticket. One whose group and brand are not known yet stays in shadow."""
        return self.live_in is None or not set(scopes_of(ticket)).isdisjoint(scope.casefold() for scope in self.live_in)

    def house_words_on(self, ticket: Ticket) -> tuple[str, ...]:
        """The words that are never flagged on this ticket."""
        if not self.house_words:
            return ()
        holding = (*scopes_of(ticket), EVERYWHERE)
        return tuple(word for scope, words in self.house_words.items() if scope.casefold() in holding for word in words)
