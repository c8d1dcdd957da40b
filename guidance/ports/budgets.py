"""What is left of each account's calls to its helpdesk, and the wish to make one."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class CallAsk(Struct, frozen=True, kw_only=True):
    """A wish to call a helpdesk. `credits`: what it costs, negative to give back; `floor`: the part of the bucket left alone.

    `name`: its place in the queue, '' for whoever can't wait; a lower `order` goes first, then an earlier `since`.
    `share`: ours of the account's calls a minute; `usual`: how many these are as long as the helpdesk has not said.
    `spare`: waits also while others have used more than theirs.
    """

    credits: int
    floor: float
    share: float
    usual: int
    name: str = ""
    order: int = 0
    since: datetime | None = None
    spare: bool = False


class CallCount(Struct, frozen=True, kw_only=True):
    """What a helpdesk says of its own count with an answer; None where it does not say.

    `total`: calls a minute, `remaining`: those left to everybody, `resets_in`: seconds until all are there again.
    `extra`: credits beyond those taken; `held_for`: seconds for which it wants no call at all.
    """

    total: int | None = None
    remaining: int | None = None
    resets_in: int | None = None
    extra: int = 0
    held_for: float = 0.0


class CallBudgets(Protocol):
    """What is left of each account's calls, shared by all processes."""

    def spend(self, account: str, ask: CallAsk, *, now: datetime) -> float:
        """Take credits. 0 where they were there, else after how many seconds to ask again; nothing was taken then."""

    def hear(self, account: str, count: CallCount, *, share: float, now: datetime) -> None:
        """Take in what the helpdesk said. `share`: ours of the account's calls a minute."""
