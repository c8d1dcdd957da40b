"""Inboxes: what arrived and is not worked off yet, one stream a shard, handed out once and again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import structlog
from redis.exceptions import ResponseError

from guidance.model import SHARDS, shard_of
from guidance.ports import Arrival, Failure, InboxEntry
from guidance.store import keys, scripts
from guidance.store.base import Base, reachable, text
from guidance.store.failures import told, told_in_bounds, unreadable
from guidance.store.retention import MARKS_LIVE_FOR

log = structlog.get_logger()

OFTEN = 2
"""What was handed out more often is not taken over at once: it may be what ends workers."""

_TAKEN_OVER = 64
"""Entries that are taken over at once of one worker on one shard: more than it claims at a time."""

_encoder = msgspec.msgpack.Encoder()
_arrival = msgspec.msgpack.Decoder(Arrival)


class Inbox(Base):
    """The inbox part of the store."""

    @reachable
    def accept(self, arrival: Arrival) -> bool:
        shard = shard_of(arrival.shard_name)
        inbox = keys.inbox(shard)
        mark = keys.mark(shard, arrival.account, arrival.mark) if arrival.mark else inbox
        life = int(MARKS_LIVE_FOR.total_seconds() * 1000)
        return bool(self.run(scripts.ACCEPT, [inbox, mark], [_encoder.encode(arrival), life]))

    @reachable
    def claim(
        self, shard: int, consumer: str, *, count: int = 16, block_ms: int = 0, idle_ms: int = 30_000
    ) -> list[InboxEntry]:
        left = self._left_lying(shard, consumer, count, idle_ms)
        if left:
            return left
        read = self._grouped(
            shard,
            lambda: self.client.xreadgroup(
                keys.GROUP, consumer, {keys.inbox(shard): ">"}, count=count, block=block_ms or None
            ),
        )
        return self._readable(
            shard, [(entry_id, fields, 1) for _, entries in pairs(read) for entry_id, fields in entries]
        )

    def _left_lying(self, shard: int, consumer: str, count: int, idle_ms: int) -> list[InboxEntry]:
        """Entries that some worker took and did not finish, the first ones first."""
        inbox = keys.inbox(shard)
        found = self._grouped(
            shard, lambda: self.client.xautoclaim(inbox, keys.GROUP, consumer, min_idle_time=idle_ms, count=count)
        )
        return self._counted(shard, [(entry_id, fields) for entry_id, fields in found[1] if fields] if found else [])

    @reachable
    def take_over(self, shard: int, consumer: str, ended: Sequence[str]) -> list[InboxEntry]:
        names = [keys.GROUP, consumer, OFTEN, _TAKEN_OVER, *ended]
        found = self._grouped(shard, lambda: self.run(scripts.TAKE_OVER, [keys.inbox(shard)], names))
        entries = [
            (entry_id, dict(zip(fields[::2], fields[1::2], strict=True)))
            for entry_id, fields in filter(None, found)
            if fields
        ]
        return self._counted(shard, sorted(entries))

    def _counted(self, shard: int, entries: list[tuple[bytes, dict[bytes, bytes]]]) -> list[InboxEntry]:
        """Entries, by their ids, that were handed out before, each with how often."""
        if not entries:
            return []
        first, last = entries[0][0], entries[-1][0]
        pending = self.client.xpending_range(
            keys.inbox(shard), keys.GROUP, min=first, max=last, count=len(entries) + _TAKEN_OVER
        )
        times = {one["message_id"]: int(one["times_delivered"]) for one in pending}
        return self._readable(shard, [(entry_id, fields, times.get(entry_id, 2)) for entry_id, fields in entries])

    def _readable(self, shard: int, entries: list[tuple[bytes, dict[bytes, bytes], int]]) -> list[InboxEntry]:
        """The entries; what can't be read goes to the failures, and holds up none that was claimed with it."""
        found = []
        for entry_id, fields, deliveries in entries:
            body = fields.get(b"a", b"")
            try:
                arrival = _arrival.decode(body)
            except msgspec.MsgspecError:
                self._put_aside(shard, text(entry_id), body)
            else:
                found.append(InboxEntry(shard=shard, entry_id=text(entry_id), arrival=arrival, deliveries=deliveries))
        return found

    def _put_aside(self, shard: int, entry_id: str, body: bytes) -> None:
        log.error("inbox.unreadable", shard=shard)
        self.settle(shard, entry_id, *told(unreadable(f"{shard}-{entry_id}", "webhook", body)))

    def _grouped(self, shard: int, call: Callable[[], Any]) -> list[Any]:
        """Call, and once more with the group made where it was not there yet."""
        try:
            return list(call() or [])
        except ResponseError as error:
            if "NOGROUP" not in str(error):
                raise
            self._create_group(shard)
            return list(call() or [])

    def _create_group(self, shard: int) -> None:
        try:
            self.client.xgroup_create(keys.inbox(shard), keys.GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    @reachable
    def acknowledge(self, entry: InboxEntry) -> None:
        self.settle(entry.shard, entry.entry_id)

    @reachable
    def quarantine(self, entry: InboxEntry, failure: Failure, *, instead: Arrival | None = None) -> None:
        is_bounded = failure.kind == "webhook"  # events are few: one a ticket, or ours, which no helpdesk tells again
        parts = told_in_bounds(failure, entry.shard) if is_bounded else told(failure)
        self.settle(entry.shard, entry.entry_id, *parts, instead=_encoder.encode(instead) if instead else b"")

    def settle(self, shard: int, entry_id: str | bytes, *failure: Any, instead: bytes = b"") -> bool:
        """Take an entry out of its inbox, into the failures where it has one. False: it was not there any more.

        `instead`: the arrival that takes its place.
        """
        names = [keys.inbox(shard), keys.failures(shard), keys.failed(shard)]
        return bool(self.run(scripts.SETTLE, names, [entry_id, keys.GROUP, instead, *failure]))

    @reachable
    def waiting(self) -> int:
        return sum(int(self.client.xlen(keys.inbox(shard))) for shard in range(SHARDS))


def pairs(read: Any) -> list[Any]:
    """Streams and their entries, as either version of the protocol gives them."""
    return list(read.items()) if isinstance(read, dict) else read
