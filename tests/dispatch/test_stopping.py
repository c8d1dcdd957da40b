"""A worker that is told to stop ends after the calls that it is at: what it has claimed is left to the next one, as it was."""

from __future__ import annotations

from threading import Thread

import pytest
from msgspec.structs import replace

from guidance.dispatch.lanes import PARTS
from guidance.ports import Changes
from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.dispatch.test_lanes import SLOW, TICKETS, Desk, left, plan, tickets
from tests.dispatch.test_living import until
from tests.edges import ACME


class Endless(Desk):
    """There is always one page more, and one more ticket."""

    def changes(self, *, since, cursor=None):
        super().changes(since=since)
        return Changes(events=(), cursor="c", more=True)

    def recent_tickets(self, most):
        return [str(number) for number in range(1000, 1000 + most)]


@pytest.fixture
def desk():
    return Endless()


@pytest.fixture
def stopped(store, desk):
    """Stops a worker while it is at what `until` looks for, and lets that come to its end."""
    store.put_account(replace(ACME, id=SLOW))
    worker = Worker(store, shipped_rulebook, connect=lambda _account: desk)
    thread = Thread(target=worker.run)

    def stopping(is_at_it):
        thread.start()
        until(is_at_it)
        worker.stop()
        desk.answers.set()
        thread.join()

    return stopping


def test_what_a_stopping_worker_has_not_begun_is_due_at_once_and_was_no_attempt(store, desk, stopped):
    plan(store, SLOW, "fetch")
    stopped(lambda: len([one for one in desk.asked if one in map(str, range(TICKETS))]) == PARTS)
    waiting = left(store, SLOW, "fetch")
    assert len(waiting) == TICKETS - PARTS
    assert set(waiting.values()) <= {0}


def test_a_stopping_worker_asks_for_no_further_page(desk, stopped):
    stopped(lambda: "changes" in desk.asked)
    assert desk.asked.count("changes") == 1


def test_a_stopping_worker_gathers_no_further_ticket(desk, stopped):
    stopped(lambda: tickets(desk))
    assert sum(tickets(desk).values()) == 1
