"""When what a rule proposes falls due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.hints.proposing import propose
from guidance.model import Evidence, Moment
from guidance.rules import Fired, Situation, shipped_rulebook
from guidance.rules.schema import Proposal
from tests.cast import NOW, RANA, case, rana_says

BOOK = shipped_rulebook()


def test_business_hours_pass_where_the_account_is_open_and_not_where_the_customer_is():
    known = case()
    in_tokyo = replace(known.conversation, requester=replace(RANA, time_zone="Asia/Tokyo"))
    wanted = Proposal(what=("Call Rana",), after=3, unit="business_hours")
    rule = replace(next(iter(BOOK.rules.values())), follow_up=wanted)
    situation = Situation(replace(known, conversation=in_tokyo), Moment.CUSTOMER, NOW, ear=BOOK.ear)
    proposed = propose(Fired(rule=rule, evidence=()), situation)
    assert proposed.due_at == datetime(2026, 3, 4, 18, 15, tzinfo=UTC)
    assert proposed.due_at.utcoffset().total_seconds() == 9 * 3600


def of_the_day(text):
    """What a rule proposes that found words in what Rana wrote, for the day that she names there."""
    wanted = Proposal(what=("Wish them well",), after=0, unit="days", from_named_day=True)
    rule = replace(next(iter(BOOK.rules.values())), follow_up=wanted)
    wrote = replace(case().conversation, comments=(rana_says(text).comment,))
    situation = Situation(replace(case(), conversation=wrote), Moment.CUSTOMER, NOW, ear=BOOK.ear)
    return propose(Fired(rule=rule, evidence=(Evidence(where="comment:1", start=0, end=5, text=text[:5]),)), situation)


@pytest.mark.parametrize("text", ["My birthday is on Friday.", "My phone has died, and my birthday is on Friday."])
def test_a_good_day_that_is_named_may_be_kept(text):
    assert of_the_day(text).due_at.date() == (NOW + timedelta(days=2)).date()


@pytest.mark.parametrize(
    "text",
    [
        "The funeral is on Friday.",
        "Her birthday is on Friday, but she has died.",
        "I can't come: my surgery is on Friday.",
        "My dad is in hospital. My birthday is on Friday, by the way.",
        "My dad is dying, and it's his birthday on Friday.",
        "My brother has motor neurone disease; his birthday is on Friday.",
        "My son is ill and his birthday is on Friday.",
    ],
)
def test_a_day_in_illness_or_mourning_is_never_kept_whatever_a_rule_says(text):
    assert of_the_day(text) is None
