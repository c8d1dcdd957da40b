"""What the signals of one text say about each other."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from guidance.signals.ear import Context, Ear
from guidance.signals.models import shipped_model
from guidance.signals.together import heard_together
from guidance.text.fold import fold

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def values(text: str) -> dict[str, float]:
    model = shipped_model("agent")
    assert model is not None
    return heard_together(model, fold(text).text, {})


def heard(text: str) -> dict[str, float]:
    """The values with what the lists hear beside the words."""
    model = shipped_model("agent")
    assert model is not None
    context = Context(at=NOW, language="en")
    return heard_together(model, fold(text).text, Ear().listed(text, by_customer=False, context=context))


def test_a_way_out_is_heard_beside_a_bare_no_though_a_word_of_it_holds_the_same_letters() -> None:
    heard = values("No, sorry. The shop in Norwich swaps it tomorrow between nine and noon.")
    assert heard["refusal"] > 0.5
    assert heard["alternative"] > 0.5


def test_a_bare_no_alone_holds_no_way_out() -> None:
    assert values("No. That is not possible at our shop.")["alternative"] < 0.5


@pytest.mark.parametrize("text", ["", "no", "no" * 4_000, "no " * 2_000])
def test_odd_texts_are_judged_in_no_time(text: str) -> None:
    began = time.perf_counter()
    values(text)
    assert time.perf_counter() - began < 1


def is_taken_for_a_closing(text: str) -> bool:
    model = shipped_model("customer")
    assert model is not None
    folded = fold(text).text
    return heard_together(model, folded, {})["grateful"] < model.values(folded, ())["grateful"]


@pytest.mark.parametrize(
    ("bare", "named"),
    [
        ("Great. Thank you", "Great. Thank you so much"),
        ("ok thanks", "ok thanks for the quick reply"),
        ("Thanks Lewis!", "Many thanks Lewis!"),
    ],
)
def test_a_bare_thanks_closes_and_thanks_that_name_something_do_not(bare: str, named: str) -> None:
    assert is_taken_for_a_closing(bare)
    assert not is_taken_for_a_closing(named)


def test_what_comes_only_after_a_condition_is_no_way_out() -> None:
    assert heard("Fees aren't waived. $12 is due before you can borrow again.")["alternative"] < 0.5
    assert heard("Fees aren't waived. You can borrow e-books meanwhile, and pay in three parts.")["alternative"] > 0.5


def test_words_of_care_and_regret_hold_no_step() -> None:
    cares = "What a fright to find her like that at two. I'm sorry we let you down. Her wellbeing is at the very heart of all we do."
    assert heard(cares)["action"] < 0.5


DECENT = (
    "Dear Noor, four hours on a coach for nothing: what a day. I'm sorry. {} Your 60 euros go back to the card today, "
    "and the next parade is on the 9th."
)


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("Strictly speaking it was in perfect order when it left us, and the courier is not part of our firm.", True),
        ("To keep it in proportion, most of the other guests were perfectly content.", True),
        ("It's the courier that did this and not us, and what they do with it really isn't our doing.", True),
        ("The mix-up was our doing, since nobody looked at the second list.", False),
        ("We should have rung everybody at six, when it was clear that it would not stop.", False),
        ("You must have been frozen by the time you were home.", False),
        ("The grandstand opens at three.", False),
    ],
)
def test_one_sentence_that_defends_is_an_excuse_however_decent_the_rest(sentence: str, is_one: bool) -> None:
    assert (heard(DECENT.format(sentence))["excuse"] >= 0.5) is is_one


def test_an_excuse_quotes_the_sentence_that_it_is() -> None:
    sentence = "To keep it in proportion, most of the other guests were perfectly content."
    reading = Ear().read(DECENT.format(sentence), by_customer=False, context=Context(at=NOW, language="en"))
    assert [found.text for found in reading.signals["excuse"].evidence] == [sentence.removesuffix(".")]


@pytest.mark.parametrize(
    ("reply", "is_so"),
    [
        (
            "Thank you for reaching out. Your satisfaction is our top priority. The parade is on the 9th. We appreciate your support.",
            True,
        ),
        ("Thank you for reaching out to us. The parade is on the 9th at four. Bring the bracelet along.", False),
        ("The parade is on the 9th at four. Bring the bracelet along, it is your ticket for the tram.", False),
    ],
)
def test_two_canned_sentences_are_boilerplate_whatever_else_a_reply_says(reply: str, is_so: bool) -> None:
    assert (heard(reply).get("boilerplate", 0.0) >= 0.5) is is_so


def test_boilerplate_quotes_the_two_sentences_in_their_order() -> None:
    reply = (
        "Your satisfaction is our top priority. The parade is on the 9th at four. We appreciate your continued support."
    )
    reading = Ear().read(reply, by_customer=False, context=Context(at=NOW, language="en"))
    quoted = [found.text for found in reading.signals["boilerplate"].evidence]
    assert quoted == ["Your satisfaction is our top priority", "We appreciate your continued support"]


def test_who_says_that_they_are_cross_is_surer_upset_than_who_tells_the_same_without_it() -> None:
    model = shipped_model("customer")
    assert model is not None
    plain = heard_together(model, fold("The room was charged twice and my rent has bounced.").text, {})
    outright = heard_together(model, fold("The room was charged twice and my rent has bounced. I am mad.").text, {})
    assert outright["upset"] > max(0.7, plain["upset"])


@pytest.mark.parametrize(
    ("text", "is_meant"),
    [
        (
            "I have the visa!!! It was night with you and you still wrote the letter. My mother says you are our angel.",
            True,
        ),
        ("You've taken a stone off my chest with those figures.", True),
        ("Those were the only pictures of him. You're bloody legends, the lot of you.", True),
        ("Some heroes you are, you lost my bag twice.", False),
        ("You took the money off my card twice.", False),
    ],
)
def test_who_calls_us_an_angel_is_grateful_and_not_upset(text: str, is_meant: bool) -> None:
    heard = Ear().read(text, by_customer=True, context=Context(at=NOW, language="en")).signals
    upset = heard["upset"].value if "upset" in heard else 0.0
    assert ("grateful" in heard and heard["grateful"].holds and heard["grateful"].value > upset) is is_meant
