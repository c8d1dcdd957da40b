"""A backup that was read while work went on holds a ticket of two moments; what it says is put right, and no task is made twice."""

from __future__ import annotations

import pytest

from guidance.model import FollowUpState, TicketKey
from guidance.store import keys
from guidance.store.backup import note_restore
from tests.cast import KEY
from tests.dispatch.clockwork import Clockwork

S = FollowUpState
SHARD, ACCOUNT = KEY.shard, KEY.account
LISTED = keys.promised(SHARD, ACCOUNT)


@pytest.fixture
def clockwork(store):
    return Clockwork(store)


def restored(clockwork):
    """What `guidance restore` does once the keys are back, and the worker after it."""
    clockwork.store.mend(now=clockwork.now)
    note_restore(clockwork.store)
    clockwork.begin()
    return clockwork.later(seconds=1).runs()


def test_a_promise_whose_work_the_backup_missed_gets_its_task_at_its_time(clockwork):
    clockwork.promise()
    clockwork.store.client.delete(keys.due(SHARD), keys.work(SHARD))
    assert restored(clockwork).tasks == []
    clockwork.later(minutes=11).runs()
    assert (len(clockwork.tasks), clockwork.state) == (1, S.TASK_MADE)
    clockwork.later(days=2).runs()
    assert clockwork.state is S.UNCONFIRMED


def test_work_that_lost_its_time_is_planned_for_it_again(clockwork):
    clockwork.promise()
    clockwork.store.client.delete(keys.due(SHARD))
    assert restored(clockwork).tasks == []
    assert len(clockwork.later(minutes=11).runs().tasks) == 1


def test_a_task_that_was_made_after_the_backup_is_found_and_not_made_again(clockwork):
    clockwork.promise()
    before = {name: clockwork.store.client.dump(name) for name in clockwork.store.client.scan_iter()}
    clockwork.later(minutes=11).runs()
    clockwork.store.client.flushall()
    for name, held in before.items():
        clockwork.store.client.restore(name, 0, held)
    restored(clockwork).later(minutes=1).runs()
    assert (len(clockwork.tasks), clockwork.state) == (1, S.TASK_MADE)


def test_a_promise_that_lists_do_not_hold_is_in_them_again(clockwork):
    clockwork.promise()
    clockwork.store.client.delete(LISTED, keys.follow_ups(SHARD, ACCOUNT), keys.owned(SHARD, ACCOUNT, "12"))
    restored(clockwork)
    assert [one.id for one in clockwork.store.follow_ups(ACCOUNT, owner_id="12")] == [clockwork.follow_ups[0].id]
    assert [one.id for one in clockwork.store.follow_ups(ACCOUNT)] == [clockwork.follow_ups[0].id]


def test_a_promise_that_was_closed_leaves_the_lists_that_were_read_before(clockwork):
    clockwork.promise()
    due = clockwork.store.client.zrange(LISTED, 0, -1, withscores=True)
    clockwork.told(state=S.WITHDRAWN)
    clockwork.store.client.zadd(LISTED, dict(due))
    restored(clockwork)
    assert clockwork.store.client.zcard(LISTED) == 0


def test_a_promise_whose_ticket_is_not_there_is_in_no_list(clockwork):
    clockwork.promise()
    clockwork.store.client.delete(keys.case(TicketKey(ACCOUNT, KEY.ticket_id)))
    restored(clockwork)
    assert clockwork.store.follow_ups(ACCOUNT) == []
    assert clockwork.store.client.zcard(keys.owned(SHARD, ACCOUNT, "12")) == 0
