"""Gathering: agents every half hour, older tickets at once and then at night, at a pace that leaves an account its calls."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations.budget import Rank, who_asks
from guidance.model import Status
from guidance.ports import Snapshot
from guidance.reconcile import Gatherer
from guidance.reconcile.gathering import BURST, BURST_LASTS, RESTS_FOR, SLICE, SLICE_EVERY
from guidance.store import keys
from tests.cast import Clock
from tests.edges import ACME
from tests.network.people import DEV, ROSTER, ticket

NIGHT = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
OFFICE = NIGHT.replace(hour=10)
CALLS_A_TICKET = 3
"""What a ticket costs at Zendesk: itself, a page of its comments, its people. Names of groups and organizations are kept."""


class Helpdesk:
    def __init__(self, count):
        self.count = count
        self.fetched = []
        self.ranks = []
        self.trouble = None
        self.troubled = [str(number) for number in range(count + 1)]

    def colleagues(self):
        self.ranks.append(who_asks().rank)
        return ROSTER.colleagues

    def recent_tickets(self, count):
        return [str(number) for number in range(self.count, 0, -1)][:count]

    def fetch_conversation(self, ticket_id):
        if self.trouble and ticket_id in self.troubled:
            raise self.trouble
        self.fetched.append(ticket_id)
        case = ticket(
            ticket_id,
            "customer: The ribbon is blank.",
            "agent 21: Flip the cartridge.",
            status=Status.SOLVED,
            assignee=DEV,
        )
        return Snapshot(conversation=case.conversation, updated_at=NIGHT)


@pytest.fixture
def clock():
    return Clock(NIGHT)


@pytest.fixture
def gathering(store, clock):
    store.put_account(ACME)

    def made(count):
        helpdesk = Helpdesk(count)
        return helpdesk, Gatherer(store, lambda _: helpdesk, clock)

    return made


def test_an_account_s_agents_are_listed_without_our_own(gathering, store):
    _, gatherer = gathering(0)
    gatherer.run_if_due(ACME)
    assert store.roster(ACME.id).colleagues == ROSTER.colleagues


def test_agents_are_listed_beside_the_tickets_that_changed_since_without_them_nobody_may_see_anything(gathering):
    helpdesk, gatherer = gathering(0)
    gatherer.run_if_due(ACME)
    assert helpdesk.ranks == [Rank.CHANGED]


def test_agents_that_can_not_be_listed_are_asked_for_again_after_a_rest(gathering, store):
    helpdesk, gatherer = gathering(0)
    helpdesk.colleagues = Mock(side_effect=HeldBackError("used up", retry_after=20.0))
    for _ in range(2):
        gatherer.run_if_due(ACME)
    assert helpdesk.colleagues.call_count == 1
    assert 0 < store.client.ttl(keys.value(f"gathering:roster:{ACME.id}")) <= RESTS_FOR


def test_a_new_account_is_gathered_at_once_in_office_hours_too_and_only_cards_are_kept(gathering, clock, store):
    clock.now = OFFICE
    helpdesk, gatherer = gathering(5)
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == ["5", "4", "3", "2", "1"]
    assert store.unknown(ACME.id, ["1", "5"]) == []
    assert not list(store.cases(ACME.id, count=10))
    gatherer.run_if_due(ACME)
    assert len(helpdesk.fetched) == 5


def test_what_a_night_does_not_get_through_goes_on_by_day(gathering, clock, store):
    helpdesk, gatherer = gathering(BURST + SLICE)
    gatherer.run_if_due(ACME)
    clock.now = OFFICE
    store.release(f"gathering:slice:{ACME.id}")
    gatherer.run_if_due(ACME)
    assert len(helpdesk.fetched) == BURST + SLICE


def test_an_account_of_two_hundred_calls_a_minute_lends_60_at_first_and_45_a_minute_from_then_on(gathering, store):
    assert (BURST * CALLS_A_TICKET, SLICE * CALLS_A_TICKET * 60 / SLICE_EVERY) == (60, 45)
    helpdesk, gatherer = gathering(1_000)
    for _ in range(3):
        gatherer.run_if_due(ACME)
    assert len(helpdesk.fetched) == BURST
    assert SLICE_EVERY < store.client.ttl(keys.value(f"gathering:slice:{ACME.id}")) <= BURST_LASTS == 60
    store.release(f"gathering:slice:{ACME.id}")
    for _ in range(3):
        gatherer.run_if_due(ACME)
    assert len(helpdesk.fetched) == BURST + SLICE
    assert 0 < store.client.ttl(keys.value(f"gathering:slice:{ACME.id}")) <= SLICE_EVERY


def test_trouble_keeps_the_rest_on_the_list(gathering, store):
    helpdesk, gatherer = gathering(5)
    helpdesk.trouble = HelpdeskError("slow down", status=429, retry_after=5)
    gatherer.run_if_due(ACME)
    helpdesk.trouble = None
    assert gatherer.bring_cards(ACME, 10) == 5


def test_a_night_that_can_not_begin_is_begun_after_a_rest(gathering, clock, store):
    helpdesk, gatherer = gathering(BURST)
    helpdesk.recent_tickets, listed = Mock(side_effect=HelpdeskError("in trouble", status=503)), helpdesk.recent_tickets
    gatherer.run_if_due(ACME)
    helpdesk.recent_tickets = listed
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == []
    assert 0 < store.client.ttl(keys.value(f"gathering:night:{ACME.id}")) <= RESTS_FOR
    store.release(f"gathering:night:{ACME.id}")
    gatherer.run_if_due(ACME)
    assert len(helpdesk.fetched) == BURST


def test_what_is_gone_meanwhile_is_passed_over(gathering):
    helpdesk, gatherer = gathering(2)
    helpdesk.trouble = HelpdeskError("gone", status=404, permanent=True)
    gatherer.run_if_due(ACME)
    assert gatherer.bring_cards(ACME, 10) == 0


def test_by_day_an_account_that_was_gathered_is_left_alone(gathering, clock, store):
    helpdesk, gatherer = gathering(1)
    gatherer.run_if_due(ACME)
    store.release(f"gathering:night:{ACME.id}")
    helpdesk.count, clock.now = 3, NIGHT + timedelta(hours=10)
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == ["1"]
    clock.now = NIGHT + timedelta(hours=24)
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == ["1", "3", "2"]


@pytest.mark.parametrize(
    "trouble",
    [
        HelpdeskError("our user may not", permanent=True, status=403),
        HelpdeskError("gone", permanent=True, status=410),
    ],
    ids=["closed to us", "gone"],
)
def test_a_ticket_that_can_not_be_read_keeps_none_of_the_others_waiting(gathering, trouble):
    helpdesk, gatherer = gathering(5)
    helpdesk.trouble, helpdesk.troubled = trouble, ["4"]
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == ["5", "3", "2", "1"]
    assert gatherer.bring_cards(ACME, BURST) == 0


def test_a_ticket_whose_answer_is_broken_waits_behind_the_others(gathering):
    helpdesk, gatherer = gathering(5)
    helpdesk.trouble, helpdesk.troubled = HelpdeskError("an answer of another shape"), ["4"]
    gatherer.run_if_due(ACME)
    assert helpdesk.fetched == ["5"]
    with pytest.raises(HelpdeskError):
        gatherer.bring_cards(ACME, BURST)
    assert helpdesk.fetched == ["5", "3", "2", "1"]
    helpdesk.trouble = None
    assert gatherer.bring_cards(ACME, BURST) == 1


def test_credentials_that_are_refused_cost_no_ticket_its_place(gathering):
    helpdesk, gatherer = gathering(3)
    helpdesk.trouble = HelpdeskError("not accepted any more", permanent=True, status=401)
    gatherer.run_if_due(ACME)
    helpdesk.trouble = None
    gatherer.bring_cards(ACME, BURST)
    assert sorted(helpdesk.fetched) == ["1", "2", "3"]
