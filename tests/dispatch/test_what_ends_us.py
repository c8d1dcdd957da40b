"""What ends each process that works on it is put aside in time, and what was claimed with it is worked off before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from guidance import worker as worker_module
from guidance.conversations import empty_case
from guidance.dispatch.beginning import ENDS_US, Beginnings
from guidance.errors import HelpdeskError
from guidance.model import Schedule, TicketKey, Work
from guidance.rules import shipped_rulebook
from guidance.store.inbox import OFTEN
from guidance.worker import Worker
from tests.cast import NOW, minutes
from tests.dispatch.clockwork import Died, S
from tests.dispatch.test_inbox import OTHERS, POISON, SHARD, fetches, odd
from tests.dispatch.test_living import Hanging, until
from tests.edges import ACME

DEATHS = 5


@pytest.fixture
def begins(store, monkeypatch):
    """A worker process begins, on which one ticket's webhook brings the end; it takes up what the last one left."""
    store.put_account(ACME)
    monkeypatch.setattr(worker_module, "BLOCK_MS", 1)
    monkeypatch.setattr(worker_module, "IDLE_MS", 0)

    def begun():
        worker = Worker(store, shipped_rulebook, clock=lambda: NOW + minutes(1))
        work = worker.work

        def ends(entry):
            if entry.arrival.ticket_id == POISON and entry.arrival.kind == "webhook":
                raise Died
            work(entry)

        worker.work = ends
        return worker

    return begun


def deaths(begins, at_most=20):
    """How many workers end, one after the other, until one lives."""
    for count in range(at_most):
        try:
            begins()._inbox(SHARD)
        except Died:
            continue
        return count
    return at_most


def test_a_webhook_that_ends_worker_after_worker_is_put_aside_and_its_ticket_fetched(begins, store):
    store.accept(odd(POISON))
    assert deaths(begins) == DEATHS
    begins()._inbox(SHARD)
    (failure,) = store.failures()
    assert (failure.ticket_id, failure.message, store.waiting()) == (POISON, ENDS_US, 0)
    assert fetches(store) == [POISON]


@pytest.mark.parametrize("order", [(POISON, *OTHERS), (*OTHERS, POISON), (OTHERS[0], POISON, OTHERS[1])])
def test_what_was_claimed_with_it_is_worked_off_before_it_is_put_aside(begins, store, order):
    for ticket_id in order:
        store.accept(odd(ticket_id))
    for _ in range(3):
        with pytest.raises(Died):
            begins()._inbox(SHARD)
    assert {one.ticket_id for one in store.failures()} == {*order} - {POISON}
    assert deaths(begins) == DEATHS - 3
    assert [one.ticket_id for one in store.failures() if one.message == ENDS_US] == [POISON]


def test_what_only_fails_is_counted_as_no_end(begins, store, monkeypatch):
    store.accept(odd(OTHERS[0]))

    def busy(_entry):
        raise HelpdeskError("not now")

    for _ in range(worker_module.GIVES_UP_AFTER - 1):
        worker = begins()
        worker.work = busy
        worker._inbox(SHARD)
    assert (store.failures(), store.waiting()) == ([], 1)


class Ending:
    """Work of which one piece ends whoever performs it."""

    def __init__(self, clockwork, *pieces):
        self.clockwork, self.done = clockwork, []
        key = TicketKey(ACME.id, POISON)
        planned = [Work(id=one, kind="wake", account=key.account, ticket_id=POISON, at=clockwork.now) for one in pieces]
        case = clockwork.advancing.opened(key, clockwork.now)
        assert clockwork.store.save(case, [Schedule(work=one) for one in planned], now=clockwork.now)

    def deaths(self, at_most=20):
        for count in range(at_most):
            self.clockwork.begin()
            self.clockwork.dispatcher._act["wake"] = self._wake
            try:
                self.clockwork.dispatcher.run_due(SHARD)
            except Died:
                self.clockwork.later(seconds=61)
                continue
            return count
        return at_most

    def _wake(self, work):
        if work.id == "ends":
            raise Died
        self.done.append(work.id)


def test_work_that_ends_worker_after_worker_is_given_up_and_can_be_retried(clockwork, store):
    ending = Ending(clockwork, "ends")
    assert ending.deaths() == DEATHS
    (failure,) = store.failures()
    assert failure.message == ENDS_US
    assert store.retry(failure.id, now=clockwork.now)
    assert [one.id for one in store.due(SHARD, now=clockwork.now, lease_for=1)] == ["ends"]


def test_work_that_was_claimed_with_it_is_done_before(clockwork):
    ending = Ending(clockwork, "a", "ends", "z")
    assert ending.deaths(3) == 3
    assert sorted(ending.done) == ["a", "z"]


def test_a_promise_whose_task_ends_us_says_so_to_its_agent(clockwork, monkeypatch):
    clockwork.promise().later(minutes=11)
    ends = [Died() for _ in range(20)]

    def opened(*_args):
        raise ends.pop()

    monkeypatch.setattr(clockwork.advancing, "opened", opened)
    while not clockwork.store.failures():
        try:
            clockwork.runs()
        except Died:
            clockwork.begin()
        clockwork.later(seconds=61)
    assert len(ends) == 20 - DEATHS
    (known,) = clockwork.follow_ups
    assert (known.state, known.trouble, clockwork.tasks) == (S.PLANNED, ENDS_US, [])


def test_workers_that_are_killed_while_they_wait_for_a_helpdesk_cost_no_promise_its_task(clockwork):
    clockwork.promise().later(minutes=11)
    clockwork.helpdesk.faults = [("before", Died()) for _ in range(8)]
    for _ in range(30):
        try:
            clockwork.runs()
        except Died:
            clockwork.begin()
        clockwork.later(seconds=61)
    assert (len(clockwork.tasks), clockwork.store.failures()) == (1, [])


def test_what_a_stop_cuts_off_is_counted_as_no_end(store):
    stopped, next_one = Beginnings(store), Beginnings(store)
    with stopped.begun("a"), stopped.begun("b"):
        stopped.end_all()
        with next_one.begun("a") as times:
            assert times == 1
    with next_one.begun("a") as times:
        assert times == 1, "its own end is not counted twice"


def test_a_worker_that_is_told_to_stop_counts_no_end_of_what_it_is_at(store):
    store.put_account(ACME)
    key, at = TicketKey(ACME.id, POISON), datetime.now(UTC)
    work = Work(id=f"fetch:{key}:", kind="fetch", account=key.account, ticket_id=POISON, at=at)
    assert store.save(empty_case(key), [Schedule(work=work)], now=at)
    for number in range(OFTEN):
        assert store.due(SHARD, now=at + timedelta(seconds=number), lease_for=1)
    helpdesk = Hanging()
    worker = Worker(store, shipped_rulebook, connect=lambda _account: helpdesk)
    running = Thread(target=worker.run)
    running.start()
    until(lambda: helpdesk.fetching)
    worker.stop()
    until(lambda: store.recall(f"tally:begun:{work.id}") == b"0")
    helpdesk.over.set()
    running.join()


def test_work_that_waits_for_its_helpdesk_is_counted_as_no_end(clockwork):
    clockwork.promise()
    clockwork.helpdesk.faults = [("before", HelpdeskError("in trouble", status=503)) for _ in range(8)]
    clockwork.later(minutes=11)
    for _ in range(9):
        clockwork.runs().later(minutes=31)
    assert (len(clockwork.tasks), clockwork.store.failures()) == (1, [])
