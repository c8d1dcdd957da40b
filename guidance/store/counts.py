"""What rules did, by day and group, and the votes of the noise limit. Neither can be taken apart by agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
                self._note_voted(account, one)

    def _note_voted(self, account: str, one: CountRule) -> None:
        """So that whoever looks at the votes need not go through all keys."""
        name = keys.voted(account)
        self.client.zadd(name, {one.rule: date.fromisoformat(one.day).toordinal()}, gt=True)
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
        self.client.zremrangebyscore(keys.voted(account), "-inf", f"({since.toordinal()}")
        rules = [text(rule) for rule in self.client.zrange(keys.voted(account), 0, -1)]
        given = {rule: self._given(keys.votes(account, rule), since) for rule in rules}
        return {rule: _summed(votes) for rule, votes in given.items() if votes}

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


def _summed(votes: Mapping[str, bytes]) -> tuple[int, int, int]:
    """How many there are, how many say noise, and of how many agents."""
    voices = {field.partition("|")[2] for field in votes}
    return len(votes), sum(one == b"noise" for one in votes.values()), len(voices)


def _months(since: date, until: date) -> list[str]:
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return sorted({f"{day:%Y-%m}" for day in days})
