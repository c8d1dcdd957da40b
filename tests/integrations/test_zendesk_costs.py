"""The calls that docs/zendesk.md counts, counted: on the demo desk, over real HTTP, through all that decides to make them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

from guidance.accounts import AccountBook
from guidance.demo.seeds import person_id
from guidance.dispatch import Advancing, Dispatcher
from guidance.integrations import connect
from guidance.model import FollowUpState, Rating, TicketChanged, TicketKey
from guidance.reconcile import Reconciler
from guidance.rules import shipped_rulebook
from tests.contracts.desk import DeskServer
from tests.integrations.counted import Counted

AMIR = person_id("zendesk", "amir")
TICKET, OTHER = 4821, 4822
"""Rana's ticket, on which Amir has not written, and one on which all of its people have."""

FETCHED = [f"tickets/{TICKET}", f"tickets/{TICKET}/comments"]


@pytest.fixture
def desk():
    with DeskServer() as served:
        yield served


class Office:
    """A dispatcher with a real client of the desk's Zendesk, and a list of the calls that it makes."""

    def __init__(self, desk, store, monkeypatch):
        account = desk.accounts["zendesk"]
        store.put_account(account)
        self.store, self.account, self.client = store, account, connect(account)
        self.helpdesk = desk.server.app.extensions["guidance_desk"].rooms["zendesk"].helpdesk
        self.key = TicketKey(account.id, str(TICKET))
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, now)
        self.dispatcher = Dispatcher(self.advancing, lambda _: self.client)
        self.calls_of = Counted(account, monkeypatch).calls_of

    def hears_of_a_change(self):
        """A change that has to be fetched, and all that follows on it."""
        at = now()
        self.advancing.take(self.key, [TicketChanged(key=self.key, event_id=f"{at}", at=at, needs_fetch=True)])
        while self.dispatcher.run_due(self.key.shard):
            pass


def now():
    return datetime.now(UTC)


@pytest.fixture
def office(desk, store, monkeypatch):
    return Office(desk, store, monkeypatch)


def test_the_desk_links_on_from_its_last_page_as_zendesk_does(desk):
    account = desk.accounts["zendesk"]
    headers = {"Authorization": f"Bearer {account.secrets['token']}"}
    page = requests.get(f"{account.base_url}/api/v2/users?page[size]=100", headers=headers, timeout=5).json()
    assert page["meta"]["has_more"] is False
    after = requests.get(page["links"]["next"], headers=headers, timeout=5).json()
    assert (after["users"], after["meta"]["has_more"], after["links"]["next"]) == ([], False, None)


def test_a_ticket_costs_two_calls_and_one_for_each_name_hour_and_silent_person_that_is_not_known_yet(office):
    first = [*FETCHED, "users/show_many", "groups/36005001", "brands/3"]
    hours = ["business_hours/schedules", "business_hours/schedules/1/holidays"]
    assert office.calls_of(office.hears_of_a_change) == first + hours
    assert office.calls_of(office.hears_of_a_change) == [*FETCHED, "users/show_many"]
    fetched = office.calls_of(lambda: office.client.fetch_conversation(str(OTHER)))
    assert fetched == [f"tickets/{OTHER}", f"tickets/{OTHER}/comments"]


def test_an_agent_who_opens_a_ticket_costs_two_calls(office):
    opened = office.calls_of(lambda: office.client.may_open(str(AMIR), str(TICKET)))
    assert opened == [f"users/{AMIR}", f"tickets/{TICKET}"]


def test_a_promise_costs_two_calls_for_its_task_two_for_the_note_that_names_it_and_two_when_it_moves(office):
    office.hears_of_a_change()
    office.helpdesk.write(TICKET, actor_id=AMIR, html="Hi Rana, I'll call you tomorrow at 3pm.", is_public=True)
    made = [f"users/{AMIR}", "POST tickets"]
    noted = [f"tickets/{TICKET}/comments", f"PUT tickets/{TICKET}"]
    assert office.calls_of(office.hears_of_a_change) == [*FETCHED, *made, *noted]
    (promise,) = office.store.load(office.key).follow_ups
    assert promise.state is FollowUpState.TASK_MADE
    office.helpdesk.write(
        TICKET, actor_id=AMIR, html="Sorry, I'll call you the day after tomorrow at 4pm instead.", is_public=True
    )
    moved = [f"tickets/{promise.task_id}", f"PUT tickets/{promise.task_id}"]
    assert office.calls_of(office.hears_of_a_change)[len(FETCHED) :][: len(moved)] == moved


LISTS = {
    "surveys": lambda office: office.client.ratings(since=now() - timedelta(days=30)),
    "macros": lambda office: office.client.approved_texts(),
    "recent tickets": lambda office: office.client.recent_tickets(50),
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_less_than_a_hundred_costs_one_call(office, what):
    office.helpdesk.rate(TICKET, Rating.GOOD)
    assert len(office.calls_of(lambda: LISTS[what](office))) == 1


def test_the_roster_costs_one_call_for_each_of_its_three_lists(office):
    assert office.calls_of(office.client.colleagues) == ["users", "groups", "group_memberships"]


def test_a_round_of_reconcile_costs_one_call(office):
    rounds = Reconciler(office.store, lambda _: office.client, office.advancing.take, now)
    assert office.calls_of(lambda: rounds.run(office.account)) == ["incremental/tickets/cursor"]
