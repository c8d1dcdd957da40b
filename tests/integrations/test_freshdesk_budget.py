"""Freshdesk's calls keep to the bucket that all processes share; a limit of one door is that door's alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

from guidance.errors import HeldBackError, HelpdeskError
from guidance.integrations import connect
from guidance.integrations.budget import within
from guidance.integrations.freshdesk.counting import count_of
from guidance.ports import CallCount, TaskRequest
from tests.contracts.desk import DeskServer

SINCE = datetime.now(UTC) - timedelta(days=1)
TASK = TaskRequest(
    follow_up_id="s3-f1",
    account="freshdesk:demo",
    ticket_id="318",
    subject="Call Rana",
    body="You promised a call.",
    due_at=datetime.now(UTC) + timedelta(days=1),
    assignee_id=None,
)


@pytest.fixture
def desk():
    """One that lists tickets once a minute."""
    with DeskServer(ticket_lists=1) as served:
        yield served


@pytest.fixture
def workers(desk, store):
    """Two processes with one account."""
    account = desk.accounts["freshdesk"]
    return [within(connect(account), store, account, lambda: datetime.now(UTC)) for _ in range(2)]


def test_a_list_that_is_refused_by_its_own_limit_keeps_nobody_from_tickets_and_tasks(workers):
    with pytest.raises(HelpdeskError) as slow:
        workers[0].changes(since=SINCE)
    assert not isinstance(slow.value, HeldBackError)
    assert (slow.value.status, 0 < slow.value.retry_after <= 60) == (429, True)
    for worker in workers:
        assert worker.fetch_conversation("318").conversation.comments
    assert workers[1].create_task(TASK).task_id


def answer(status=200, **told):
    made = requests.Response()
    made.status_code = status
    made.headers.update({name.replace("_", "-"): value for name, value in told.items()})
    return made


LEFT = {"X_RateLimit_Total": "400", "X_RateLimit_Remaining": "340"}
NONE_LEFT = LEFT | {"X_RateLimit_Remaining": "0"}


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (answer(**LEFT), CallCount(total=400, remaining=340)),
        (answer(**LEFT, X_RateLimit_Used_CurrentRequest="3"), CallCount(total=400, remaining=340, extra=2)),
        (answer(429, Retry_After="45", **LEFT), CallCount(total=400, remaining=340)),
        (answer(429, Retry_After="45", **NONE_LEFT), CallCount(total=400, remaining=0, held_for=45.0)),
        (answer(429, Retry_After="45"), CallCount(held_for=45.0)),
        (answer(429), CallCount(held_for=1.0)),
    ],
    ids=["usual", "with what is included", "429 of one door", "429 of the account", "429 without a count", "429 alone"],
)
def test_freshdesks_headers_are_read_as_they_are_meant(given, count):
    assert count_of(given) == count
