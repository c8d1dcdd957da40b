"""Zendesk's calls keep to the bucket that all processes share, fed by what Zendesk says with each answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

from guidance.errors import HeldBackError, HelpdeskError, StoreUnavailableError
from guidance.integrations import connect
from guidance.integrations.budget import Asking, Rank, asking, within
from guidance.integrations.zendesk.counting import count_of
from guidance.ports import Account, CallCount, TaskRequest
from tests.cast import NOW, Clock

BASE = "https://acme.example"
ACCOUNT = Account(id="zendesk:acme", base_url=BASE, secrets={"token": "T0KEN"})
GROUPS = f"{BASE}/api/v2/groups.json"
MADE = {"id": 9, "created_at": "2026-03-04T12:00:00Z", "updated_at": "2026-03-04T12:00:00Z", "status": "new"}
TASK = TaskRequest(
    follow_up_id="s3-f1",
    account=ACCOUNT.id,
    ticket_id="4821",
    subject="Call Rana",
    body="You promised a call.",
    due_at=NOW,
    assignee_id=None,
)


@pytest.fixture
def clock():
    return Clock(datetime(2026, 3, 4, 12, tzinfo=UTC))


@pytest.fixture
def workers(store, clock):
    """Two processes with one account."""
    return [within(connect(ACCOUNT), store, ACCOUNT, clock) for _ in range(2)]


def told(left, total=700, resets=23):
    return {"ratelimit-limit": str(total), "ratelimit-remaining": str(left), "ratelimit-reset": str(resets)}


def groups(mock, **told_of):
    return mock.add("GET", GROUPS, **{"json": {"groups": []}, **told_of})


def reads(workers):
    """How many reads both get through before one is held back."""
    done = 0
    while True:
        for worker in workers:
            try:
                worker._zenpy.groups()
            except HeldBackError:
                return done
            done += 1


def test_two_processes_together_take_no_more_than_the_share(workers, clock, mock):
    groups(mock, headers=told(left=190, total=200))
    done = reads(workers)
    for _ in range(59):
        clock.now += timedelta(seconds=1)
        done += reads(workers)
    assert 70 < done <= 100


def test_what_can_wait_stops_before_what_is_open_and_both_before_a_task(workers, mock):
    groups(mock, headers=told(left=690))
    made = mock.add("POST", f"{BASE}/api/v2/tickets.json", status=201, json={"ticket": MADE, "audit": {}})
    counted = []
    for rank in (Rank.SPARE, Rank.CHANGED, Rank.OPEN):
        with asking(Asking(rank=rank)):
            counted.append(reads(workers))
    assert all(counted)
    workers[0].create_task(TASK)
    assert made.call_count == 1


def test_what_one_is_told_to_wait_the_other_waits_too_and_sends_nothing(workers, clock, mock):
    refused = groups(mock, status=429, json={"error": "TooMany"}, headers={"Retry-After": "17"})
    with pytest.raises(HelpdeskError) as slow:
        workers[0].teams()
    assert (slow.value.status, slow.value.retry_after) == (429, 17)
    for act in (workers[1].teams, lambda: workers[1].create_task(TASK)):
        with pytest.raises(HeldBackError) as held:
            act()
        assert held.value.retry_after == 17
    assert refused.call_count == 1
    clock.now += timedelta(seconds=17.1)
    with pytest.raises(HelpdeskError):
        workers[1].teams()
    assert refused.call_count == 2


def test_a_limit_of_one_door_keeps_nobody_from_another(workers, mock):
    one_door = {"Retry-After": "468", "zendesk-ratelimit-per-ticket-updates": "total=30; remaining=0; resets=468"}
    mock.add("PUT", f"{BASE}/api/v2/tickets/4821/tags.json", status=429, json={}, headers=told(left=600) | one_door)
    groups(mock, headers=told(left=599))
    with pytest.raises(HelpdeskError) as slow:
        workers[0].add_tag("4821", "guidance_due_soon")
    assert slow.value.retry_after == 468
    assert reads(workers) > 0


def test_an_update_that_is_held_back_is_none_of_the_tickets_thirty(workers, clock, mock):
    groups(mock, headers=told(left=0, resets=5))
    updated = mock.add("PUT", f"{BASE}/api/v2/tickets/4821/tags.json", json={"tags": []}, headers=told(left=600))
    workers[0]._zenpy.groups()
    for _ in range(40):
        with pytest.raises(HeldBackError):
            workers[0].add_tag("4821", "guidance_due_soon")
    clock.now += timedelta(seconds=5.1)
    workers[0].add_tag("4821", "guidance_due_soon")
    assert updated.call_count == 1


def test_an_answer_is_not_lost_with_the_store_that_was_to_hear_of_it(workers, store, mock, monkeypatch):
    made = mock.add(
        "POST", f"{BASE}/api/v2/tickets.json", status=201, json={"ticket": MADE, "audit": {}}, headers=told(9)
    )

    def gone(*_args, **_told):
        raise StoreUnavailableError

    monkeypatch.setattr(store, "hear", gone)
    assert workers[0].create_task(TASK).task_id == "9"
    assert made.call_count == 1


def answer(status=200, **headers):
    made = requests.Response()
    made.status_code = status
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (answer(**told(left=7)), CallCount(total=700, remaining=7, resets_in=23)),
        (
            answer(rate_limit="700", rate_limit_remaining="9", rate_limit_reset="41"),
            CallCount(total=700, remaining=9, resets_in=41),
        ),
        (answer(x_rate_limit="200", x_rate_limit_remaining="100"), CallCount(total=200, remaining=100)),
        (answer(x_rate_limit="many"), CallCount()),
        (answer(429), CallCount(held_for=1.0)),
        (answer(429, Retry_After="30", **told(left=0)), CallCount(total=700, remaining=0, resets_in=23, held_for=30.0)),
        (answer(429, Retry_After="30", **told(left=5)), CallCount(total=700, remaining=5, resets_in=23)),
        (
            answer(429, Retry_After="40", Zendesk_RateLimit_tickets_index="total=100; remaining=0; resets=40"),
            CallCount(),
        ),
    ],
    ids=["2025", "2023", "older", "no number", "429", "429 of the account", "429 with calls left", "429 of one door"],
)
def test_zendesks_headers_are_read_as_they_are_meant(given, count):
    assert count_of(given) == count
