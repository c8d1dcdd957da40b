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
    voted(store, TODAY, agents=1)
    assert store.votes(account, since=days_ago(30)) == {RULE: (3, 0, 2)}
    assert store.client.hlen(keys.votes(account, RULE)) == 3
    keep_noise_limit(store, NOW + timedelta(days=1))
    assert store.client.hlen(keys.votes(account, RULE)) == 1


def test_a_look_at_the_votes_goes_through_no_other_keys(store, account):
    voted(store, TODAY)
    store.client.config_resetstat()
    keep_noise_limit(store, NOW)
    assert "cmdstat_scan" not in store.client.info("commandstats")


def test_which_rules_were_voted_on_is_known_as_long_as_their_votes(store, account):
    voted(store, days_ago(20))
    voted(store, days_ago(30))
    assert list(store.votes(account, since=days_ago(25))) == [RULE]
    assert store.votes(account, since=days_ago(10)) == {}
    assert not store.client.exists(keys.voted(account))


def test_an_account_that_leaves_takes_along_which_rules_were_voted_on(store, account):
    voted(store, TODAY)
    store.wipe(account)
    assert (store.holds_of(account), store.client.exists(keys.voted(account))) == (False, 0)
