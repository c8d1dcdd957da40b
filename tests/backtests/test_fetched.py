"""A backtest over what a helpdesk holds: both real clients, on the demo desk over HTTP; nothing of it stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

from guidance.backtests.fetched import fetched
from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations import integrations
from guidance.integrations.budget import Asking, CallBudget, Rank, _asking, at_once
from guidance.jobs import Backtester
from guidance.ports import Job
from guidance.store import keys
from tests.contracts.desk import DeskServer
from tests.edges import ACME, SETTINGS, Desk

HELPDESKS = ("zendesk", "freshdesk")


@pytest.fixture(scope="module")
def desk():
    with DeskServer() as served:
        yield served


@pytest.fixture(params=HELPDESKS)
def account(request, desk, store):
    store.put_account(desk.accounts[request.param])
    return desk.accounts[request.param]


def job(store, account, count=4, **asked):
    told = {"account": account.id, "source": "fetched", "count": count, "files": {}, "focus": []}
    store.add_job(Job(id="j", who="lena@example.com", at=datetime.now(UTC), asked=told | asked), None)
    return "j"


def watched(store, on_beat):
    """The store, with somebody who looks at each sign of life."""
    beat = store.beat

    def beats(one):
        on_beat(one)
        return beat(one)

    store.beat = beats


def test_a_helpdesks_last_tickets_are_judged_and_none_is_kept(store, desk, account):
    seen, before = [], set(store.client.scan_iter())
    watched(store, lambda one: seen.append((one.done, one.total, one.message)))
    job(store, account)
    assert Backtester(store, SETTINGS).step()
    told = store.job("j")
    assert (told.state, told.done, told.total, told.message) == ("done", 4, 4, "")
    assert told.found["conversations"] == 4
    assert told.found["replies"] > 0
    assert [one for one in seen if one[2]] == [(done, 4, "tickets fetched") for done in range(5)]
    assert list(store.cases(account.id, count=10)) == []
    left = {name for name in set(store.client.scan_iter()) - before if not name.endswith(b":budget")}
    assert left == {keys.jobs().encode()}


def test_it_waits_where_the_helpdesk_asks_for_it_and_says_so(store, desk, account):
    requests.post(f"{desk.url}/faults", json={"helpdesk": account.helpdesk, "next": ["429", "429"]}, timeout=5)
    seen, waited = [], []
    watched(store, lambda one: seen.append(one.message))
    job(store, account, count=1)
    backtester = Backtester(store, SETTINGS)
    backtester.stopping.wait = lambda seconds: waited.append(seconds)
    assert backtester.step()
    assert store.job("j").state == "done"
    assert waited
    assert "tickets fetched; the helpdesk asks us to wait" in seen


def test_a_job_that_is_cancelled_while_it_fetches_asks_for_no_more(store, desk, account):
    watched(store, lambda one: store.cancel_job("j") if one.done == 2 else None)
    job(store, account)
    assert Backtester(store, SETTINGS).step()
    told = store.job("j")
    assert (told.state, told.done, told.found) == ("cancelled", 1, None)


def test_a_process_that_ends_while_it_fetches_leaves_the_job_to_the_next(store, desk, account):
    backtester = Backtester(store, SETTINGS)
    watched(store, lambda one: backtester.stopping.set() if one.done == 1 else None)
    job(store, account)
    backtester.step()
    assert store.job("j").state == "running"
    later = lambda: datetime.now(UTC).replace(year=2031)  # noqa: E731
    assert Backtester(store, SETTINGS, clock=later).step()
    assert store.job("j").state == "done"


class Busy(Desk):
    """A helpdesk of three tickets, one of them gone; it is asked for in the background, and holds back twice."""

    def __init__(self):
        super().__init__()
        self.trouble = {"2": [HelpdeskError("gone", permanent=True, status=404)]}
        self.asked_as = []

    def recent_tickets(self, count):
        return ["1", "2", "3"][:count]

    def fetch_conversation(self, ticket_id):
        self.asked_as.append(_asking.get())
        if self.trouble.get(ticket_id):
            raise self.trouble[ticket_id].pop(0)
        return super().fetch_conversation(ticket_id)


def ids(found):
    return [one.conversation.ticket.id for one in found]


def test_a_call_that_is_held_back_waits_as_long_as_it_is_told_and_is_made_again():
    busy, waited = Busy(), []
    busy.trouble["1"] = [HeldBackError("full", retry_after=7.5), HeldBackError("full", retry_after=0.5)]
    assert ids(fetched(busy, 3, wait=waited.append)) == ["1", "3"]
    assert waited == [7.5, 0.5]


def test_its_calls_are_made_in_the_background_and_nobody_else_s_are():
    busy = Busy()
    for _ in fetched(busy, 3, wait=at_once):
        assert _asking.get() == Asking()
    assert busy.asked_as == [Asking(rank=Rank.SPARE, wait=at_once)] * 3


class Long(Desk):
    """A helpdesk whose one conversation takes more calls than the bucket ever lends at once to what has days."""

    def __init__(self, budget):
        super().__init__()
        self.budget, self.begun = budget, 0

    def recent_tickets(self, count):
        return ["1"]

    def fetch_conversation(self, ticket_id):
        self.begun += 1
        for _ in range(9):
            self.budget.spend(1, is_write=False)
        return super().fetch_conversation(ticket_id)


def test_a_conversation_of_many_calls_is_read_to_its_end_on_an_account_of_few(store):
    now = datetime.now(UTC)

    def wait(seconds):
        nonlocal now
        now += timedelta(seconds=seconds)
        assert long.begun == 1

    long = Long(CallBudget(store, ACME, lambda: now, usual=50))
    assert ids(fetched(long, 1, wait=wait)) == ["1"]


def test_a_refusal_for_good_ends_it_with_its_sentence(store):
    busy = Busy()
    busy.trouble["1"] = [HelpdeskError("Our user there may not do this.", permanent=True, status=403)]
    store.put_account(ACME)
    job(store, ACME)
    assert Backtester(store, SETTINGS, connect=lambda _: busy).step()
    told = store.job("j")
    assert (told.state, told.message) == ("failed", "Our user there may not do this.")


def test_an_account_that_was_disconnected_meanwhile_is_told(store):
    job(store, ACME)
    assert Backtester(store, SETTINGS).step()
    assert store.job("j").message == "zendesk:acme is not connected any more"


def test_tickets_without_a_word_make_no_backtest(store):
    store.put_account(ACME)
    job(store, ACME)
    assert Backtester(store, SETTINGS, connect=lambda _: Busy()).step()
    assert store.job("j").message == "zendesk:acme has no ticket with a conversation"


def test_there_is_a_client_for_every_helpdesk():
    assert set(HELPDESKS) == set(integrations())
