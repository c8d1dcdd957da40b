"""A customer who tells that what was promised has come keeps the promise for us."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.followups.shown import received
from tests.cast import NOW, amir_says, rana_says
from tests.followups.story import CALL, DUE, S, Story

INVOICE = "I'll email you the invoice by tomorrow noon"
REFUND = "I'll refund the second payment by Friday"
QUOTE = "I'll send you the quote by tomorrow noon"
CHARGER = "we'll send you a new charger by Friday"
SHIP = "I'll ship the replacement tomorrow"

HAS_COME = [
    (INVOICE, "The invoice has arrived, thank you."),
    (REFUND, "I've got the money, thanks a lot."),
    (QUOTE, "I've received the quote, thanks."),
    (CHARGER, "The charger came today, thank you!"),
    (INVOICE, "Got the invoice, many thanks!"),
    (REFUND, "Money's in, thank you, all good now!"),
    (SHIP, "Replacement's here, thanks."),
]

HAS_NOT = [
    (REFUND, "I got the refund but it's 10 short."),
    (SHIP, "I received the wrong lamp."),
    (INVOICE, "I got your mail, and will wait for the invoice."),
    (CHARGER, "The charger came today but it's the wrong plug."),
    (INVOICE, "Got it, thanks!"),
    (INVOICE, "Where on earth is the invoice?"),
    (REFUND, "Nothing on my account so far."),
    (REFUND, "It's back."),
    (SHIP, "It's back again."),
]


@pytest.mark.parametrize(("promise", "text"), HAS_COME)
def test_a_customer_who_has_it_is_believed(promise, text):
    assert received(promise, text)


@pytest.mark.parametrize(("promise", "text"), HAS_NOT)
def test_a_customer_who_only_has_our_message_or_the_wrong_thing_confirms_nothing(promise, text):
    assert received(promise, text) is None


def test_thanks_for_a_call_keep_the_promise_of_it_and_not_late():
    story = Story().hears(amir_says(CALL)).wakes().wakes().at(DUE + timedelta(minutes=40))
    promise = story.says(rana_says, "Thanks for the call Amir, that cleared it right up!").promise
    assert (promise.state, promise.late_at) == (S.KEPT, None)


def test_thanks_for_an_earlier_call_do_not_keep_the_next_one():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(minutes=5))
    assert story.says(rana_says, "Thanks for the call, Amir.").promise.state.is_open


def test_what_had_come_by_its_time_is_in_time():
    story = Story().hears(amir_says("I'll email you the invoice by noon tomorrow.")).at(NOW + timedelta(hours=2))
    promise = story.says(rana_says, "Got the invoice, many thanks!").promise
    assert (promise.state, promise.late_at, promise.evidence) == (S.KEPT, None, "Got the invoice, many thanks!")
