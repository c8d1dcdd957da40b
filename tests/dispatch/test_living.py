"""A worker says that it lives, whatever it waits for."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Event, Thread

import pytest

from guidance import worker as worker_module
from guidance.conversations import empty_case
from guidance.dispatch.living import is_alive
from guidance.errors import HelpdeskError
from guidance.model import Schedule, TicketKey, Work
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.worker import Worker
from tests.edges import ACME


class Hanging:
    """A helpdesk that takes its time over everything, until the test is over."""

    def __init__(self):
        self.fetching, self.over = [], Event()

    def fetch_conversation(self, ticket_id):
        self.fetching.append(ticket_id)
        self.hang()

    def hang(self, *_args, **_told):
        self.over.wait(60)
        raise HelpdeskError("Too late.")

    changes = colleagues = recent_tickets = ratings = approved_texts = teams = hang


def until(told, within=30):
    end = time.monotonic() + within
    while not told():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def hanging(store, monkeypatch):
    """A worker all of whose threads for due work wait for a helpdesk."""
    monkeypatch.setattr(worker_module, "LOOKS_EVERY", 0.01)
    store.put_account(ACME)
    keyed = {key.shard % 4: key for n in range(400) if (key := TicketKey(ACME.id, str(n)))}
    for key in keyed.values():
        at = datetime.now(UTC)
        work = Work(id=f"fetch:{key}:", kind="fetch", account=key.account, ticket_id=key.ticket_id, at=at)
        store.save(empty_case(key), [Schedule(work=work)], now=at)
    helpdesk = Hanging()
    worker = Worker(store, shipped_rulebook, connect=lambda _account: helpdesk)
    running = Thread(target=worker.run)
    running.start()
    until(lambda: len(helpdesk.fetching) == len(keyed))
    yield worker
    helpdesk.over.set()
    worker.stop()
    running.join()


def test_a_helpdesk_that_is_slow_keeps_no_worker_from_giving_a_sign_of_life(hanging, store):
    store.client.delete(keys.value("alive:worker"), keys.value(f"alive:{hanging.name}"))
    until(lambda: is_alive(store))
