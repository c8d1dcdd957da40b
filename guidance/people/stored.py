"""What is stored about one agent, told to that agent alone."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from guidance.ports import Store


class Muted(Struct, frozen=True):
    """A rule, a principle or everything that the agent does not want to see, and until when."""

    what: str
    until: datetime | None


class AboutAgent(Struct, frozen=True, kw_only=True):
    """All that is kept under an agent's own name in one account.

    `counted`: hints by rule and day (`<rule>@<day>`), for the caps; what they did without a hint in a row (`<rule>`), `mastered` once often enough. `titles`: what the rules among all these are called. `may_be_named`: to
    colleagues, as somebody who can help.

    On tickets it is kept besides which hints they were shown there, for as long as the ticket (docs/privacy.md).
    """

    account: str
    agent_id: str
    muted: tuple[Muted, ...]
    mastered: tuple[str, ...]
    counted: dict[str, int]
    open_promises: int
    questions_to_them: int
    may_be_named: bool
    has_calendar_link: bool
    titles: dict[str, str] = {}


def stored_about(store: Store, account: str, agent_id: str, *, now: datetime) -> AboutAgent:
    """What is stored about this agent. Raises `StoreUnavailableError`."""
    habits = store.habits(account, agent_id, now=now)
    return AboutAgent(
        account=account,
        agent_id=agent_id,
        muted=tuple(Muted(one.what, one.until) for one in habits.muted),
        mastered=habits.mastered,
        counted={one.name: one.times for one in habits.counted},
        open_promises=len(store.follow_ups(account, owner_id=agent_id)),
        questions_to_them=len(store.asked_of(account, agent_id)),
        may_be_named=agent_id not in store.resting(account, now=now),
        has_calendar_link=store.has_feed(account, agent_id),
    )
