"""The bucket of calls: never more than its share in any minute, a part for writes, and a queue that keeps its order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from guidance.ports import CallAsk

ACCOUNT = "freshdesk:acme"
START = datetime(2026, 3, 4, 12, tzinfo=UTC)
SHARE = 0.8


class Bucket:
    """The bucket of one account, under a clock that tests turn."""

    def __init__(self, store):
        self.store, self.now, self.taken = store, START, []

    def ask(self, credits_=1, *, floor=0.0, name="", order=0, since=None):
        ask = CallAsk(credits=credits_, floor=floor, share=SHARE, name=name, order=order, since=since)
        wait = self.store.spend(ACCOUNT, ask, now=self.now)
        if not wait:
            self.taken.append((self.now, credits_))
        return wait

    def hear(self, *, total=None, remaining=None, extra=0, held_for=0.0):
        self.store.hear(
            ACCOUNT, total=total, remaining=remaining, extra=extra, held_for=held_for, share=SHARE, now=self.now
        )

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


def test_a_bucket_too_small_for_one_fetch_still_gives_it_in_time(store):
    ask = CallAsk(credits=3, floor=0.5, share=0.05)
    assert store.spend(ACCOUNT, ask, now=START) == 0
    waits = [store.spend(ACCOUNT, ask, now=START + timedelta(seconds=s)) for s in range(0, 120, 5)]
    assert 0 in waits
