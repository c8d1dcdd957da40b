"""What `connect` finds in Freshdesk, and says to the admin."""

from __future__ import annotations

import json

import pytest

from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.setup import Setup
from tests.contracts.scripted import FreshdeskScripted

OWN = {"2": ["Open", "Being processed"], "9": ["Waiting on Warehouse", "Being processed"], "11": "In transit"}


@pytest.fixture
def freshdesk(mock):
    played = FreshdeskScripted(mock)
    played.on("GET", r"automations/\d/rules", lambda _: (200, {}, "[]"))
    played.on("GET", "ticket_fields", lambda _: (200, {}, json.dumps([{"name": "status", "choices": OWN}])))
    return played


def setup(freshdesk, **statuses):
    return Setup(FreshdeskApi(freshdesk.account), "https://guidance.example.com/hook", statuses=statuses)


def test_statuses_of_the_accounts_own_are_named_with_their_numbers_as_far_as_nothing_maps_them(freshdesk):
    (told,) = setup(freshdesk).obstacles()
    assert "Waiting on Warehouse (9), In transit (11)" in told
    (told,) = setup(freshdesk, **{"waiting on Warehouse": "on_hold"}).obstacles()
    assert ": In transit (11) " in told
    assert list(setup(freshdesk, **{"9": "on_hold", "In transit": "pending"}).obstacles()) == []


def test_business_hours_of_another_shape_stop_no_connection(freshdesk):
    freshdesk.on("GET", "business_hours", lambda _: (200, {}, '[{"business_hours": "always"}]'))
    assert setup(freshdesk).hours() is None
