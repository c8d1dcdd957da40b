"""Which teams' numbers may be shown: none of fewer than five people, and none that could be worked out by subtraction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from guidance.model import Case
from guidance.ports import Store

FEWEST = 5
WITHIN = timedelta(weeks=8)
_KEPT_FOR = timedelta(days=2)
_ANEW_AFTER = timedelta(days=1)
_MOST_CASES = 1_000_000


class Teams(Struct, frozen=True, kw_only=True):
    """The teams of an account that may be shown by name. `others`: whether all the rest may be shown as one; `at`: as of when.

    `people`: how many replied in the account at all, counted up to five.
    """

    shown: tuple[str, ...] = ()
    others: bool = False
    people: int = 0
    at: datetime | None = None

    def name_of(self, group: str | None) -> str | None:
        """Under which name a group's numbers are shown: its own, '' for all others together, None for not at all."""
        if group and group in self.shown:
            return group
        return "" if self.others else None


def told_apart(agents: Mapping[str, frozenset[str]], *, at: datetime | None = None) -> Teams:
    """The teams to show, where `agents` has who replied in each group, under '' in none.

    Those too small are put together. Where they are fewer than five people even together, the smallest team of those large
    enough joins them, since whoever knows the whole and all other parts knows the rest.
    """
    shown = sorted(
        (group for group in agents if group and len(agents[group]) >= FEWEST), key=lambda g: (-len(agents[g]), g)
    )
    rest = [group for group in agents if group not in shown]
    while rest and shown and len(frozenset().union(*(agents[group] for group in rest))) < FEWEST:
        rest.append(shown.pop())
    people = min(len(frozenset().union(*agents.values())), FEWEST)
    if not shown or len(shown) + bool(rest) < 2:
        return Teams(people=people, at=at)
    return Teams(shown=tuple(sorted(shown)), others=bool(rest), people=people, at=at)


def with_teams(accounts: Mapping[str, Teams]) -> list[str]:
    """The accounts whose teams may be shown.

    Whoever knows the house and those teams knows the other accounts, so these are nobody at all, or five people and more.
    """
    shown = [account for account, teams in accounts.items() if teams.shown]
    others = [teams.people for account, teams in accounts.items() if account not in shown]
    return shown[:-1] if shown and 0 < max(others, default=0) < FEWEST else shown


def teams_of(store: Store, account: str) -> Teams:
    """The teams that may be shown, as they were last looked at; none before that."""
    kept = store.recall(_name(account))
    return msgspec.json.decode(kept, type=Teams) if kept else Teams()


def look_at_teams(store: Store, now: datetime) -> None:
    """Once a day: see who replied in each group in the last eight weeks. Only the names of large groups are kept."""
    for account in store.accounts():
        seen = teams_of(store, account.id).at
        if seen is None or now - seen >= _ANEW_AFTER:
            agents = _agents(store.cases(account.id, count=_MOST_CASES), now - WITHIN)
            teams = msgspec.json.encode(told_apart(agents, at=now))
            store.keep(_name(account.id), teams, seconds=int(_KEPT_FOR.total_seconds()))


def _agents(cases: Iterable[Case], since: datetime) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases:
        for comment in case.conversation.comments:
            if comment.is_public_reply and comment.author_id and comment.at and comment.at >= since:
                found[case.conversation.ticket.group or ""].add(comment.author_id)
    return {group: frozenset(agents) for group, agents in found.items()}


def _name(account: str) -> str:
    return f"teams:{account}"
