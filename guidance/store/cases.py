"""Cases: one ticket's state, saved by comparing versions, together with everything that follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import msgspec
from msgspec.structs import replace

from guidance.errors import SetupError
from guidance.model import (
    AccountSettings,
    Card,
    Case,
    CountHabit,
    CountRule,
    Effect,
    FollowUp,
    KeepFollowUp,
    OpenQuestion,
    Publish,
    Schedule,
    TicketKey,
    Unschedule,
)
from guidance.network import known_as
from guidance.ports import InboxEntry
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable, text
from guidance.store.retention import CASES_LIVE_FOR, COUNTS_LIVE_FOR, ERASURES_REMEMBERED_FOR, STREAMS_REACH_BACK

FORMAT = b"1"
"""The format in which cases are stored, JSON since times must keep their offsets: the first byte of every one. An upgrade adds a reader to `_READERS`."""

UNDATED = 10**15
"""Where promises without a time stand in lists: after all others."""

_AT_ONCE = 200

_decode = msgspec.json.Decoder(Case)
_READERS = {b"1": _decode.decode}
_follow_up = msgspec.json.Decoder(FollowUp)


class Cases(Base):
    """The part of the store that keeps cases and follow-ups."""

    @reachable
    def load(self, key: TicketKey) -> Case | None:
        version, stored = self.client.hmget(keys.case(key), "v", "c")
        return replace(read_case(stored), version=int(version)) if stored else None

    @reachable
    def save(self, case: Case, effects: Sequence[Effect], *, entry: InboxEntry | None = None, now: datetime) -> bool:
        shard, requester = case.key.shard, _hashed(case.conversation.requester.id)
        names = [
            keys.case(case.key),
            keys.out(shard),
            keys.due(shard),
            keys.work(shard),
            keys.follow_ups(shard, case.key.account),
            keys.inbox(shard),
            keys.trimmed(shard),
            keys.requester(shard, case.key.account, requester),
            keys.promised(shard, case.key.account),
            keys.settled(shard, case.key.account),
            keys.counts(shard, case.key.account, f"{now:%Y-%m}"),
        ]
        fixed = [
            str(case.version),
            write_case(case),
            int(_lives_for(case, now).total_seconds()),
            milliseconds(now),
            int(STREAMS_REACH_BACK.total_seconds() * 1000),
            entry.entry_id if entry and entry.shard == shard else "",
            keys.GROUP,
            case.key.ticket_id,
            requester if case.conversation.requester.id else "",
        ]
        parts = [part for effect in effects for part in _told(effect, case.key, names)]
        saved, former = self.run(scripts.SAVE, names, [*fixed, *parts])
        if saved != scripts.SAVED:
            return bool(saved == scripts.FINISHED_ELSEWHERE)
        if former and text(former) != requester:
            self.client.srem(keys.requester(shard, case.key.account, text(former)), case.key.ticket_id)
        if entry and entry.shard != shard:
            self._acknowledge(entry)
        self.count(case.key.account, [e for e in effects if isinstance(e, CountHabit)], now=now)
        told = [e for e in effects if isinstance(e, CountRule) and e.agent_id]
        self.vote(case.key.account, told)
        self.note_misread(case.key, told, now=now)
        return True

    def _acknowledge(self, entry: InboxEntry) -> None:
        raise NotImplementedError

    def count(self, account: str, effects: Sequence[CountHabit], *, now: datetime) -> None:
        raise NotImplementedError

    def forget_work(self, *names: str) -> None:
        raise NotImplementedError

    def vote(self, account: str, counts: Sequence[CountRule]) -> None:
        raise NotImplementedError

    def note_misread(self, key: TicketKey, counts: Sequence[CountRule], *, now: datetime) -> None:
        raise NotImplementedError

    def learn(
        self, account: str, ticket_id: str, card: Card | None, questions: Sequence[OpenQuestion] = (), *, now: datetime
    ) -> None:
        raise NotImplementedError

    def cards_of(self, account: str, mark: str) -> list[str]:
        raise NotImplementedError

    @reachable
    def forget(self, key: TicketKey) -> None:
        self.client.set(_forgotten(key), b"1", ex=int(ERASURES_REMEMBERED_FOR.total_seconds()))
        self._forget_arrivals(key)  # before the ticket, so that no worker saves anew what it has in its hands
        self.forget_ticket(key)
        self._forget_arrivals(key)

    @reachable
    def was_forgotten(self, key: TicketKey) -> bool:
        return bool(self.client.exists(_forgotten(key)))

    def _forget_arrivals(self, key: TicketKey) -> None:
        self.forget_arrivals(key.account, ticket_ids=(key.ticket_id,), shards=(key.shard,))

    @reachable
    def forget_ticket(self, key: TicketKey) -> None:
        """The ticket and all that hangs on it, but for what has only arrived, or failed."""
        case = self.load(key)
        promises = [one.id for one in case.follow_ups] if case else []
        self.forget_work(f":{key}:", *promises)  # a promise may be on its way to another ticket
        for name in (keys.case(key), keys.watchers(key)):
            self.client.delete(name)
        for one in case.follow_ups if case else ():
            self.client.hdel(keys.follow_ups(key.shard, key.account), one.id)
            for name in (
                keys.promised(key.shard, key.account),
                keys.settled(key.shard, key.account),
                keys.owned(key.shard, key.account, one.owner_id),
            ):
                self.client.zrem(name, one.id)
        if case:
            requester = _hashed(case.conversation.requester.id)
            self.client.srem(keys.requester(key.shard, key.account, requester), key.ticket_id)
        self.learn(key.account, key.ticket_id, None, now=datetime.now(UTC))
        self._forget_news(key)

    def _forget_news(self, key: TicketKey) -> None:
        """What was told to sidebars in the last minutes."""
        out = keys.out(key.shard)
        for entry_id, fields in self.client.xrange(out):
            if _is_about(key, _about.decode(fields[b"e"])):
                self.client.xdel(out, entry_id)

    def forget_arrivals(
        self, account: str, *, ticket_ids: Collection[str] | None, words: Sequence[str] = (), shards: Iterable[int] = ()
    ) -> int:
        raise NotImplementedError

    @reachable
    def cases(self, account: str, *, count: int) -> Iterator[Case]:
        found = self.client.scan_iter(match=f"*:case:{keys.literally(account)}:*", count=500)
        for name in islice(found, count):
            if stored := self.client.hget(name, "c"):
                yield read_case(stored)

    @reachable
    def tickets_of(self, account: str, requester_id: str) -> list[str]:
        names = (keys.requester(shard, account, _hashed(requester_id)) for shard in keys.shards())
        held = {text(one) for name in names for one in self.client.smembers(name)}
        theirs = {one for one in held if self._is_of(TicketKey(account, one), requester_id)}
        return sorted(theirs.union(self.cards_of(account, known_as(requester_id))))

    def _is_of(self, key: TicketKey, requester_id: str) -> bool:
        """Whether it is this requester's by now: a ticket that went to another customer stays named under the former one."""
        case = self.load(key)
        return case is not None and case.conversation.requester.id == requester_id

    @reachable
    def follow_ups(
        self,
        account: str,
        *,
        ticket_id: str | None = None,
        owner_id: str | None = None,
        groups: Collection[str] | None = None,
        due_from: datetime | None = None,
        due_before: datetime | None = None,
        count: int | None = 1_000,
    ) -> list[FollowUp]:
        if ticket_id is not None:
            case = self.load(TicketKey(account, ticket_id))
            return in_order(one for one in (case.follow_ups if case else ()) if owner_id in (None, one.owner_id))
        since = "-inf" if due_from is None else milliseconds(due_from)
        until = "+inf" if due_before is None else f"({milliseconds(due_before)}"
        wanted = None if groups is None else {group.casefold() for group in groups}
        found: list[FollowUp] = []
        for shard in keys.shards():
            name = keys.promised(shard, account) if owner_id is None else keys.owned(shard, account, owner_id)
            held = self._read_on(shard, account, self.client.zrangebyscore(name, since, until))
            found += islice((one for one in held if wanted is None or (one.group or "").casefold() in wanted), count)
        return in_order(found)[:count]

    @reachable
    def follow_up(self, account: str, follow_up_id: str) -> FollowUp | None:
        shard = keys.shard_named(follow_up_id[1:].partition("-")[0])
        return None if shard is None else next(iter(self._read(shard, account, [follow_up_id])), None)

    @reachable
    def settled_follow_ups(self, account: str, *, since: datetime, count: int = 10_000) -> list[FollowUp]:
        found: list[FollowUp] = []
        for shard in keys.shards():
            name = keys.settled(shard, account)
            ids = self.client.zrangebyscore(name, milliseconds(since), "+inf", start=0, num=count)
            found += self._read(shard, account, ids)
        return in_order(found)

    def _read_on(self, shard: int, account: str, ids: Sequence[bytes | str]) -> Iterator[FollowUp]:
        """As many as somebody takes, a part at a time."""
        for start in range(0, len(ids), _AT_ONCE):
            yield from self._read(shard, account, ids[start : start + _AT_ONCE])

    def _read(self, shard: int, account: str, ids: Sequence[bytes | str]) -> list[FollowUp]:
        if not ids:
            return []
        stored = self.client.hmget(keys.follow_ups(shard, account), ids)
        return [_follow_up.decode(one) for one in stored if one]


def in_order(found: Iterable[FollowUp]) -> list[FollowUp]:
    """By due time; those without one last."""
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at, one.id))


def _lives_for(case: Case, now: datetime) -> timedelta:
    """How long a case is kept: 90 days after its last change, and as long after the last promise in it falls due."""
    dues = [one.due_at for one in case.follow_ups if one.is_open and one.due_at and one.due_at > now]
    return CASES_LIVE_FOR + max((at - now for at in dues), default=timedelta())


def write_case(case: Case) -> bytes:
    """A case as it is stored: without what is read from keys of its own."""
    return FORMAT + msgspec.json.encode(replace(case, settings=AccountSettings(), readers=()))


def read_case(stored: bytes) -> Case:
    """A case as it was stored, by this version or an earlier one. Raises `SetupError` for a later one's."""
    reader = _READERS.get(stored[:1])
    if reader is None:
        raise SetupError(
            "the stored tickets were written by a later version of guidance; start that version, or restore a backup"
        )
    return reader(stored[1:])


def _told(effect: Effect, key: TicketKey, names: list[str]) -> Iterator[Any]:
    if isinstance(effect, Publish):
        entry = {
            "account": key.account,
            "ticket_id": key.ticket_id,
            "kind": effect.kind,
            "data": effect.data,
            "agent_id": effect.agent_id,
        }
        yield from ("publish", msgspec.json.encode(entry))
    elif isinstance(effect, Schedule):
        work = effect.work
        yield from ("schedule", work.id, milliseconds(work.at), msgspec.msgpack.encode(work))
    elif isinstance(effect, Unschedule):
        yield from ("unschedule", effect.work_id)
    elif isinstance(effect, CountRule):
        life = int(COUNTS_LIVE_FOR.total_seconds())
        yield from ("count", f"{effect.day}|{effect.rule}|{effect.what}|{effect.group}", effect.by, life)
    elif isinstance(effect, KeepFollowUp):
        yield from _indexed(effect, key, names)


def _indexed(effect: KeepFollowUp, key: TicketKey, names: list[str]) -> Iterator[Any]:
    """The follow-up and its places in lists; `names` gets the keys that its owners need."""
    one = effect.follow_up
    due = milliseconds(one.due_at) if one.due_at else UNDATED
    closed = milliseconds(one.settled_at or one.noted_at or datetime.now(UTC))
    owner = _number_of(keys.owned(key.shard, key.account, one.owner_id), names)
    before = ""
    if effect.was_owned_by != one.owner_id:
        before = str(_number_of(keys.owned(key.shard, key.account, effect.was_owned_by), names))
    yield from ("follow_up", one.id, msgspec.json.encode(one))
    yield from (due, "") if one.is_open else ("", closed)
    yield from (owner, before)


def _number_of(name: str, names: list[str]) -> int:
    """The number of a key among the script's keys, which it joins."""
    if name not in names:
        names.append(name)
    return names.index(name) + 1


class _About(msgspec.Struct):
    account: str
    ticket_id: str | None = None


_about = msgspec.json.Decoder(_About)


def _is_about(key: TicketKey, about: _About) -> bool:
    return (about.account, about.ticket_id) == (key.account, key.ticket_id)


def _forgotten(key: TicketKey) -> str:
    return keys.value(f"forgotten:{key}")


def _hashed(requester_id: str) -> str:
    return hashlib.sha256(requester_id.encode()).hexdigest()[:24]
