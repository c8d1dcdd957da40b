"""Whoever reads in the background never takes what an open ticket may need."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from guidance.errors import HeldBackError
from guidance.integrations.budget import PATIENCE, Asking, CallBudget, Rank, asking, in_spare_time
from guidance.ports import Account, CallCount
from tests.cast import NOW, Clock

BACKGROUND = Asking(rank=Rank.CHANGED)


class PatientClock(Clock):
    """Time that passes only while somebody waits."""

    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)
        return False


@pytest.fixture
def clock():
    return PatientClock()


@pytest.fixture
def budget(store, clock):
    account = Account(id="freshdesk:acme", base_url="http://127.0.0.1:1", config={"api_share": 0.8})
    made = CallBudget(store, account, clock, usual=50)
    made.hear(CallCount(total=50, remaining=50))
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


def written(budget):
    """How many writes the bucket still gives."""
    for taken in range(1_000):
        try:
            budget.spend(1, is_write=True)
        except HeldBackError:
            return taken
    return None


def test_calls_beyond_what_was_reserved_stop_where_the_part_of_open_tickets_begins(budget):
    with asking(BACKGROUND), budget.reserved(1):
        assert drained(budget) > 0
    with budget.reserved(3):
        budget.spend(1, is_write=False)


def test_an_open_ticket_that_was_begun_takes_three_calls_more_from_the_part_of_writes(budget, clock):
    drained(budget)
    clock.wait(7.5)  # three calls later
    with budget.reserved(3):
        for _ in range(6):
            budget.spend(1, is_write=False)
        with pytest.raises(HeldBackError):
            budget.spend(1, is_write=False)
    budget.spend(1, is_write=True)


def test_whoever_ran_out_on_the_way_reserves_more_and_comes_to_its_end(budget, clock):
    with asking(BACKGROUND):
        drained(budget)
    begun = 0
    with asking(Asking(rank=Rank.CHANGED, name="fetch:1", since=NOW)):
        while clock.now - NOW < timedelta(minutes=5):
            try:
                with budget.reserved(3):
                    begun += 1
                    for _ in range(13):
                        budget.spend(1, is_write=False)
                break
            except HeldBackError as error:
                clock.wait(error.retry_after)
    assert begun == 4


def test_a_reservation_that_is_more_than_the_bucket_holds_gives_back_what_was_not_called_and_no_more(budget):
    with budget.reserved(24):
        for _ in range(8):
            budget.spend(1, is_write=False)
    assert written(budget) == 16 - 8


def test_single_reads_in_the_background_leave_the_part_of_open_tickets_too(budget):
    with asking(BACKGROUND):
        assert drained(budget) > 0
    assert drained(budget) > 0


def test_single_reads_of_the_same_rank_come_to_their_end_beside_tickets_that_wait_without_end(budget, clock):
    def fetches(seconds):
        clock.wait(seconds)
        with suppress(HeldBackError), asking(Asking(rank=Rank.CHANGED, name="fetch:1", since=NOW)):
            while True:
                with budget.reserved(3):
                    for _ in range(3):
                        budget.spend(1, is_write=False)
        return clock.now - NOW > timedelta(minutes=2)

    fetches(0)
    with asking(Asking(rank=Rank.CHANGED, wait=fetches)):
        for _ in range(6):
            budget.spend(1, is_write=False)


def test_a_write_takes_what_no_read_may(budget):
    drained(budget)
    with asking(BACKGROUND):
        budget.spend(1, is_write=True)


def test_what_has_time_reads_only_while_the_bucket_is_nearly_full(budget):
    with asking(Asking(rank=Rank.SPARE)):
        spare = drained(budget)
    with asking(BACKGROUND):
        changed = drained(budget)
    assert (spare, changed) == (3, 3)


def test_what_has_time_waits_until_it_is_nobody_elses_turn_and_comes_to_its_end(budget, clock):
    with in_spare_time(clock.wait):
        for _ in range(60):
            budget.spend(1, is_write=False)
            with asking(BACKGROUND):
                budget.spend(1, is_write=False)
    assert timedelta(minutes=4) < clock.now - NOW < timedelta(minutes=6)


def test_what_has_time_gives_up_after_its_patience(budget, clock):
    budget.hear(CallCount(held_for=2 * PATIENCE))
    with in_spare_time(clock.wait), pytest.raises(HeldBackError):
        budget.spend(1, is_write=False)
    assert clock.now - NOW <= timedelta(seconds=PATIENCE)


def test_a_worker_that_stops_waits_for_no_call(budget):
    with in_spare_time(lambda _: True), pytest.raises(HeldBackError):
        while True:
            budget.spend(1, is_write=False)
