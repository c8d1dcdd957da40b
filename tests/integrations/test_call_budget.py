"""Whoever reads in the background never takes what an open ticket may need."""

from __future__ import annotations

import pytest

from guidance.errors import HeldBackError
from guidance.integrations.budget import Asking, CallBudget, asking
from guidance.ports import Account
from tests.cast import NOW

BACKGROUND = Asking(is_open=False)


@pytest.fixture
def budget(store):
    account = Account(id="freshdesk:acme", base_url="http://127.0.0.1:1", config={"api_share": 0.8})
    made = CallBudget(store, account, lambda: NOW)
    made.hear({"X-RateLimit-Total": "50", "X-RateLimit-Remaining": "50"}, taken=1)
    return made


def drained(budget):
    """How many single reads the bucket gives until it holds the next one back."""
    taken = 0
    while True:
        try:
            budget.spend(1, is_write=False)
        except HeldBackError:
            return taken
        taken += 1


def test_calls_beyond_what_was_reserved_stop_where_the_part_of_open_tickets_begins(budget):
    with asking(BACKGROUND), budget.reserved(1):
        assert drained(budget) > 0
    with budget.reserved(3):
        budget.spend(1, is_write=False)


def test_single_reads_in_the_background_leave_the_part_of_open_tickets_too(budget):
    with asking(BACKGROUND):
        assert drained(budget) > 0
    assert drained(budget) > 0


def test_a_write_takes_what_no_read_may(budget):
    drained(budget)
    with asking(BACKGROUND):
        budget.spend(1, is_write=True)
