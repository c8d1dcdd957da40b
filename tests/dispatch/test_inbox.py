"""One arrival on which we fail holds up no other, and is lost to nobody."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from guidance import worker as worker_module
from guidance.errors import StoreUnavailableError
from guidance.model import SHARDS, TicketChanged, TicketKey
from guidance.ports import Arrival
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.telemetry import where_it_failed
from guidance.worker import GIVES_UP_AFTER, Worker
from tests.cast import NOW
from tests.edges import ACME

SHARD = 3
POISON, *OTHERS = [str(n) for n in range(1, 200) if TicketKey(ACME.id, str(n)).shard == SHARD][:4]


def arrival(ticket_id, **told):
    event = TicketChanged(key=TicketKey(ACME.id, ticket_id), event_id=f"e{ticket_id}", at=NOW)
    told = {"body": msgspec.json.encode(event), "ticket_id": ticket_id, **told}
    return Arrival(account=ACME.id, kind="event", received_at=NOW, **told)


@pytest.fixture
def worker(store, monkeypatch):
    """A worker that fails on one ticket, as by a fault of ours; what others left lying is taken up at once."""
    store.put_account(ACME)
    made = Worker(store, shipped_rulebook, clock=lambda: NOW + timedelta(seconds=5))
    monkeypatch.setattr(worker_module, "BLOCK_MS", 1)
    monkeypatch.setattr(worker_module, "IDLE_MS", 0)
    take = made.advancing.take

    def faulty(key, events, **told):
        if key.ticket_id == POISON and made.is_faulty:
            raise ZeroDivisionError
        return take(key, events, **told)

    made.advancing.take, made.is_faulty = faulty, True
    return made


def test_what_came_with_it_is_worked_off_all_the_same(worker, store):
    for ticket_id in (POISON, *OTHERS):
        store.accept(arrival(ticket_id))
    worker._inbox(SHARD)
    assert all(store.load(TicketKey(ACME.id, one)) for one in OTHERS)
    assert store.waiting() == 1
    assert store.failures() == []


def test_after_some_attempts_it_is_put_aside_and_can_be_retried(worker, store):
    store.accept(arrival(POISON))
    for _ in range(GIVES_UP_AFTER):
        worker._inbox(SHARD)
    (failure,) = store.failures()
    assert (failure.ticket_id, store.waiting()) == (POISON, 0)
    assert "ZeroDivisionError" in failure.message
    worker.is_faulty = False
    assert store.retry(failure.id, now=NOW)
    worker._inbox(SHARD)
    assert store.load(TicketKey(ACME.id, POISON)) is not None


def odd(ticket_id):
    """A webhook of which only the ticket's id is what it should be."""
    told = {"id": "e1", "account_id": 1, "type": "zen:event-type:ticket.comment_added", "detail": {"id": ticket_id}}
    body = json.dumps({**told, "event": {"comment": ["?"]}, "time": "2026-03-04T15:00:00Z"}).encode()
    return Arrival(account=ACME.id, kind="webhook", body=body, received_at=NOW, ticket_id=ticket_id, mark=ticket_id)


def fetches(store):
    works = store.due(SHARD, now=NOW + timedelta(minutes=1), lease_for=1)
    return [work.ticket_id for work in works if work.kind == "fetch"]


def test_a_webhook_that_can_not_be_read_is_put_aside_and_its_ticket_fetched_all_the_same(worker, store):
    store.accept(odd(OTHERS[0]))
    worker._inbox(SHARD)
    worker._inbox(SHARD)
    assert [(one.ticket_id, one.path) for one in store.failures()] == [(OTHERS[0], "event.comment")]
    assert fetches(store) == [OTHERS[0]]


def test_nothing_is_fetched_for_one_that_names_no_ticket(worker, store):
    store.accept(replace(odd("x"), ticket_id=None))
    for shard in range(SHARDS):
        worker._inbox(shard)
    assert [one.ticket_id for one in store.failures()] == [None]
    assert [store.due(shard, now=NOW + timedelta(minutes=1), lease_for=1) for shard in range(SHARDS)] == [[]] * SHARDS


@pytest.mark.parametrize(("told_by", "kept"), [("told", 1), ("forward", 3)])
def test_what_the_helpdesk_tells_again_is_kept_once_a_ticket_and_what_is_ours_each_time(worker, store, told_by, kept):
    for number in range(3):
        store.accept(arrival(POISON, mark=f"{told_by}:{number}"))
        for _ in range(GIVES_UP_AFTER):
            worker._inbox(SHARD)
    marks = [msgspec.msgpack.decode(one.body, type=Arrival).mark for one in store.failures()]
    assert (len(marks), f"{told_by}:2" in marks, store.waiting()) == (kept, True, 0)
    assert store.retry(store.failures()[0].id, now=NOW)
    assert store.waiting() == 1


def test_what_was_told_and_can_not_be_read_is_put_aside_too(worker, store):
    store.accept(arrival(POISON, mark="told:1", body=b"?"))
    worker._inbox(SHARD)
    assert ([one.ticket_id for one in store.failures()], store.waiting()) == ([POISON], 0)


def test_a_fault_that_has_passed_by_the_next_attempt_leaves_no_trace(worker, store):
    store.accept(arrival(POISON))
    worker._inbox(SHARD)
    worker.is_faulty = False
    worker._inbox(SHARD)
    assert store.load(TicketKey(ACME.id, POISON)) is not None
    assert (store.failures(), store.waiting()) == ([], 0)


def test_the_log_says_where_in_the_code_we_failed(worker, store):
    store.accept(arrival(POISON))
    with capture_logs(processors=[where_it_failed]) as logged:
        worker._inbox(SHARD)
    (line,) = [one for one in logged if one["event"] == "worker.fault"]
    assert line["error"] == "ZeroDivisionError"
    assert line["at"][-1].endswith(" faulty")


def test_what_was_claimed_beside_a_ticket_that_can_not_be_saved_does_not_wait_for_another_worker(
    worker, store, monkeypatch
):
    monkeypatch.setattr(worker_module, "IDLE_MS", 60_000)
    take, busy = worker.advancing.take, [POISON]

    def too_busy(key, events, **told):
        if key.ticket_id in busy:
            raise StoreUnavailableError("a ticket changed meanwhile", retry_after=1)
        return take(key, events, **told)

    worker.advancing.take, worker.is_faulty = too_busy, False
    for ticket_id in (POISON, *OTHERS):
        store.accept(arrival(ticket_id))
    with pytest.raises(StoreUnavailableError):
        worker._inbox(SHARD)
    with pytest.raises(StoreUnavailableError):
        worker._inbox(SHARD)
    assert all(store.load(TicketKey(ACME.id, one)) for one in OTHERS)
    busy.clear()
    worker._inbox(SHARD)
    assert store.waiting() == 0


@pytest.fixture
def successor(store):
    """A worker that begins after `ended` and `gone` have ended."""
    store.put_account(ACME)
    return Worker(store, shipped_rulebook, clock=lambda: NOW + timedelta(seconds=5), after=("gone", "ended"))


def test_what_a_worker_had_claimed_that_ended_is_worked_off_by_its_successor_at_once(successor, store):
    for ticket_id in OTHERS:
        store.accept(arrival(ticket_id))
    store.claim(SHARD, "ended", count=2)
    store.claim(SHARD, "gone", count=1)
    successor._inbox(SHARD)
    assert store.waiting() == 0


def test_what_a_living_worker_has_claimed_or_taken_over_stays_with_it(successor, store):
    for ticket_id in OTHERS:
        store.accept(arrival(ticket_id))
    store.claim(SHARD, "living", count=1)
    store.claim(SHARD, "ended", count=2)
    store.claim(SHARD, "living", count=2, idle_ms=0)
    assert [one.arrival.ticket_id for one in store.take_over(SHARD, "next", ["ended"])] == [OTHERS[2]]


@pytest.mark.parametrize(("idle", "left"), [(15_000, 1), (25_000, 0)])
def test_what_a_worker_is_at_is_left_to_it_for_longer_than_any_entry_takes(store, monkeypatch, idle, left):
    store.put_account(ACME)
    monkeypatch.setattr(worker_module, "BLOCK_MS", 1)
    store.accept(arrival(OTHERS[0]))
    (entry,) = store.claim(SHARD, "living")
    store.client.xclaim(keys.inbox(SHARD), keys.GROUP, "living", 0, [entry.entry_id], idle=idle)
    Worker(store, shipped_rulebook, clock=lambda: NOW + timedelta(seconds=5))._inbox(SHARD)
    assert store.waiting() == left


def test_what_may_have_ended_several_workers_waits_like_anything_left_lying(store):
    store.accept(arrival(POISON))
    store.claim(SHARD, "w0")
    taken = [store.take_over(SHARD, f"w{n + 1}", [f"w{n}"]) for n in range(3)]
    assert [[one.deliveries for one in found] for found in taken] == [[2], [3], []]


def test_a_store_out_of_reach_at_the_start_takes_nothing_from_the_successor(successor, store, monkeypatch):
    store.accept(arrival(OTHERS[0]))
    store.claim(SHARD, "ended")
    with monkeypatch.context() as away:
        away.setattr(store, "take_over", lambda *_: (_ for _ in ()).throw(StoreUnavailableError("away")))
        with pytest.raises(StoreUnavailableError):
            successor._inbox(SHARD)
    successor._inbox(SHARD)
    assert store.waiting() == 0


def test_where_nothing_has_ever_arrived_there_is_nothing_to_take_over(store):
    assert store.take_over(SHARD, "next", ["ended"]) == []


def test_a_store_that_is_full_puts_no_good_webhook_aside(worker, store):
    worker.is_faulty = False
    for ticket_id in OTHERS:
        store.accept(arrival(ticket_id))
    store.client.config_set("maxmemory", "1mb")
    try:
        for _ in range(GIVES_UP_AFTER + 1):
            with pytest.raises(StoreUnavailableError):
                worker._inbox(SHARD)
    finally:
        store.client.config_set("maxmemory", "0")
    assert (store.waiting(), store.failures()) == (len(OTHERS), [])
    worker._inbox(SHARD)
    assert store.waiting() == 0
