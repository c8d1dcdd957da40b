"""Cases: one ticket's state, saved by comparing versions, together with everything that follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
from msgspec.structs import replace
from redis.exceptions import ResponseError

from guidance.errors import SetupError
from guidance.model import (
    AccountSettings,
    Case,
    CountHabit,
    CountRule,
    Effect,
    FollowUp,
    KeepFollowUp,
    Publish,
    Schedule,
    TicketKey,
    Unschedule,
)
from guidance.ports import InboxEntry
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable, text
from guidance.store.retention import CASES_LIVE_FOR, COUNTS_LIVE_FOR, STREAMS_REACH_BACK

FORMAT = b"1"
"""The format in which cases are stored, JSON since times must keep their offsets: the first byte of every one. An upgrade adds a reader to `_READERS`."""

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
        shard = case.key.shard
        names = [
            keys.case(case.key),
            keys.out(shard),
            keys.due(shard),
            keys.work(shard),
            keys.follow_ups(shard, case.key.account),
            keys.inbox(shard),
            keys.trimmed(shard),
            keys.requester(shard, case.key.account, _hashed(case.conversation.requester.id)),
            keys.counts(shard, case.key.account, f"{now:%Y-%m}"),
        ]
        fixed = [
            str(case.version),
            write_case(case),
            int(CASES_LIVE_FOR.total_seconds()),
            milliseconds(now),
            int(STREAMS_REACH_BACK.total_seconds() * 1000),
            entry.entry_id if entry and entry.shard == shard else "",
            keys.GROUP,
            case.key.ticket_id,
        ]
        told = [part for effect in effects for part in _told(effect, case.key)]
        if not self.run(scripts.SAVE, names, [*fixed, *told]):
            return False
        if entry and entry.shard != shard:
            self._acknowledge(entry)
        self.count(case.key.account, [e for e in effects if isinstance(e, CountHabit)], now=now)
        self.vote(case.key.account, [e for e in effects if isinstance(e, CountRule) and e.agent_id])
        return True

    def _acknowledge(self, entry: InboxEntry) -> None:
        raise NotImplementedError

    def count(self, account: str, effects: Sequence[CountHabit], *, now: datetime) -> None:
        raise NotImplementedError

    def vote(self, account: str, counts: Sequence[CountRule]) -> None:
        raise NotImplementedError

    @reachable
    def forget(self, key: TicketKey) -> None:
        case = self.load(key)
        for name in (keys.case(key), keys.watchers(key)):
            self.client.delete(name)
        for one in case.follow_ups if case else ():
            self.client.hdel(keys.follow_ups(key.shard, key.account), one.id)
        for work_id in self.client.hkeys(keys.work(key.shard)):
            if f":{key}:".encode() in work_id:
                self.client.zrem(keys.due(key.shard), work_id)
                self.client.hdel(keys.work(key.shard), work_id)
        if case:
            requester = _hashed(case.conversation.requester.id)
            self.client.srem(keys.requester(key.shard, key.account, requester), key.ticket_id)
        self._forget_traces(key)

    def _forget_traces(self, key: TicketKey) -> None:
        """What was told to sidebars in the last minutes, and failures that still hold the ticket's words."""
        out, failures = keys.out(key.shard), keys.failures(key.shard)
        for entry_id, fields in self.client.xrange(out):
            if _is_about(key, _about.decode(fields[b"e"])):
                self.client.xdel(out, entry_id)
        for name, failure in self.client.hgetall(failures).items():
            if _is_about(key, _failed.decode(failure)):
                self.client.hdel(failures, name)

    @reachable
    def compact(self) -> None:
        with suppress(ResponseError):
            self.client.bgrewriteaof()

    @reachable
    def cases(self, account: str, *, count: int) -> Iterator[Case]:
        found = self.client.scan_iter(match=f"*:case:{account}:*", count=500)
        for name in islice(found, count):
            if stored := self.client.hget(name, "c"):
                yield read_case(stored)

    @reachable
    def tickets_of(self, account: str, requester_id: str) -> list[str]:
        names = (keys.requester(shard, account, _hashed(requester_id)) for shard in keys.shards())
        return sorted(text(one) for name in names for one in self.client.smembers(name))

    @reachable
    def follow_ups(self, account: str, *, ticket_id: str | None = None, owner_id: str | None = None) -> list[FollowUp]:
        shards = [TicketKey(account, ticket_id).shard] if ticket_id else keys.shards()
        found = [
            _follow_up.decode(one) for shard in shards for one in self.client.hvals(keys.follow_ups(shard, account))
        ]
        wanted = [
            one
            for one in found
            if (ticket_id is None or one.ticket_id == ticket_id) and (owner_id is None or one.owner_id == owner_id)
        ]
        return sorted(wanted, key=lambda one: (one.due_at is None, one.due_at, one.id))


def write_case(case: Case) -> bytes:
    """A case as it is stored: without what is read from keys of its own."""
    hours = AccountSettings(hours=case.settings.hours)
    return FORMAT + msgspec.json.encode(replace(case, settings=hours, readers=()))


def read_case(stored: bytes) -> Case:
    """A case as it was stored, by this version or an earlier one. Raises `SetupError` for a later one's."""
    reader = _READERS.get(stored[:1])
    if reader is None:
        raise SetupError(
            "the stored tickets were written by a later version of guidance; start that version, or restore a backup"
        )
    return reader(stored[1:])


def _told(effect: Effect, key: TicketKey) -> Iterator[Any]:
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
        yield from ("follow_up", effect.follow_up.id, msgspec.json.encode(effect.follow_up))


class _About(msgspec.Struct):
    account: str
    ticket_id: str | None = None


_about = msgspec.json.Decoder(_About)
_failed = msgspec.msgpack.Decoder(_About)


def _is_about(key: TicketKey, about: _About) -> bool:
    return (about.account, about.ticket_id) == (key.account, key.ticket_id)


def _hashed(requester_id: str) -> str:
    return hashlib.sha256(requester_id.encode()).hexdigest()[:24]
