"""What one ticket's event means for another one is delivered once, wherever the two tickets lie."""

from __future__ import annotations

import pytest

from guidance.errors import MalformedError
from guidance.model import TicketKey, TicketMerged
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.worker import Worker
from tests.cast import KEY
from tests.dispatch.clockwork import S

THERE = TicketKey(KEY.account, "5555")


class Shards:
    """Every shard's inbox and due work, worked off by one worker."""

    def __init__(self, clockwork):
        self.clockwork, self.store = clockwork, clockwork.store
        self.worker = Worker(self.store, shipped_rulebook, clock=lambda: clockwork.now)

    def run(self):
        """Until nothing is left to do at this time; how many pieces there were."""
        done = 0
        while found := sum(self._worked_off(shard) for shard in keys.shards()):
            done += found
        return done

    def _worked_off(self, shard):
        entries = self.store.claim(shard, "a worker")
        for entry in entries:
            self.worker.work(entry)
        return len(entries) + self.clockwork.dispatcher.run_due(shard)

    @property
    def forwards(self):
        planned = [name for shard in keys.shards() for name in self.store.client.hkeys(keys.work(shard))]
        return [name for name in planned if name.startswith(b"forward:")]


@pytest.fixture
def merged(clockwork):
    """Amir's promise on a ticket that has just been merged into another one, which lies on another shard."""
    assert THERE.shard != KEY.shard
    clockwork.promise()
    clockwork.advancing.take(KEY, [TicketMerged(key=KEY, event_id="m", at=clockwork.now, into=THERE.ticket_id)])
    return clockwork.later(seconds=5)


def test_a_promise_that_a_merge_took_to_another_shard_is_delivered_once(merged, store):
    shards = Shards(merged)
    shards.run()
    saved = [store.load(key).version for key in (KEY, THERE)]
    assert [one.state for one in store.load(THERE).follow_ups] == [S.PLANNED]
    assert store.load(KEY).follow_ups[0].moved_to
    assert shards.forwards == []
    merged.later(minutes=2)
    shards.run()
    assert [store.load(key).version for key in (KEY, THERE)] == saved


def test_what_can_not_be_delivered_waits_among_the_failures_and_goes_on_from_there(merged, store):
    shards = Shards(merged)

    def refuse(_work):
        raise MalformedError("no")

    merged.dispatcher._act["forward"], deliver = refuse, merged.dispatcher._act["forward"]
    shards.run()
    (failure,) = store.failures()
    assert shards.forwards == []
    merged.dispatcher._act["forward"] = deliver
    assert store.retry(failure.id, now=merged.now)
    shards.run()
    assert (len(store.load(THERE).follow_ups), shards.forwards) == (1, [])


def test_a_promise_on_its_way_to_another_ticket_goes_with_the_one_that_is_erased(merged, store):
    store.forget(KEY)
    assert Shards(merged).run() == 0
    assert store.load(THERE) is None


def test_a_promise_that_a_wiped_account_left_in_a_workers_hands_comes_back_in_no_case(merged, store):
    (work,) = [one for one in store.due(KEY.shard, now=merged.now, lease_for=60) if one.kind == "forward"]
    store.drop_account(KEY.account)
    assert store.wipe(KEY.account) == 1
    merged.dispatcher.perform(work)
    Shards(merged).run()
    assert (store.load(THERE), store.waiting(), store.failures()) == (None, 0, [])
