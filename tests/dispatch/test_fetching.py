"""Fetching tickets: what is new on an open one goes first, what is most likely held already waits until nobody else needs a call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.accounts.listening import note_listening
from guidance.dispatch import Advancing, Dispatcher
from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations.budget import Asking, CallBudget, Rank, asking
from guidance.model import Fetched, TicketChanged
from guidance.ports import Snapshot
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import KEY, NOW, minutes
from tests.edges import ACME


class Helpdesk:
    """Tells of one ticket, by three calls from the budget each time."""

    def __init__(self, budget):
        self.budget, self.fetched, self.gone = budget, 0, False

    def fetch_conversation(self, ticket_id):
        with self.budget.reserved(3):
            self.fetched += 1
            return Snapshot(conversation=cast.case().conversation, updated_at=NOW, gone=self.gone)


class Ticket:
    """One ticket, fetched as of `NOW`, and a worker."""

    def __init__(self, store):
        store.put_account(ACME)
        self.store, self.now = store, NOW + timedelta(seconds=5)
        self.budget = CallBudget(store, ACME, lambda: self.now, usual=50)
        self.helpdesk = Helpdesk(self.budget)
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: self.now)
        self.dispatcher = Dispatcher(self.advancing, lambda _account: self.helpdesk)
        self.holds(NOW)

    def holds(self, at):
        conversation = cast.case().conversation
        self.advancing.take(KEY, [Fetched(key=KEY, event_id=f"fetch:{at}", at=at, conversation=conversation)])

    def hears(self, at):
        """A webhook without its text arrives."""
        self.advancing.take(KEY, [TicketChanged(key=KEY, event_id=f"hook:{at}", at=at, needs_fetch=True)])

    def finds_listed(self, at):
        """The ticket stands in the list of changes, as of `at`."""
        event = TicketChanged(key=KEY, event_id=f"listed:{at}", at=at, needs_fetch=True, listed=True)
        self.advancing.take(KEY, [event])

    def runs(self):
        while self.dispatcher.run_due(KEY.shard):
            pass
        return self.helpdesk.fetched

    def is_opened(self):
        self.store.watch(ACME.id, "12", [KEY.ticket_id], session="s", now=self.now)

    def is_short_of_calls(self):
        """Only what is for open tickets is left, and what is for writes."""
        while True:
            try:
                with asking(Asking(rank=Rank.CHANGED)):
                    self.budget.spend(1, is_write=False)
            except HeldBackError:
                return


@pytest.fixture
def ticket(store):
    return Ticket(store)


def test_news_of_an_open_ticket_is_fetched_from_the_part_of_open_tickets(ticket):
    ticket.is_opened()
    ticket.is_short_of_calls()
    ticket.hears(NOW + timedelta(seconds=4))
    assert ticket.runs() == 1


def test_what_is_most_likely_held_already_takes_no_call_of_open_tickets(ticket):
    ticket.is_opened()
    ticket.is_short_of_calls()
    ticket.finds_listed(NOW)
    assert ticket.runs() == 0
    ticket.now += timedelta(minutes=2)
    assert ticket.runs() == 1


def test_what_was_brought_meanwhile_is_not_fetched_again(ticket):
    ticket.finds_listed(NOW)
    ticket.holds(NOW + timedelta(seconds=3))
    assert ticket.runs() == 0


def test_news_and_a_second_look_at_one_ticket_are_two_pieces_of_work(ticket):
    ticket.is_opened()
    ticket.is_short_of_calls()
    ticket.finds_listed(NOW)
    ticket.hears(NOW + timedelta(seconds=4))
    assert ticket.runs() == 1


def test_older_news_that_comes_late_takes_no_second_look_away(ticket):
    ticket.finds_listed(NOW)
    ticket.finds_listed(NOW - timedelta(seconds=9))
    assert ticket.runs() == 1


def test_a_webhook_is_believed_whatever_the_helpdesks_clock_says(ticket):
    ticket.hears(NOW - timedelta(seconds=20))
    assert ticket.runs() == 1


def test_what_is_listed_and_not_held_is_fetched_at_once(ticket):
    ticket.is_opened()
    ticket.is_short_of_calls()
    ticket.finds_listed(NOW + timedelta(seconds=4))
    assert ticket.runs() == 1


def test_a_ticket_that_is_not_there_any_more_is_no_failure_of_ours(store):
    ticket = Ticket(store)

    def gone(_ticket_id):
        raise HelpdeskError("there is no such thing there", permanent=True, status=404)

    ticket.helpdesk.fetch_conversation = gone
    ticket.hears(NOW)
    ticket.runs()
    assert store.failures() == []
    assert store.due(KEY.shard, now=NOW + timedelta(hours=1), lease_for=1) == []
    assert store.load(KEY) is not None


def test_a_fetch_whose_credentials_are_refused_is_tried_for_a_day_and_then_a_failure(store):
    ticket = Ticket(store)

    def refused(_ticket_id):
        raise HelpdeskError("it does not accept our credentials", permanent=True, status=401)

    ticket.helpdesk.fetch_conversation = refused
    ticket.hears(NOW)
    for _ in range(23):
        ticket.runs()
        ticket.now += timedelta(hours=1)
    assert store.failures() == []
    ticket.now += timedelta(hours=3)
    ticket.runs()
    assert [one.kind for one in store.failures()] == ["fetch"]


def test_a_ticket_that_is_shown_as_thrown_away_is_gone(ticket):
    ticket.hears(NOW + minutes(1))
    ticket.helpdesk.gone = True
    ticket.runs()
    assert ticket.store.load(KEY).gone


def test_what_came_late_without_a_time_is_settled_by_the_fetch_that_it_sets_off(ticket):
    ticket.now = NOW + minutes(95)
    late = cast.rana_says("Where is it?", 110, id="p:late", provisional=True, undated=True)
    ticket.advancing.take(KEY, [late])
    assert len(ticket.store.load(KEY).provisional) == 1
    ticket.now += timedelta(seconds=2)
    ticket.runs()
    assert ticket.store.load(KEY).provisional == ()


@pytest.mark.parametrize(("since", "count"), [(timedelta(days=9), 1), (timedelta(days=1), 0)])
def test_a_fetch_notes_what_was_promised_since_the_account_is_listened_to(store, since, count):
    ticket = Ticket(store)
    ticket.now = NOW + timedelta(days=5)
    note_listening(store, ACME.id, ticket.now - since)
    said = replace(cast.amir_says("I'll call you on Friday 20 March at 3pm.").comment, id="77")
    told = Snapshot(conversation=replace(cast.case().conversation, comments=(said,)), updated_at=NOW)
    ticket.helpdesk.fetch_conversation = lambda _ticket_id: told
    store.forget(KEY)
    ticket.hears(NOW)
    ticket.runs()
    assert len(store.load(KEY).follow_ups) == count


def test_a_ticket_that_is_erased_while_it_is_fetched_stays_erased(store):
    ticket = Ticket(store)
    ticket.hears(NOW + minutes(1))
    tell = ticket.helpdesk.fetch_conversation

    def erased_meanwhile(ticket_id):
        store.forget(KEY)
        return tell(ticket_id)

    ticket.helpdesk.fetch_conversation = erased_meanwhile
    ticket.now += timedelta(minutes=2)
    ticket.runs()
    assert ticket.helpdesk.fetched == 1
    assert store.load(KEY) is None
