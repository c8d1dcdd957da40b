"""How many calls we may still make to a helpdesk: one bucket for each account, shared by all workers and web processes."""

from __future__ import annotations

from datetime import datetime

from guidance.ports import CallAsk, CallCount
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable
from guidance.store.retention import BUDGETS_LIVE_FOR


class Budgets(Base):
    """The part of the store that holds calls back."""

    @reachable
    def spend(self, account: str, ask: CallAsk, *, now: datetime) -> float:
        names = [keys.budget(account), keys.waiting(account)]
        rank = f"{ask.order:d}{milliseconds(ask.since or now):013d}"
        lives_for = int(BUDGETS_LIVE_FOR.total_seconds())
        told = [ask.credits, ask.floor, ask.share, ask.name, rank, lives_for, int(ask.spare), ask.usual]
        return int(self.run(scripts.SPEND, names, [milliseconds(now), *told])) / 1000

    @reachable
    def hear(self, account: str, count: CallCount, *, share: float, now: datetime) -> None:
        told = ["" if one is None else one for one in (count.total, count.remaining, count.resets_in)]
        args = [milliseconds(now), *told, count.extra, int(count.held_for * 1000), share]
        self.run(scripts.HEAR, [keys.budget(account)], args)
