"""Replies that are sent in several messages, and say so."""

from __future__ import annotations

import pytest

from guidance.signals.parts import carries_on, goes_on


@pytest.mark.parametrize(
    "text",
    [
        "Sorry about that, Ann. If the seller did not agree to cancel, then you1/2",
        "Our engineers look at it tonight (1/2)",
        "It can often be mended by turning off the 1/2",
        "Our engineers look at it tonight. [1/3]",
        "1/3: Your order left us on Monday.",
        "We look at it tonight. 1⁄2 *AK",
        "We look at it tonight, and as for the bill...",
    ],
)
def test_a_message_says_that_another_follows(text: str):
    assert goes_on(text)
    assert not carries_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "we write to you once it is done. 2/2 ^Jo",
        "2/2 we write to you once it is done.",
        "we write to you once it is done. [3/3] ^SK",
        "...and we write to you once it is done.",
        "… on the upgrade list. *TJN",
    ],
)
def test_a_message_says_that_others_stand_before_it(text: str):
    assert carries_on(text)
    assert not goes_on(text)


def test_a_message_in_the_middle_says_both():
    assert goes_on("and that is why it took so long, 2/3")
    assert carries_on("and that is why it took so long, 2/3")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We look at it tonight.",
        "We are there for you 24/7",
        "Your parcel comes on 1/2",
        "It is due by 3/4, Jo",
        "The tank is 3/4 full.",
        "Take 1/2 a cup, stir, and let it rest.",
        "You are now on plan 4/2",
    ],
)
def test_a_date_and_a_fraction_count_no_messages(text: str):
    assert not goes_on(text)
    assert not carries_on(text)
