"""The calls that docs/freshdesk.md counts for lists and for a ticket, counted on the demo desk over real HTTP."""

from __future__ import annotations

import pytest

from guidance.integrations import connect
from tests.integrations.counted import Counted

TICKET = "318"


@pytest.fixture
def client(desk):
    return connect(desk.accounts["freshdesk"])


@pytest.fixture
def calls_of(desk, monkeypatch):
    return Counted(desk.accounts["freshdesk"], monkeypatch).calls_of


def test_a_ticket_costs_two_calls_and_one_for_each_person_name_and_hours_not_known_yet(client, calls_of):
    ticket = [f"tickets/{TICKET}", f"tickets/{TICKET}/conversations"]
    first = calls_of(lambda: client.fetch_conversation(TICKET))
    more = ["contacts/43000005", "groups/43005001", "agents/43000001", "business_hours"]
    assert sorted(first) == sorted([*ticket, *more])
    assert calls_of(lambda: client.fetch_conversation(TICKET)) == ticket


def test_the_roster_costs_one_call_for_groups_and_one_for_agents(client, calls_of):
    assert calls_of(client.colleagues) == ["groups", "agents"]


def test_canned_responses_cost_one_call_and_one_for_each_folder(client, calls_of):
    folders, *each = calls_of(client.approved_texts)
    assert folders == "canned_response_folders"
    assert each
    assert all(path.startswith("canned_response_folders/") and path.endswith("/responses") for path in each)


def test_a_list_of_less_than_a_hundred_recent_tickets_costs_one_call(client, calls_of):
    assert calls_of(lambda: client.recent_tickets(50)) == ["tickets"]
