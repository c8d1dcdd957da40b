"""After a restore: a backup is read key after key while work goes on, so what it holds of one ticket may be of two moments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from guidance.followups import RESTORED
from guidance.model import Case, FollowUp, TicketKey, Work
from guidance.store import keys
from guidance.store.base import milliseconds, reachable, text
from guidance.store.leaving import Leaving

_COUNTER = b"#"
_work = msgspec.msgpack.Decoder(Work)
_promise = msgspec.json.Decoder(FollowUp)


class Mending(Leaving):
    """The part of the store that puts right what a backup may have torn apart."""

    def forget_promise(self, shard: int, one: FollowUp) -> None:
        raise NotImplementedError

    @reachable
    def mend(self, *, now: datetime) -> int:
        """Plan work again that lost its time, forget promises that lost their ticket, and wake tickets with promises; how many.

        A ticket that is woken so asks anew for what its promises need.
        """
        for shard in keys.shards():
            self._plan_again(shard)
        accounts = [text(one) for one in self.client.hkeys(keys.accounts())]
        return sum(self._mend_account(account, now) for account in accounts)

    def _plan_again(self, shard: int) -> None:
        due, planned = keys.due(shard), self.client.hgetall(keys.work(shard))
        for work_id, body in planned.items():
            if not work_id.endswith(_COUNTER) and self.client.zscore(due, work_id) is None:
                self.client.zadd(due, {work_id: _planned_for(body)})

    def _mend_account(self, account: str, now: datetime) -> int:
        known: set[str] = set()
        torn: list[TicketKey] = []
        for key in self.tickets(account):
            if case := self.load(key):
                known.update(one.id for one in case.follow_ups)
                torn += [key] if self._is_torn(case) else []
        for shard in keys.shards():
            self._forget_strays(shard, account, known)
        self._wake(torn, now)
        return len(torn)

    def _forget_strays(self, shard: int, account: str, known: set[str]) -> None:
        held = self.client.hgetall(keys.follow_ups(shard, account))
        for one in (_promise.decode(stored) for name, stored in held.items() if text(name) not in known):
            if one.is_open:
                self.forget_promise(shard, one)

    def _is_torn(self, case: Case) -> bool:
        """Whether any promise of the ticket is open, or is told otherwise in lists."""
        shard, account = case.key.shard, case.key.account
        for one in case.follow_ups:
            stored = self.client.hget(keys.follow_ups(shard, account), one.id)
            is_listed = self.client.zscore(keys.promised(shard, account), one.id) is not None
            if one.is_open or is_listed or not stored or _promise.decode(stored) != one:
                return True
        return False

    def _wake(self, tickets: Iterable[TicketKey], now: datetime) -> None:
        for key in tickets:
            work = Work(
                id=f"wake:{key}:{RESTORED}",
                kind="wake",
                account=key.account,
                ticket_id=key.ticket_id,
                at=now,
                data={"reason": RESTORED},
            )
            self.client.hset(keys.work(key.shard), work.id, msgspec.msgpack.encode(work))
            self.client.zadd(keys.due(key.shard), {work.id: milliseconds(now)})


def _planned_for(body: bytes) -> int:
    """When work is due, in ms. What can't be read is so at once: whoever claims it puts it aside."""
    try:
        return milliseconds(_work.decode(body).at)
    except msgspec.MsgspecError:
        return 0
