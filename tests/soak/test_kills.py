"""What was answered 200 is worked once, whoever is killed meanwhile; and two workers end where one would have ended."""

from __future__ import annotations

import os
import random
import signal
import threading
import time

import msgspec
import pytest
from msgspec.structs import replace

from guidance.model import SHARDS, CommentAdded, TicketKey
from guidance.ports import Arrival
from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.cast import NOW, amir_says, rana_says, times_saved
from tests.edges import ACME, comment_added, signed
from tests.serving.test_serve import running, until

TICKETS = 25


def soak(*sizes):
    """The small size always runs, the large one in `make soak`."""
    small, large = sizes
    return [pytest.param(*small, id="small"), pytest.param(*large, id="soak", marks=pytest.mark.soak)]


def post(service, number, accepted):
    """Post one webhook until it is answered 200, as a helpdesk that is told to try again does."""
    body = comment_added(
        ticket_id=str(1000 + number % TICKETS), event_id=f"ev-{number}", text=f"Message {number}, where is it?"
    )
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at:
        try:
            status, _ = service.request("POST", "/webhooks/zendesk/acme", body, signed(body))
        except OSError:
            status = 0
        if status == 200:
            accepted.append(number)
            return
        time.sleep(0.05)


def kill_in_turn(service, times, done):
    """Kill worker and store with -9, one after the other, `times` in all."""
    killed = 0
    while killed < times and not done.is_set():
        name = ("worker", "store")[killed % 2]
        try:
            os.kill(service.pid(name), signal.SIGKILL)
            killed += 1
        except ProcessLookupError:
            pass
        done.wait(0.4)
    return killed


def cases(service):
    with service.store() as store:
        found = [store.load(TicketKey(ACME.id, str(1000 + number))) for number in range(TICKETS)]
    return [case for case in found if case is not None]


def is_worked_off(service):
    try:
        with service.store() as store:
            return store.waiting() == 0
    except Exception:
        return False


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("webhooks", "kills"), soak((60, 4), (500, 20)))
def test_each_accepted_webhook_is_worked_and_none_twice(tmp_path, webhooks, kills):
    accepted, done, killed = [], threading.Event(), []
    with running(tmp_path) as service:
        killer = threading.Thread(target=lambda: killed.append(kill_in_turn(service, kills, done)))
        killer.start()
        for number in range(webhooks):
            post(service, number, accepted)
            time.sleep(kills * 0.4 / webhooks)
        killer.join(120)
        done.set()
        until(lambda: is_worked_off(service), within=90)
        folded = until(lambda: _read(service), within=30)
    comments = [comment.id for case in folded for comment in case.conversation.comments]
    print(f"\n{len(accepted)} accepted, {killed[0]} killed, {len(comments)} in cases")
    assert killed == [kills]
    assert sorted(comments) == sorted(f"c-ev-{number}" for number in accepted)
    assert sum(times_saved(case) for case in folded) == len(accepted)


def _read(service):
    try:
        return cases(service)
    except Exception:
        return []


def interleaved(count, seed):
    """Events of ten tickets, both sides writing, shuffled together."""
    rng = random.Random(seed)
    events = []
    for number in range(count):
        says = rana_says if rng.random() < 0.6 else amir_says
        event = says(
            f"Message {number}. I'll call you tomorrow at 3pm." if says is amir_says else f"Message {number}?",
            number % 60 + 1,
        )
        key = TicketKey(ACME.id, str(number % 10))
        comment = replace(event.comment, id=str(10_000 + number))
        events.append(CommentAdded(key=key, event_id=f"e{number}", at=event.at, comment=comment))
    rng.shuffle(events)
    return events


def fold_with(store, workers, events):
    """Let so many workers fold the events at once; the cases they end with."""
    for event in events:
        body = msgspec.json.encode(event)
        store.accept(
            Arrival(
                account=ACME.id,
                kind="event",
                body=body,
                received_at=NOW,
                ticket_id=event.key.ticket_id,
                mark=event.event_id,
            )
        )
    made = [Worker(store, shipped_rulebook, clock=lambda: NOW, connect=lambda _account: None) for _ in range(workers)]
    threads = [threading.Thread(target=_drain, args=(store, worker, f"w{n}")) for n, worker in enumerate(made)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [store.load(TicketKey(ACME.id, str(number))) for number in range(10)]


def _drain(store, worker, name):
    idle = 0
    while idle < 3:
        found = [entry for shard in range(SHARDS) for entry in store.claim(shard, name, count=4)]
        for entry in found:
            worker.work(entry)
        idle = 0 if found else idle + 1


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("count",), soak((150,), (1_000,)))
def test_two_workers_end_in_the_same_state_as_one(store, count):
    events = interleaved(count, seed=count)
    store.put_account(ACME)
    alone = fold_with(store, 1, events)
    store.client.flushall()
    store.put_account(ACME)
    together = fold_with(store, 2, events)
    assert list(map(times_saved, together)) == list(map(times_saved, alone))
    for one, other in zip(alone, together, strict=True):
        assert other.conversation == one.conversation
        assert other.readings == one.readings
        assert sorted(other.promised) == sorted(one.promised)
        assert {f.id for f in other.follow_ups} == {f.id for f in one.follow_ups}
