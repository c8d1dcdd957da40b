"""The pilot's report: what would have been said on the replies that a helpdesk's agents sent last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from guidance.backtests.fetched import case_of, fetched
from guidance.backtests.hits import Hits, replies_of, run
from guidance.conversations.wire import ANYBODY, Asked
from guidance.model import AccountSettings, AgentHabits
from guidance.ports import Helpdesk, Snapshot
from guidance.rules import Rulebook

TICKETS_A_REPLY, FEWEST_TICKETS = 2, 100
"""How many tickets are looked at for each reply that is wanted, and at least: many tickets hold no reply yet."""


class Progress(Struct, frozen=True):
    """How far the reading has come."""

    tickets: int
    replies: int


def report(
    helpdesk: Helpdesk,
    settings: AccountSettings,
    rulebook: Rulebook,
    *,
    replies: int,
    now: datetime,
    on_progress: Callable[[Progress], None] = lambda _: None,
    wait: Callable[[float], None],
) -> Hits:
    """What the rulebook would have said on the last `replies` public replies of agents, as if all were live.

    `wait` is called with seconds where the helpdesk asks us to slow down. No agent is named in it. Raises `HelpdeskError`.
    """
    as_if_live = replace(settings, live_in=None, paused=False, holdout=0.0)
    read = _read(helpdesk, as_if_live, replies, now, on_progress, wait)
    return run(read, rulebook)


def _read(
    helpdesk: Helpdesk,
    settings: AccountSettings,
    replies: int,
    now: datetime,
    on_progress: Callable[[Progress], None],
    wait: Callable[[float], None],
) -> Iterator[Asked]:
    found = tickets = 0
    most = max(replies * TICKETS_A_REPLY, FEWEST_TICKETS)
    for snapshot in fetched(helpdesk, most, wait=wait):
        asked = _asked(snapshot, settings, now)
        found, tickets = found + sum(1 for _ in replies_of(asked)), tickets + 1
        on_progress(Progress(tickets, found))
        yield asked
        if found >= replies:
            return


def _asked(snapshot: Snapshot, settings: AccountSettings, now: datetime) -> Asked:
    case = replace(case_of(snapshot, settings), readers=(AgentHabits(agent_id=ANYBODY),))
    return Asked(id=str(case.key), case=case, draft=None, moment=None, now=now)
