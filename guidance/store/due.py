"""Due work: what has to happen at a time, claimed by moving its time on, so that a crash only delays it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
import structlog
from msgspec.structs import replace

from guidance.model import Work
from guidance.ports import Failure
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable, text
from guidance.store.failures import failure_id, told, unreadable
from guidance.store.inbox import OFTEN

log = structlog.get_logger()

_work = msgspec.msgpack.Decoder(Work)


class Due(Base):
    """The part of the store that keeps planned work."""

    @reachable
    def due(self, shard: int, *, now: datetime, lease_for: float, count: int = 16, worker: str = "") -> list[Work]:
        names = [keys.due(shard), keys.work(shard), keys.leased(shard, worker)]
        found = self.run(scripts.CLAIM_DUE, names, [milliseconds(now), int(lease_for * 1000), count])
        claimed = [self._read_work(shard, *found[place : place + 3]) for place in range(0, len(found), 3)]
        return [one for one in claimed if one is not None]

    @reachable
    def take_over_due(self, shard: int, ended: Sequence[str], *, now: datetime, but: Sequence[str] = ()) -> None:
        names = [keys.due(shard), keys.work(shard), *(keys.leased(shard, worker) for worker in ended)]
        self.run(scripts.TAKE_OVER_DUE, names, [milliseconds(now), OFTEN, *(f"{kind}:" for kind in but)])

    def _read_work(self, shard: int, body: bytes, attempt: bytes, work_id: bytes) -> Work | None:
        """A piece of work; one that can't be read goes to the failures, and holds up none that was claimed with it."""
        try:
            return replace(_work.decode(body), attempt=int(attempt), shard=shard, planned=body)
        except msgspec.MsgspecError:
            self._put_work_aside(shard, body, work_id)
            return None

    def _put_work_aside(self, shard: int, body: bytes, work_id: bytes) -> None:
        log.error("due.unreadable", shard=shard)
        failure = unreadable(failure_id(shard, work_id), "work", body)
        self.run(scripts.SETTLE_DUE, _settled(shard), [work_id, body, "", "", *told(failure)])

    @reachable
    def done(self, work: Work) -> None:
        self._settle_work(work, "", None)

    @reachable
    def postpone(self, work: Work, *, at: datetime, counts: bool = True) -> None:
        self._settle_work(work, milliseconds(at), None, counts=counts)

    @reachable
    def give_up(self, work: Work, failure: Failure) -> None:
        self._settle_work(work, "", failure)

    @reachable
    def forget_work(self, *names: str) -> None:
        """Forget the planned work whose id names one of these, wherever it lies: what is forwarded lies with the ticket that sent it."""
        for shard in keys.shards():
            found = [one for one in self.client.hkeys(keys.work(shard)) if any(name in text(one) for name in names)]
            if found:
                self.client.zrem(keys.due(shard), *found)
                self.client.hdel(keys.work(shard), *found)

    def _settle_work(self, work: Work, at: int | str, failure: Failure | None, *, counts: bool = True) -> None:
        fixed = [work.id, work.planned, at, "" if counts else "1"]
        self.run(scripts.SETTLE_DUE, _settled(work.lies_on), [*fixed, *(told(failure) if failure else ())])


def _settled(shard: int) -> list[str]:
    return [keys.due(shard), keys.work(shard), keys.failures(shard), keys.failed(shard)]
