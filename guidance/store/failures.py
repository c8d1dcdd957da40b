"""Failures: what could not be done, kept until somebody looks, and put back on their word."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from guidance.errors import MalformedError
from guidance.model import Work
from guidance.ports import Failure
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable, text

_decode = msgspec.msgpack.Decoder(Failure).decode
INBOX_KINDS = ("webhook", "event")

MOST_WEBHOOKS = 250
"""Webhooks that failed and are kept each for itself, by shard; what else could not be read is one failure that stands for all."""

_MORE = "More could not be read than are kept each for itself. Their tickets were fetched, where their ids are plain."


def failure_id(shard: int, name: bytes) -> str:
    """The id of what failed under this name, the same each time: a failure takes the place of the one before."""
    return f"{shard}-{hashlib.sha256(name).hexdigest()[:12]}"


class Failures(Base):
    """The part of the store that keeps what failed, with a list by time: what failed may be much, and long."""

    @reachable
    def failures(self, *, count: int = 100) -> list[Failure]:
        dated = [(at, text(name)) for shard in keys.shards() for name, at in self._newest(shard, count)]
        newest = [name for _, name in sorted(dated, reverse=True)[:count]]
        found = {one.id: one for shard in keys.shards() for one in self._read_of(shard, newest)}
        return [found[name] for name in newest if name in found]

    def _newest(self, shard: int, count: int) -> list[tuple[bytes, float]]:
        self._date(shard)
        found: list[tuple[bytes, float]] = self.client.zrevrange(keys.failed(shard), 0, count - 1, withscores=True)
        return found

    def _read_of(self, shard: int, names: Sequence[str]) -> list[Failure]:
        """Those of this shard."""
        mine = [name for name in names if _shard(name) == shard]
        stored = self.client.hmget(keys.failures(shard), mine) if mine else []
        return [read_failure(name, one) for name, one in zip(mine, stored, strict=True) if one]

    def _date(self, shard: int) -> None:
        """Give their times to failures that have none, as those of an earlier version, and to none that is gone."""
        failures, failed = keys.failures(shard), keys.failed(shard)
        if self.client.hlen(failures) == self.client.zcard(failed):
            return
        kept = self.client.hscan_iter(failures, count=100)
        dated = {name: milliseconds(read_failure(text(name), one).at) for name, one in kept}
        self.client.delete(failed)
        if dated:
            self.client.zadd(failed, dated)

    @reachable
    def failure_count(self) -> int:
        return sum(int(self.client.hlen(keys.failures(shard))) for shard in keys.shards())

    @reachable
    def failure(self, failure_id: str) -> Failure | None:
        """One failure by its id."""
        shard = _shard(failure_id)
        found = self.client.hget(keys.failures(shard), failure_id) if shard is not None else None
        return read_failure(failure_id, found) if found else None

    @reachable
    def retry(self, failure_id: str, *, now: datetime) -> bool:
        failure, shard = self.failure(failure_id), _shard(failure_id)
        if failure is None or shard is None:
            return False
        if not failure.body:
            raise MalformedError("nothing is kept of this that could be tried again")
        back_to = "inbox" if failure.kind in INBOX_KINDS else "due"
        work_id = _work_in(failure).id if back_to == "due" else ""
        names = [keys.failures(shard), keys.inbox(shard), keys.due(shard), keys.work(shard), keys.failed(shard)]
        return bool(self.run(scripts.RETRY, names, [failure_id, back_to, failure.body, work_id, milliseconds(now)]))

    @reachable
    def drop_failure(self, failure_id: str) -> bool:
        shard = _shard(failure_id)
        return shard is not None and self.drop_failures(shard, [failure_id]) > 0

    def drop_failures(self, shard: int, names: Sequence[str | bytes]) -> int:
        """Forget failures of a shard; how many there were."""
        if not names:
            return 0
        gone = int(self.client.hdel(keys.failures(shard), *names))
        self.client.zrem(keys.failed(shard), *names)
        return gone

    def drop_failures_before(self, at: datetime) -> int:
        """Forget what failed before then; how many there were."""
        gone = 0
        for shard in keys.shards():
            self._date(shard)
            gone += self.drop_failures(
                shard, self.client.zrangebyscore(keys.failed(shard), "-inf", f"({milliseconds(at)}")
            )
        return gone


def told(failure: Failure) -> list[Any]:
    """A failure as the scripts take it."""
    return [milliseconds(failure.at), failure.id, msgspec.msgpack.encode(failure)]


def told_in_bounds(failure: Failure, shard: int) -> list[Any]:
    """The same, with what stands for it where it is one of too many."""
    more = replace(failure, id=f"{shard}-more", message=_MORE, ticket_id=None, path="", body=b"")
    return [*told(failure), MOST_WEBHOOKS, *told(more)[1:]]


def read_failure(failure_id: str, stored: bytes) -> Failure:
    """A failure as it was stored; one that can't be read says so, and holds up none of the others."""
    try:
        return _decode(stored)
    except msgspec.MsgspecError:
        return unreadable(failure_id, "failure", stored)


def unreadable(failure_id: str, kind: str, body: bytes) -> Failure:
    """What to keep of something that this version can't read: whose it is shows only where it can be read so far."""
    try:
        told = msgspec.msgpack.decode(body)
    except msgspec.MsgspecError:
        told = None
    known = told if isinstance(told, dict) else {}
    account, ticket_id = known.get("account"), known.get("ticket_id")
    return Failure(
        id=failure_id,
        kind=kind,
        account=account if isinstance(account, str) else "",
        at=datetime.now(UTC),
        message="This can't be read: it was written by a later version, or is damaged.",
        ticket_id=ticket_id if isinstance(ticket_id, str) else None,
        body=body,
    )


def _work_in(failure: Failure) -> Work:
    try:
        return msgspec.msgpack.decode(failure.body, type=Work)
    except msgspec.MsgspecError:
        raise MalformedError("this can't be read by this version, so it can't be tried again") from None


def _shard(failure_id: str) -> int | None:
    return keys.shard_named(failure_id.partition("-")[0])
