"""What has a lifetime that the server itself can't keep, and what mentions somebody who wants to be forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from guidance.model import FollowUp, TicketKey
from guidance.ports import Arrival, Failure
from guidance.store import keys
from guidance.store.base import milliseconds, reachable, text
from guidance.store.cases import UNDATED
from guidance.store.failures import Failures, read_failure, unreadable
from guidance.store.inbox import Inbox
from guidance.store.jobs import Jobs
from guidance.store.network import Network
from guidance.store.records import Records
from guidance.store.retention import CASES_LIVE_FOR, DRAFTS_LIVE_FOR, FAILURES_LIVE_FOR, JOBS_LIVE_FOR
from guidance.store.streams import Streams

_DRAFTS, _JUDGED = "drafts", "judged"
_arrival = msgspec.msgpack.Decoder(Arrival)
_promise = msgspec.json.Decoder(FollowUp)


class _Saved(Struct):
    at: datetime | None = None


class Tidying(Network, Inbox, Streams, Records, Failures, Jobs):
    """The part of the store that forgets in time."""

    @reachable
    def tidy(self, *, now: datetime) -> int:
        self.trim_streams(now)
        old = self.drop_failures_before(now - FAILURES_LIVE_FOR) + len(self._jobs_before(now - JOBS_LIVE_FOR))
        drafts = [
            (name, draft)
            for name, draft in self.records(_DRAFTS).items()
            if (saved := msgspec.json.decode(draft, type=_Saved).at) and now - saved > DRAFTS_LIVE_FOR
        ]
        gone = sum(self.put_record(_DRAFTS, name, None, expected=draft) for name, draft in drafts)
        for name in self.records(_JUDGED).keys() - {one.id for one in self.jobs()}:
            self.put_record(_JUDGED, name, None, expected=self.record(_JUDGED, name))
        before = now - CASES_LIVE_FOR
        cards = sum(self.forget_old_cards(account, before=before) for account in self._accounts())
        return old + gone + cards + self._promises_left_behind(before)

    def _accounts(self) -> list[str]:
        return [text(one) for one in self.client.hkeys(keys.accounts())]

    def _promises_left_behind(self, since: datetime) -> int:
        """Forget open promises whose tickets have outlived their time: the lists go on while others are added, and nobody could close these."""
        return sum(self._left_behind(shard, account, since) for account in self._accounts() for shard in keys.shards())

    def _left_behind(self, shard: int, account: str, since: datetime) -> int:
        promised, kept = keys.promised(shard, account), keys.follow_ups(shard, account)
        ids = self.client.zrangebyscore(promised, "-inf", milliseconds(since))
        ids += self.client.zrangebyscore(promised, UNDATED, UNDATED)
        promises = [_promise.decode(one) for one in (self.client.hmget(kept, ids) if ids else ()) if one]
        stray = [one for one in promises if not self.client.exists(keys.case(TicketKey(account, one.ticket_id)))]
        for one in stray:
            self.forget_promise(shard, one)
        return len(stray)

    def forget_promise(self, shard: int, one: FollowUp) -> None:
        """Take an open promise out of every list that it stands in."""
        self.client.hdel(keys.follow_ups(shard, one.account), one.id)
        for name in (keys.promised(shard, one.account), keys.owned(shard, one.account, one.owner_id)):
            self.client.zrem(name, one.id)

    def _jobs_before(self, at: datetime) -> list[str]:
        old = [one.id for one in self.jobs() if one.at < at and not one.is_open]
        return [one for one in old if self.drop_job(one)]

    @reachable
    def forget_arrivals(
        self,
        account: str,
        *,
        ticket_ids: Collection[str] | None,
        words: Sequence[str] = (),
        shards: Iterable[int] = keys.shards(),
    ) -> int:
        return sum(self._forget_in(shard, account, ticket_ids, words) for shard in shards)

    @reachable
    def arrivals_about(self, account: str, *, ticket_ids: Collection[str], words: Sequence[str]) -> int:
        found = 0
        for shard in keys.shards():
            entries, failures = self._about(shard, account, ticket_ids, words)
            found += len(entries) + len(failures)
        return found

    def _about(
        self, shard: int, account: str, ticket_ids: Collection[str] | None, words: Sequence[str]
    ) -> tuple[list[bytes], list[bytes]]:
        """Entries of the inbox, and failures, that concern one of these tickets or words, by their ids."""
        arrived = ((one, _arrived(fields.get(b"a", b""))) for one, fields in self.client.xrange(keys.inbox(shard)))
        failed = ((name, read_failure("", one)) for name, one in self.client.hgetall(keys.failures(shard)).items())
        entries = [one for one, told in arrived if _concerns(told, account, ticket_ids, words)]
        return entries, [name for name, told in failed if _concerns(told, account, ticket_ids, words)]

    def _forget_in(self, shard: int, account: str, ticket_ids: Collection[str] | None, words: Sequence[str]) -> int:
        entries, names = self._about(shard, account, ticket_ids, words)
        return sum(self.settle(shard, one) for one in entries) + self.drop_failures(shard, names)


def _arrived(body: bytes) -> Arrival | Failure:
    try:
        return _arrival.decode(body)
    except msgspec.MsgspecError:
        return unreadable("", "webhook", body)


def _concerns(one: Arrival | Failure, account: str, ticket_ids: Collection[str] | None, words: Sequence[str]) -> bool:
    """Whether it is about one of these tickets or mentions one of these words; what is another's, `reconcile` finds again."""
    if one.account not in (account, ""):
        return False
    if one.account and ticket_ids is None:
        return True
    known = ticket_ids or ()
    if one.ticket_id in known:
        return True
    sought = words if one.account else [*words, *known]  # whose it is can't be read, so it goes where in doubt
    body = one.body.lower()
    return any(word.lower().encode() in body for word in sought)
