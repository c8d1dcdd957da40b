"""What is told before a word is written goes once the words are there: its own offer, or a calm answer where it offers none."""

from __future__ import annotations

import pytest

from guidance.model import Draft, Moment
from guidance.rules import Situation, is_cleared, shipped_rulebook
from guidance.rules.examples import asked_of
from guidance.signals import hear

BOOK = shipped_rulebook()
CALM = "I have looked at your order, and a new one leaves today. You will have its tracking number this evening."
BEFORE = [one for one in BOOK.rules.values() if Moment.CUSTOMER in one.moments and Moment.DRAFT not in one.moments]
OFFERED = [
    (rule, words)
    for rule in BEFORE
    for words in [told for spoken, told, _ in rule.hint.all_offers() if spoken in rule.languages] or [CALM]
]


def written(rule, text):
    asked = asked_of(rule.examples.fires[0])
    case = hear(asked.case, BOOK.ear)
    return Situation(case, Moment.DRAFT, asked.now, draft=Draft(text=text, author_id="12"), ear=BOOK.ear)


@pytest.mark.parametrize(("rule", "words"), OFFERED, ids=lambda one: getattr(one, "id", None))
def test_a_hint_before_the_draft_is_cleared_by_the_words_that_it_asks_for(rule, words):
    assert is_cleared(rule, written(rule, words))


@pytest.mark.parametrize("rule", BEFORE, ids=lambda one: one.id)
def test_a_hint_before_the_draft_is_not_cleared_by_half_a_greeting(rule):
    assert not is_cleared(rule, written(rule, "Hi Rana, I have"))


@pytest.mark.parametrize("name", ["feelings.landed-badly", "feelings.turned-worse", "feelings.not-about-you"])
def test_a_hint_before_the_draft_is_not_cleared_by_a_defence(name):
    defence = "Hi, our records show the parcel left on time, so this is not our fault. I have sent a new one today."
    assert not is_cleared(BOOK.rules[name], written(BOOK.rules[name], defence))
