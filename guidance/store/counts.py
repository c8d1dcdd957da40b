"""What rules did, by day and group, and the votes of the noise limit. Neither can be taken apart by agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from guidance.model import CountRule, TicketKey
from guidance.ports import Tally
from guidance.store import keys
from guidance.store.base import Base, milliseconds, reachable, text
from guidance.store.retention import VOTES_LIVE_FOR
from guidance.store.sealing import Seal

_NOISE = ("dismissed:misread", "dismissed:not here")
_MOST_MISREAD = 100
_VOTES = ("followed", "ignored", "dismissed")


class Counts(Base):
    """The part of the store that keeps numbers."""

    seal: Seal

    @reachable
    def tallies(self, account: str, *, since: date, until: date) -> list[Tally]:
        summed: Counter[tuple[str, str, str, str]] = Counter()
        for month in _months(since, until):
            for shard in keys.shards():
                for field, times in self.client.hgetall(keys.counts(shard, account, month)).items():
                    day, rule, what, group = text(field).split("|", 3)
                    if since.isoformat() <= day <= until.isoformat():
                        summed[day, rule, what, group] += int(times)
        return [Tally(*name, times) for name, times in sorted(summed.items())]

    @reachable
    def vote(self, account: str, counts: Sequence[CountRule]) -> None:
        """One vote a rule, day and agent; a later word of the same day, or taking it back, stands in place of the first."""
        for one in counts:
            if one.what.startswith(_VOTES):
                name = keys.votes(account, one.rule)
                voice = self.seal.mark(f"{account}|{one.agent_id}")
                self.client.hset(name, f"{one.day}|{voice}", "noise" if one.by > 0 and one.what in _NOISE else "fine")
                self.client.expire(name, int(VOTES_LIVE_FOR.total_seconds()))

    @reachable
    def note_misread(self, key: TicketKey, counts: Sequence[CountRule], *, now: datetime) -> None:
        """Keep on which ticket a rule was called misread, so that an example can be made of it."""
        for one in counts:
            if one.what == _NOISE[0] and one.by > 0:
                name = keys.misread(key.account, one.rule)
                self.client.zadd(name, {key.ticket_id: milliseconds(now)})
                self.client.zremrangebyrank(name, 0, -_MOST_MISREAD - 1)
                self.client.expire(name, int(VOTES_LIVE_FOR.total_seconds()))

    @reachable
    def misread(self, account: str, rule: str) -> list[str]:
        return [text(one) for one in self.client.zrevrange(keys.misread(account, rule), 0, -1)]

    @reachable
    def votes(self, account: str, *, since: date) -> dict[str, tuple[int, int, int]]:
        told = {}
        for name in self.client.scan_iter(match=f"*n:{keys.literally(account)}:*:votes", count=500):
            given = self._given(name, since)
            rule = text(name)[len(f"{{n:{account}:") : -len("}:votes")]
            voices = {field.partition("|")[2] for field in given}
            if given:
                told[rule] = (len(given), sum(one == b"noise" for one in given.values()), len(voices))
        return told

    def _given(self, name: str, since: date) -> dict[str, bytes]:
        """The votes of a rule since then; earlier ones go, or a rule that is voted on for years would keep them all."""
        given = {text(field): vote for field, vote in self.client.hgetall(name).items()}
        past = {field for field in given if field.partition("|")[0] < since.isoformat()}
        if past:
            self.client.hdel(name, *past)
        return {field: vote for field, vote in given.items() if field not in past}

    @reachable
    def clear_votes(self, account: str, rule: str) -> None:
        self.client.delete(keys.votes(account, rule))


def _months(since: date, until: date) -> list[str]:
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return sorted({f"{day:%Y-%m}" for day in days})
