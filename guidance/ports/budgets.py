"""What is left of each account's calls to its helpdesk, and the wish to make one."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct


class CallAsk(Struct, frozen=True, kw_only=True):
    """A wish to call a helpdesk. `credits`: what it costs, negative to give back; `floor`: the part of the bucket left alone.

    `name`: its place in the queue, '' for whoever can't wait; a lower `order` goes first, then an earlier `since`.
    `share`: ours of the account's calls a minute.
    """

    credits: int
    floor: float
    share: float
    name: str = ""
    order: int = 0
    since: datetime | None = None


class CallBudgets(Protocol):
    """What is left of each account's calls, shared by all processes."""

    def spend(self, account: str, ask: CallAsk, *, now: datetime) -> float:
        """Take credits. 0 where they were there, else after how many seconds to ask again; nothing was taken then."""

    def hear(
        self,
        account: str,
        *,
        total: int | None,
        remaining: int | None,
        extra: int,
        held_for: float,
        share: float,
        now: datetime,
    ) -> None:
        """Take in what the helpdesk said: calls a minute, calls left, credits beyond those taken, seconds to stay away."""
