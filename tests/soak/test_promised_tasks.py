"""Ten thousand promises, workers killed with -9 fifty times, a helpdesk that fails three calls in ten: exactly one task each."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.followups import effects_of
from guidance.followups.plan import follow_up_id, timed
from guidance.model import AccountSettings, FollowUp, FollowUpState, TicketKey
from tests.edges import ACME
from tests.soak.test_kills import soak
from tests.soak.weather import Weather

BRISK = {
    "lease": 6.0,
    "start_within": 1.0,
    "looks_within": 1.0,
    "call_ends_within": 3.5,
    "unclear_wait": 2.5,
    "time_out": 0.5,
}
USUAL = {"time_out": 1.0}
"""The product's own times, but for the call's time-out: the helpdesk still commits up to ten seconds after it."""


def plan(store, count):
    """So many promises on as many tickets, grace over, as the pipeline saves them."""
    now = datetime.now(UTC)
    for number in range(count):
        key = TicketKey(ACME.id, str(100_000 + number))
        case = replace(empty_case(key), settings=AccountSettings(grace_for=0))
        fresh = FollowUp(
            id=follow_up_id(key, "1", "I'll call"),
            account=key.account,
            ticket_id=key.ticket_id,
            comment_id="1",
            words="I'll call you tomorrow",
            owner_id="12",
            noted_at=now,
        )
        planned = replace(case, follow_ups=(timed(fresh, now + timedelta(days=2), "time", case, now),))
        assert store.save(planned, tuple(effects_of(case, planned, None, now)), now=now)


class Workers:
    """Worker processes, one of which is killed from time to time; another takes its place."""

    def __init__(self, count, *arguments):
        self.command = [sys.executable, "-m", "tests.soak.weather", *arguments]
        self.running = [self.start() for _ in range(count)]
        self.rng = random.Random(7)

    def start(self):
        return subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_one(self):
        place = self.rng.randrange(len(self.running))
        os.kill(self.running[place].pid, signal.SIGKILL)
        self.running[place].wait()
        self.running[place] = self.start()

    def end(self):
        for one in self.running:
            one.kill()
            one.wait()


def still_to_make(store, count):
    """Promises whose task is not known yet."""
    found = store.follow_ups(ACME.id, count=count)
    return [one for one in found if one.state is not FollowUpState.TASK_MADE]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("count", "kills", "every", "late", "timing"),
    soak((60, 2, 3.0, 2.0, BRISK), (10_000, 50, 6.0, 10.0, USUAL)),
)
def test_every_promise_has_exactly_one_task(valkey, store, count, kills, every, late, timing):
    store.put_account(replace(ACME, settings={"grace_for": 0}))
    plan(store, count)
    began = time.monotonic()
    with Weather(0.3, timing["time_out"], late) as weather:
        workers = Workers(2, valkey.url, weather.url, msgspec.json.encode(timing).decode())
        try:
            for _ in range(kills):
                time.sleep(every)
                workers.kill_one()
            until = time.monotonic() + 1500
            while (left := still_to_make(store, count)) and time.monotonic() < until:
                time.sleep(0.5)
        finally:
            workers.end()
    seconds = time.monotonic() - began
    print(f"\n{count} promises, {kills} kills, {weather.failed} of {weather.calls} calls failed, {seconds:.0f} s")
    assert left == []
    assert len(weather.made) == count
    assert {name: times for name, times in weather.made.items() if times != 1} == {}
    assert store.failures() == []
