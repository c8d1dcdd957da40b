"""Due work that a worker had claimed which has ended: its successor goes on with it at once, as far as nothing is written twice by that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.conversations import empty_case
from guidance.errors import StoreUnavailableError
from guidance.model import Schedule, Work
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.worker import Worker
from tests.cast import KEY, NOW
from tests.edges import ACME

SOON = NOW + timedelta(seconds=5)
LEASE = 60.0


def work(name="wake:a", **told):
    kind = name.partition(":")[0]
    return Work(**{"id": name, "kind": kind, "account": KEY.account, "ticket_id": KEY.ticket_id, "at": NOW} | told)


def plan(store, *planned):
    case = store.load(KEY) or empty_case(KEY)
    assert store.save(case, [Schedule(work=one) for one in planned], now=NOW)


def claim(store, worker="ended", now=NOW):
    return store.due(KEY.shard, now=now, lease_for=LEASE, worker=worker)


def ids(claimed):
    return sorted(one.id for one in claimed)


@pytest.fixture
def successor(store):
    """A worker that begins after `ended` and `gone` have ended."""
    store.put_account(ACME)
    return Worker(store, shipped_rulebook, clock=lambda: SOON, after=("gone", "ended"))


def due_step(worker):
    worker._due(KEY.shard % 4)


def test_what_a_worker_had_claimed_that_ended_is_done_by_its_successor_at_once(successor, store):
    plan(store, work("wake:a"), work("wake:b"))
    assert ids(claim(store)) == ["wake:a", "wake:b"]
    due_step(successor)
    assert store.client.zcard(keys.due(KEY.shard)) == 0


def test_it_is_taken_over_once_and_what_is_claimed_later_is_left_alone(successor, store):
    due_step(successor)
    plan(store, work())
    claim(store)
    due_step(successor)
    assert claim(store, "next", SOON) == []


def test_what_a_living_worker_has_claimed_stays_with_it(store):
    plan(store, work("wake:a"))
    claim(store, "living")
    plan(store, work("wake:b"))
    claim(store, "ended")
    store.take_over_due(KEY.shard, ["ended"], now=SOON)
    assert ids(claim(store, "next", SOON)) == ["wake:b"]


def test_what_was_planned_anew_or_put_off_meanwhile_keeps_its_time(store):
    plan(store, work("wake:a"), work("wake:b"))
    claimed = {one.id: one for one in claim(store)}
    plan(store, work("wake:a", at=NOW + timedelta(hours=1)))
    store.postpone(claimed["wake:b"], at=NOW + timedelta(minutes=5))
    store.take_over_due(KEY.shard, ["ended"], now=SOON)
    assert claim(store, "next", SOON) == []


def test_what_is_done_stays_done(store):
    plan(store, work())
    store.done(*claim(store))
    store.take_over_due(KEY.shard, ["ended"], now=SOON)
    assert (claim(store, "next", SOON), store.client.zcard(keys.due(KEY.shard))) == ([], 0)


def test_what_may_have_ended_several_workers_waits_for_the_end_of_its_lease(store):
    plan(store, work())
    taken = []
    for number in range(4):
        taken.append([one.attempt for one in claim(store, f"w{number}", SOON)])
        store.take_over_due(KEY.shard, [f"w{number}"], now=SOON)
    assert taken == [[1], [2], [3], []]
    assert [one.attempt for one in claim(store, "next", SOON + timedelta(seconds=LEASE))] == [4]


@pytest.mark.parametrize("kind", ["link", "remind", "task_update"])
def test_a_write_that_may_still_be_under_way_waits_for_the_end_of_its_lease(successor, store, kind):
    plan(store, work(f"{kind}:a"))
    claim(store)
    due_step(successor)
    assert claim(store, "next", SOON) == []
    left = claim(store, "next", NOW + timedelta(seconds=LEASE))
    assert [(one.id, one.attempt) for one in left] == [(f"{kind}:a", 2)], "nobody tried meanwhile"


def test_a_store_out_of_reach_at_the_start_takes_nothing_from_the_successor(successor, store, monkeypatch):
    plan(store, work())
    claim(store)
    with monkeypatch.context() as away:
        away.setattr(store, "take_over_due", lambda *_, **__: (_ for _ in ()).throw(StoreUnavailableError("away")))
        with pytest.raises(StoreUnavailableError):
            due_step(successor)
    due_step(successor)
    assert store.client.zcard(keys.due(KEY.shard)) == 0


def test_whose_work_it_was_is_forgotten_with_its_lease(store):
    plan(store, work())
    claim(store)
    assert 0 < store.client.pttl(keys.leased(KEY.shard, "ended")) <= LEASE * 1000
