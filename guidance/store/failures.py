"""Failures: what could not be done, kept until somebody looks, and put back on their word."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from guidance.errors import MalformedError
from guidance.model import Work
from guidance.ports import Failure
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable

_decoder = msgspec.msgpack.Decoder(Failure)
INBOX_KINDS = ("webhook", "event")


class Failures(Base):
    """The part of the store that keeps what failed."""

    @reachable
    def failures(self, *, count: int = 100) -> list[Failure]:
        found = [_decoder.decode(one) for shard in keys.shards() for one in self.client.hvals(keys.failures(shard))]
        return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:count]

    @reachable
    def failure_count(self) -> int:
        return sum(int(self.client.hlen(keys.failures(shard))) for shard in keys.shards())

    @reachable
    def failure(self, failure_id: str) -> Failure | None:
        """One failure by its id."""
        shard = _shard(failure_id)
        found = self.client.hget(keys.failures(shard), failure_id) if shard is not None else None
        return _decoder.decode(found) if found else None

    @reachable
    def retry(self, failure_id: str, *, now: datetime) -> bool:
        failure, shard = self.failure(failure_id), _shard(failure_id)
        if failure is None or shard is None:
            return False
        back_to = "inbox" if failure.kind in INBOX_KINDS else "due"
        work_id = _work_in(failure).id if back_to == "due" else ""
        names = [keys.failures(shard), keys.inbox(shard), keys.due(shard), keys.work(shard)]
        return bool(self.run(scripts.RETRY, names, [failure_id, back_to, failure.body, work_id, milliseconds(now)]))

    @reachable
    def drop_failure(self, failure_id: str) -> bool:
        shard = _shard(failure_id)
        return shard is not None and bool(self.client.hdel(keys.failures(shard), failure_id))


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
