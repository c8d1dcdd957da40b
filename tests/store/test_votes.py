"""Votes of the noise limit: those of the last thirty days count, and no others are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.dispatch.noise import keep_noise_limit
from guidance.model import CountRule
from guidance.store import keys
from tests.cast import NOW
from tests.edges import ACME

RULE = "three-as.acknowledge"
TODAY = NOW.date()


def days_ago(number):
    return TODAY - timedelta(days=number)


def voted(store, day, what="followed", agents=8):
    store.vote(
        ACME.id,
        [CountRule(day=f"{day}", group="", rule=RULE, what=what, agent_id=f"{number}") for number in range(agents)],
    )


@pytest.fixture
def account(store):
    store.put_account(ACME)
    return ACME.id


def test_months_of_praise_do_not_speak_for_a_rule_that_annoys_now(store, account):
    for number in range(120, 3, -1):
        voted(store, days_ago(number))
    for number in range(4):
        voted(store, days_ago(number), "dismissed:misread")
    assert keep_noise_limit(store, NOW) == [(account, RULE)]


def test_votes_are_counted_for_thirty_days_and_then_forgotten(store, account):
    voted(store, days_ago(31), agents=3)
    voted(store, days_ago(30), agents=2)
    assert store.votes(account, since=days_ago(30)) == {RULE: (2, 0, 2)}
    assert store.client.hlen(keys.votes(account, RULE)) == 2
    keep_noise_limit(store, NOW + timedelta(days=1))
    assert not store.client.exists(keys.votes(account, RULE))
    assert store.votes(account, since=days_ago(30)) == {}
