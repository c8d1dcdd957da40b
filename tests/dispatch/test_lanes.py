"""A helpdesk that is slow holds up its own account's calls, and nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.dispatch import Dispatcher, Timing
from guidance.dispatch.lanes import PARTS, Lanes, Threads
from guidance.errors import HelpdeskError
from guidance.model import Schedule, TicketKey, Work
from guidance.ports import Changes
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.worker import Worker
from tests.cast import KEY
from tests.dispatch.test_living import until
from tests.edges import ACME
from tests.network.people import ROSTER

SLOW, WELL = "zendesk:slow", "zendesk:well"
TICKETS = 60


class Desk:
    """A helpdesk that answers to nothing until it is told to."""

    def __init__(self):
        self.asked, self.answers = [], Event()

    def fetch_conversation(self, ticket_id):
        self.asked.append(ticket_id)
        self.answers.wait(60)
        raise HelpdeskError("there is no such ticket", permanent=True, status=404)

    def changes(self, *, since, cursor=None):
        self.asked.append("changes")
        self.answers.wait(60)
        return Changes(events=(), cursor="c")

    def other(self, *_args):
        raise HelpdeskError("not now", permanent=True, status=403)

    colleagues = recent_tickets = ratings = approved_texts = teams = other


@pytest.fixture
def desks(store):
    for account in (SLOW, WELL):
        store.put_account(replace(ACME, id=account))
    made = {SLOW: Desk(), WELL: Desk()}
    made[WELL].answers.set()
    return made


@pytest.fixture
def running(store, desks):
    """Starts a worker."""
    worker = Worker(store, shipped_rulebook, connect=lambda account: desks[account.id])
    thread = Thread(target=worker.run)
    yield thread.start
    desks[SLOW].answers.set()
    worker.stop()
    thread.join()


def plan(store, account, kind):
    """Work of a kind, due now, on as many tickets of an account."""
    now = datetime.now(UTC)
    for number in range(TICKETS):
        key = TicketKey(account, str(number))
        work = Work(id=f"{kind}:{key}:", kind=kind, account=account, ticket_id=key.ticket_id, at=now)
        assert store.save(store.load(key) or empty_case(key), [Schedule(work=work)], now=now)


def left(store, account, kind):
    """Work of a kind that is not done yet, by how often it was begun."""
    found = {}
    for shard in keys.shards():
        found |= {
            name.decode(): int(store.client.hget(keys.work(shard), name + b"#") or 0)
            for name in store.client.hkeys(keys.work(shard))
            if name.startswith(f"{kind}:{account}".encode()) and not name.endswith(b"#")
        }
    return found


def tickets(desk):
    return Counter(one for one in desk.asked if one != "changes")


def test_what_an_account_has_due_is_done_while_anothers_helpdesk_answers_to_nothing(store, desks, running):
    plan(store, SLOW, "fetch")
    plan(store, SLOW, "wake")
    plan(store, WELL, "fetch")
    plan(store, WELL, "wake")
    running()
    until(lambda: not (left(store, WELL, "wake") or left(store, WELL, "fetch") or left(store, SLOW, "wake")))
    assert len(left(store, SLOW, "fetch")) == TICKETS
    assert len(tickets(desks[SLOW])) == PARTS, "one account alone gets all that it may have"


def test_what_waits_for_a_lane_is_done_once_and_the_wait_is_no_attempt(store, desks, running):
    plan(store, SLOW, "fetch")
    running()
    until(lambda: len(tickets(desks[SLOW])) == PARTS)
    desks[SLOW].answers.set()
    until(lambda: not left(store, SLOW, "fetch"))
    assert set(tickets(desks[SLOW]).values()) == {1}
    assert len(tickets(desks[SLOW])) == TICKETS


def test_a_round_goes_on_while_anothers_helpdesk_answers_to_nothing(store, desks, running):
    running()
    until(lambda: "changes" in desks[SLOW].asked and "changes" in desks[WELL].asked)


def test_what_has_time_is_read_while_another_reading_waits_for_its_calls(store, desks, running):
    def macros():
        desks[SLOW].asked.append("macros")
        desks[SLOW].answers.wait(60)
        return ()

    desks[SLOW].approved_texts = macros
    for desk in desks.values():
        desk.colleagues = lambda: ROSTER.colleagues
    running()
    until(lambda: "macros" in desks[SLOW].asked)
    until(lambda: all(store.roster(account) for account in desks))


def test_a_task_is_made_while_fetches_of_its_account_take_long(clockwork):
    desk, lanes = Desk(), Threads()
    clockwork.helpdesk.fetch_conversation = desk.fetch_conversation
    dispatcher = Dispatcher(clockwork.advancing, lambda _account: clockwork.helpdesk, lanes=Lanes(lanes))
    clockwork.promise().later(minutes=11)
    work = Work(id=f"fetch:{KEY}:", kind="fetch", account=KEY.account, ticket_id=KEY.ticket_id, at=clockwork.now)
    assert clockwork.store.save(clockwork.store.load(KEY), [Schedule(work=work)], now=clockwork.now)
    dispatcher.run_due(KEY.shard)
    until(lambda: desk.asked and clockwork.tasks)
    desk.answers.set()
    lanes.join()


def test_what_calls_nobody_is_done_at_once_and_never_put_back(clockwork):
    done = []
    late = Dispatcher(clockwork.advancing, lambda _account: clockwork.helpdesk, timing=Timing(start_within=-1.0))
    late._act["wake"] = done.append
    work = Work(id=f"clock:{KEY}:x", kind="wake", account=KEY.account, ticket_id=KEY.ticket_id, at=clockwork.now)
    assert clockwork.store.save(empty_case(KEY), [Schedule(work=work)], now=clockwork.now)
    late.run_due(KEY.shard)
    assert [one.id for one in done] == [work.id]


def test_a_lane_is_free_again_whatever_became_of_what_was_done_there():
    lanes = Lanes()
    with pytest.raises(ZeroDivisionError):
        lanes.take("a", lambda: 1 / 0)
    inner = []
    assert lanes.take("a", lambda: inner.append(lanes.take("a", print)))
    assert inner == [False], "it takes nothing while it is at something"


def test_the_more_wait_for_a_lane_the_longer_they_stay_away_and_at_most_a_minute():
    held = []
    lanes = Lanes(held.append)
    assert lanes.take("a", print)
    waits = [lanes.wait("a") for _ in range(1000)]
    assert waits == sorted(waits)
    assert (waits[0] < 1, waits[-1]) == (True, 60)
    held.pop()()
    assert lanes.take("a", print)
    assert lanes.wait("a") == waits[0]
