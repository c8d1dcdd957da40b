"""The bucket of calls: never more than its share in any minute, a part for writes, and a queue that keeps its order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from guidance.ports import CallAsk, CallCount

ACCOUNT = "freshdesk:acme"
START = datetime(2026, 3, 4, 12, tzinfo=UTC)
SHARE = 0.8


class Bucket:
    """The bucket of one account, under a clock that tests turn. `ahead`: by how many seconds the one of whoever asks is ahead of it."""

    def __init__(self, store):
        self.store, self.now, self.taken, self.ahead = store, START, [], 0

    def ask(self, credits_=1, *, floor=0.0, **told):
        ask = CallAsk(credits=credits_, floor=floor, share=SHARE, usual=50, **told)
        wait = self.store.spend(ACCOUNT, ask, now=self.now + timedelta(seconds=self.ahead))
        if not wait:
            self.taken.append((self.now, credits_))
        return wait

    def hear(self, **told):
        self.store.hear(ACCOUNT, CallCount(**told), share=SHARE, now=self.now)

    def forward(self, seconds):
        self.now += timedelta(seconds=seconds)

    def drain(self):
        while not self.ask():
            pass

    def most_in_a_minute(self):
        return max(
            sum(credits_ for at, credits_ in self.taken if start <= at < start + timedelta(minutes=1))
            for start, _ in self.taken
        )


@pytest.fixture
def bucket(store):
    return Bucket(store)


def test_no_minute_sees_more_than_the_share(bucket):
    for _ in range(1800):
        while not bucket.ask():
            pass
        bucket.forward(0.1)
    assert 36 <= bucket.most_in_a_minute() <= 40


@pytest.mark.parametrize("ahead", [1, 2])
def test_no_minute_sees_more_where_a_second_machine_has_a_clock_that_is_ahead(bucket, ahead):
    for _ in range(360):
        for bucket.ahead in (0, ahead):
            while not bucket.ask():
                pass
        bucket.forward(0.5)
    assert 36 <= bucket.most_in_a_minute() <= 40


def test_a_clock_that_was_an_hour_ahead_for_a_moment_keeps_nobody_waiting_for_that_hour(bucket):
    bucket.ahead = 3600
    bucket.drain()
    bucket.ahead = 0
    bucket.ask()
    bucket.forward(10)
    assert bucket.ask(3) == 0


def test_the_wait_told_is_the_wait_needed(bucket):
    bucket.drain()
    wait = bucket.ask(3)
    bucket.forward(wait + 0.01)
    assert bucket.ask(3) == 0


def test_reads_leave_a_part_for_writes(bucket):
    reads = 0
    while not bucket.ask(floor=0.3):
        reads += 1
    writes = 0
    while not bucket.ask():
        writes += 1
    assert (reads, writes) == (11, 5)


def test_what_came_first_goes_first_however_late_it_asks(bucket):
    bucket.drain()
    early, late = START - timedelta(seconds=9), START - timedelta(seconds=1)
    assert bucket.ask(3, name="late", order=1, since=late) > 0
    assert bucket.ask(3, name="early", order=1, since=early) > 0
    bucket.forward(9)
    assert bucket.ask(3, name="late", order=1, since=late) > 0
    assert bucket.ask(3, name="early", order=1, since=early) == 0
    bucket.forward(9)
    assert bucket.ask(3, name="late", order=1, since=late) == 0


def test_what_is_open_in_a_sidebar_goes_before_all_that_waits(bucket):
    bucket.drain()
    assert bucket.ask(3, name="old", order=1, since=START - timedelta(hours=1)) > 0
    assert bucket.ask(3, name="open", order=0, since=START) > 0
    bucket.forward(9)
    assert bucket.ask(3, name="old", order=1, since=START - timedelta(hours=1)) > 0
    assert bucket.ask(3, name="open", order=0, since=START) == 0


def test_whoever_left_the_queue_holds_nobody_up(bucket):
    bucket.drain()
    assert bucket.ask(3, name="gone", order=0, since=START) > 0
    bucket.forward(60)
    assert bucket.ask(3, name="here", order=1, since=START) == 0


def test_a_long_queue_is_served_in_its_order_and_at_its_pace_by_whoever_asks_as_seldom_as_they_are_told(bucket):
    bucket.drain()
    asks_at = dict.fromkeys(range(200), START)
    served, asked = [], 0
    while asks_at:
        number = min(asks_at, key=lambda one: (asks_at[one], one))
        bucket.now = max(bucket.now, asks_at[number])
        asked += 1
        wait = bucket.ask(3, name=f"{number}", order=1, since=START - timedelta(seconds=200 - number))
        if wait:
            asks_at[number] = bucket.now + timedelta(seconds=wait)
        else:
            served.append(number)
            del asks_at[number]
    assert served == sorted(served)
    assert bucket.now - START < timedelta(minutes=1.1 * 200 * 3 / 24)
    assert asked < 200 * 12


def test_what_was_not_needed_comes_back(bucket):
    bucket.drain()
    assert bucket.ask(-4) == 0
    assert bucket.ask(4) == 0


def test_the_helpdesks_own_count_is_heard(bucket):
    bucket.ask()
    bucket.hear(total=500)
    taken = 1
    while not bucket.ask():
        taken += 1
    assert taken == 160
    bucket.forward(60)
    bucket.ask()
    bucket.hear(remaining=3)
    assert bucket.ask(4) > 0


def test_being_told_to_wait_holds_everybody(bucket):
    bucket.ask()
    bucket.hear(held_for=20)
    assert bucket.ask() == 20
    bucket.forward(20.1)
    assert bucket.ask() == 0


def test_what_has_days_waits_while_others_have_used_their_part_too(bucket):
    bucket.hear(total=700, remaining=139, resets_in=23)
    assert bucket.ask(spare=True) == 23
    assert bucket.ask() == 0
    bucket.forward(23.1)
    assert bucket.ask(spare=True) == 0


def test_what_has_days_goes_as_long_as_others_leave_us_our_part(bucket):
    bucket.hear(total=700, remaining=139)
    assert bucket.ask(spare=True) == 30
    bucket.hear(total=700, remaining=141)
    assert bucket.ask(spare=True) == 0


def test_when_nothing_is_left_to_anybody_all_wait_until_it_is_there_again(bucket):
    bucket.hear(total=700, remaining=0, resets_in=12)
    assert bucket.ask() == 12
    bucket.forward(12.1)
    assert bucket.ask() == 0


def test_a_bucket_too_small_for_one_fetch_still_gives_it_in_time(store):
    ask = CallAsk(credits=3, floor=0.5, share=0.05, usual=50)
    assert store.spend(ACCOUNT, ask, now=START) == 0
    waits = [store.spend(ACCOUNT, ask, now=START + timedelta(seconds=s)) for s in range(0, 120, 5)]
    assert 0 in waits
