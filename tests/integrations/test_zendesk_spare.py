"""What can wait takes its share of an account's calls in Zendesk and no more; what can't wait never notices."""

from __future__ import annotations

import pytest

from guidance.errors import HeldBackError
from guidance.integrations.budget import Asking, Rank, asking
from guidance.integrations.zendesk.oauth import Tokens
from guidance.integrations.zendesk.session import ZendeskSession
from guidance.integrations.zendesk.spare import SpareCalls
from guidance.ports import Account

ACCOUNT = Account(id="zendesk:acme", base_url="https://acme.example", secrets={"token": "T0KEN"})


class Monotonic:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Monotonic()


@pytest.fixture
def calls(seconds):
    return SpareCalls(ACCOUNT, monotonic=seconds)


def told(left, total=700, resets=23):
    return {"ratelimit-limit": str(total), "ratelimit-remaining": str(left), "ratelimit-reset": str(resets)}


def test_a_call_in_spare_time_is_held_back_until_the_minute_is_over(calls, seconds):
    calls.hear(told(left=350))
    with asking(Asking(rank=Rank.SPARE)):
        with pytest.raises(HeldBackError) as held:
            calls.await_turn()
        assert held.value.retry_after == 23
        seconds.now += 23
        calls.await_turn()


def test_whoever_can_wait_is_let_through_when_the_wait_is_over(calls, seconds):
    calls.hear(told(left=10))
    waited = []

    def wait(so_long):
        waited.append(so_long)
        seconds.now += so_long
        return False

    with asking(Asking(rank=Rank.SPARE, wait=wait)):
        calls.await_turn()
    assert waited == [23]


@pytest.mark.parametrize("rank", [Rank.OPEN, Rank.CHANGED])
def test_what_can_t_wait_goes_at_once(calls, rank):
    calls.hear(told(left=0))
    with asking(Asking(rank=rank)):
        calls.await_turn()


@pytest.mark.parametrize(
    "headers",
    [told(left=351), {}, {"x-rate-limit": "700"}, {"x-rate-limit": "many", "x-rate-limit-remaining": "0"}],
    ids=["more than half", "nothing", "half of it", "no number"],
)
def test_nothing_is_held_back_where_enough_is_left_or_nothing_is_known(calls, headers):
    calls.hear(headers)
    with asking(Asking(rank=Rank.SPARE)):
        calls.await_turn()


def test_the_older_headers_tell_it_too_and_then_a_minute_is_waited(calls):
    calls.hear({"x-rate-limit": "200", "x-rate-limit-remaining": "100"})
    with asking(Asking(rank=Rank.SPARE)), pytest.raises(HeldBackError) as held:
        calls.await_turn()
    assert held.value.retry_after == 60


def test_a_session_hears_it_with_every_answer_and_then_makes_no_call_in_spare_time(mock):
    answered = mock.add("GET", "https://acme.example/api/v2/users/me", json={"user": {}}, headers=told(left=200))
    session = ZendeskSession(ACCOUNT, Tokens(ACCOUNT))
    session.read("users/me", dict)
    with asking(Asking(rank=Rank.SPARE)), pytest.raises(HeldBackError):
        session.read("users/me", dict)
    assert answered.call_count == 1
    session.read("users/me", dict)
    assert answered.call_count == 2
