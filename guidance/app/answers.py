"""What the API answers, as shapes for its document; schemathesis compares them with what is really answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from guidance.console.rules import Row
from guidance.model import Advice, FollowUp
from guidance.people.stored import Muted
from guidance.rules.overlays import Flaw


class Refusal(Struct, frozen=True, kw_only=True):
    """What went wrong, and where."""

    code: str
    message: str
    path: str | msgspec.UnsetType = msgspec.UNSET


class Refused(Struct, frozen=True):
    """Every answer that is none."""

    error: Refusal


class TicketAdvice(Advice, frozen=True, kw_only=True):
    """Advice (docs/wire.md), with what the sidebar needs beside it.

    `told_since`: ids of promises past their time after which a public reply went out.
    """

    slot: str
    paused: bool
    shadow: bool
    complete: bool
    follow_ups: list[FollowUp]
    told_since: list[str]
    muted: list[Muted]
    seq: int | msgspec.UnsetType = msgspec.UNSET


class HintJudged(Struct, frozen=True):
    """An agent's word on a hint, as it was taken."""

    hint: str
    verdict: Literal["done", "dismissed"] | None
    reason: str | None = None
    mute: Literal["today"] | None = None


class FollowUpsTold(Struct, frozen=True):
    """Follow-ups by due time; `subjects` of their tickets by id, as far as this agent may open them."""

    follow_ups: list[FollowUp]
    subjects: dict[str, str] = {}


class FollowUpTold(Struct, frozen=True):
    """One follow-up."""

    follow_up: FollowUp


class CalendarLink(Struct, frozen=True):
    """The path of a calendar, told this once."""

    path: str | None


class QuietTold(Struct, frozen=True):
    """Until when nothing is said."""

    until: datetime | None


class Watched(Struct, frozen=True):
    """Which tickets are watched, and which may not be."""

    tickets: list[str]
    refused: list[str]


class RulesTold(Struct, frozen=True):
    """All rules in force, with the number of the house's edition."""

    version: str
    edition: int
    rules: list[Row]


class RuleTold(Struct, frozen=True):
    """One rule: its place in the list, its words by language, and its source."""

    rule: Row
    say: dict[str, list[str]]
    why: str
    yaml: str


class Flaws(Struct, frozen=True):
    """What keeps a file from being published, and `warnings`, which do not: rules that never fire, double others or are slow."""

    flaws: list[Flaw]
    warnings: list[Flaw]


class BacktestTold(Struct, frozen=True, kw_only=True):
    """How far a backtest is. `found`: its counts, in the answer for a single one."""

    id: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int
    at: datetime
    who: str
    message: str
    what: str | None
    over: str | None
    found: dict[str, Any] | None = None


class BacktestsTold(Struct, frozen=True):
    """The backtests of the last week, newest first."""

    backtests: list[BacktestTold]


class JudgedTold(Struct, frozen=True):
    """How many findings were judged right and wrong so far."""

    right: int
    wrong: int
