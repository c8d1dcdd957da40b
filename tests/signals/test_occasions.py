"""What customers tell of their lives: whom condolences are for, what asks for a quiet word, and of what no reminder is made."""

from __future__ import annotations

import pytest

from guidance.model import Moment
from guidance.rules import shipped_rulebook
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.schema import Example
from guidance.signals.occasions import ailments, deaths, griefs, may_be_kept

BOOK = shipped_rulebook()


def found(find, text):
    return [text[start:end] for start, end in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bill overdue? My father passed away in May.", "father passed away"),
        ("We buried my uncle on Saturday", "buried my"),
        ("i lost my husband. his number still gets bills", "lost my husband."),
        ("Our nan passed this morning, so we can’t come", "nan passed"),
        ("The funeral is on Friday", "funeral"),
    ],
)
def test_a_death_is_heard_where_it_is_told(text, words):
    assert found(deaths, text) == found(griefs, text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "My mum is in hospital since Monday",
        "I was diagnosed with diabetes last week",
        "My dad is dying, the doctors say days",
        "She has weeks to live. The funeral is paid for.",
        "Our old cat died last week",
        "It's my late husband's birthday tomorrow",
        "We were in a bad car accident on the way",
    ],
)
def test_illness_and_what_is_yet_to_come_is_grief_and_no_death(text):
    assert griefs(text)
    assert not deaths(text)


@pytest.mark.parametrize(
    "text",
    [
        "My phone died on me",
        "The battery is dying after an hour",
        "The router was diagnosed with a fault",
        "I lost my father's PIN",
        "I lost them in the wash",
        "Please waive my late fee",
        "My flight leaves from terminal 5",
        "Your engineer left us in the dark",
        "It was a stroke of luck",
        "I'm dying to try it",
        "The funeral home needs an invoice",
        "I work nights in the hospital",
    ],
)
def test_things_trades_and_turns_of_phrase_are_no_grief(text):
    assert not griefs(text)


@pytest.mark.parametrize(
    "text", ["My son is ill and his birthday is on Friday.", "Her birthday is on Friday, she is in the care home."]
)
def test_a_light_illness_asks_for_no_sympathy_and_is_not_kept_either(text):
    assert not griefs(text)
    assert ailments(text)
    assert not may_be_kept(text)


LOSS = BOOK.rules["feelings.loss"]


def offers_at(text):
    """Every wording that the rule may offer on this message, whichever the ticket's turn."""
    situation = next(situations_of(LOSS, asked_of(Example(given={"last": text}, line=1)), BOOK))
    assert situation.moment is Moment.CUSTOMER
    fitting = next((one.offers for one in LOSS.hint.fitting if one.when.test(situation) is not None), LOSS.hint.offers)
    return " ".join(fitting["en"])


def test_condolences_are_for_the_dead_alone():
    assert "condolences" in offers_at("My father passed away last week.")
    assert "condolences" not in offers_at("My dad is dying and it is hard to plan anything.")
    assert "condolences" not in offers_at("My mum is in hospital since Monday.")


@pytest.mark.parametrize(
    "example", [one.given["last"] for one in LOSS.examples.fires if isinstance(one.given["last"], str)]
)
def test_no_day_is_kept_of_whatever_the_rule_meets_with_a_quiet_word(example):
    assert not may_be_kept(example)
