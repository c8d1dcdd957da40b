"""What a promise commits to: a word about a matter is no deed, and a deed beside it is one."""

from __future__ import annotations

import pytest

from guidance.followups.acts import act_of
from guidance.model import Act


@pytest.mark.parametrize(
    "words",
    [
        "I'll let you know about the refund by Friday",
        "I'll find out whether the phone can be unlocked and reply here",
        "For your refund, I'll get back to you tomorrow",
        "I'll find out when the engineer can call on you and let you know",
        "I'll keep you posted on the delivery of your sofa",
        "I'll check whether it is in stock and email you today",
        "I'll get back to you once I know why your order was cancelled",
        "Ich kläre die Erstattung und gebe Ihnen Bescheid",
        "Le confirmo mañana lo del reembolso",
        "Je reviens vers vous demain pour le remboursement",
    ],
)
def test_a_word_about_a_deed_is_a_word(words: str):
    assert act_of(words) is Act.WORD


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("I'll check with the depot and refund you by Friday", Act.DEED),
        ("I'll refund you and let you know once it is done", Act.DEED),
        ("I'll get that fixed and update you tomorrow", Act.DEED),
        ("We'll have it shipped tomorrow and keep you posted", Act.DEED),
        ("I'll find out and call you back", Act.CALL),
        ("I'll call you to let you know", Act.CALL),
        ("I'll give you a call as soon as I find out", Act.CALL),
        ("Ich rufe Sie an und gebe Ihnen Bescheid", Act.CALL),
    ],
)
def test_a_deed_or_a_call_beside_a_word_is_what_is_promised(words: str, act: Act):
    assert act_of(words) is act
