"""What rules did, as people read it: shares with their base, told only where there is enough to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from guidance.ports import Store, Tally

DAYS = 30
ENOUGH = 10
"""Shares of fewer hints, or replies, than this say nothing."""


class Numbers(Struct, frozen=True, kw_only=True):
    """One rule's, over some days. `dismissed` in all, `noise` as misread or not here."""

    shown: int = 0
    followed: int = 0
    dismissed: int = 0
    noise: int = 0
    shadow: int = 0
    held_out: int = 0
    replies: int = 0
    last: str = ""

    @property
    def per_hundred(self) -> str:
        return per_hundred(self.shown, self.replies)

    @property
    def unseen_per_hundred(self) -> str:
        """Of those that nobody saw: in shadow, or on tickets that are held out."""
        return per_hundred(self.shadow + self.held_out, self.replies)

    @property
    def followed_share(self) -> str:
        return share(self.followed, self.shown)

    @property
    def noise_share(self) -> str:
        return share(self.noise, self.shown)


class Day(Struct, frozen=True):
    """One rule's one day."""

    day: str
    shown: int
    followed: int
    shadow: int


def tallied(store: Store, today: date, *, days: int = DAYS, accounts: Sequence[str] | None = None) -> list[Tally]:
    """All tallies of the last days, today included."""
    chosen = accounts if accounts is not None else [one.id for one in store.accounts()]
    since = today - timedelta(days=days - 1)
    return [tally for account in chosen for tally in store.tallies(account, since=since, until=today)]


def numbers_by_rule(tallies: Iterable[Tally], rules: Iterable[str]) -> dict[str, Numbers]:
    """The numbers of each of these rules."""
    found, last, replies = dict[str, Counter[str]](), dict[str, str](), 0
    for one in tallies:
        if one.what == "replies":
            replies += one.times
            continue
        found.setdefault(one.rule, Counter())[one.what] += one.times
        if one.what in ("shown", "shadow", "holdout"):
            last[one.rule] = max(last.get(one.rule, ""), one.day)
    return {rule: numbers_of(found.get(rule, Counter()), replies, last.get(rule, "")) for rule in rules}


def numbers_of(counted: Counter[str], replies: int, last: str = "") -> Numbers:
    return Numbers(
        shown=counted["shown"],
        followed=counted["followed"],
        dismissed=sum(times for what, times in counted.items() if what.startswith("dismissed")),
        noise=counted["dismissed:misread"] + counted["dismissed:not here"],
        shadow=counted["shadow"],
        held_out=counted["holdout"],
        replies=replies,
        last=last,
    )


def days_of(tallies: Iterable[Tally], rule: str, today: date) -> list[Day]:
    """A rule's days, the oldest first, those without anything too."""
    found = Counter[tuple[str, str]]()
    for one in tallies:
        if one.rule == rule:
            found[one.day, one.what] += one.times
    names = [(today - timedelta(days=ago)).isoformat() for ago in reversed(range(DAYS))]
    return [Day(day, found[day, "shown"], found[day, "followed"], found[day, "shadow"]) for day in names]


def share(count: int, base: int) -> str:
    """A share as a percentage, or that there is too little to tell."""
    return f"{100 * count / base:.0f} %" if base >= ENOUGH else "–"


def per_hundred(count: int, replies: int) -> str:
    """How many there were on a hundred replies, or that there is too little to tell."""
    return f"{100 * count / replies:.1f}" if replies >= ENOUGH else "–"
