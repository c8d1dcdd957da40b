"""How a text is taken in view of what stands around it."""

from __future__ import annotations

import pytest

from guidance.model import Finding, Question, Reading, Signal
from guidance.signals.inview import in_view_of_customer, in_view_of_earlier, is_settled
from guidance.signals.view import Heard, Said


def turn(text: str = "four words stand here", /, **signals: float) -> Heard:
    heard = {name: Signal(value, (Finding(0, 4, "four"),)) for name, value in signals.items()}
    return Heard([Said("draft", text, Reading(version="1", words=4, signals=heard))])


def test_a_short_answer_after_an_angry_turn_is_taken_as_crosser_than_alone() -> None:
    latest = in_view_of_earlier(turn(upset=0.4), [turn(upset=0.95)])
    assert latest.value("upset") > 0.5


def test_what_is_said_plainly_stays_even_after_a_calm_turn() -> None:
    latest = in_view_of_earlier(turn(upset=0.95), [turn(asks=0.9)])
    assert latest.value("upset") > 0.85


def test_the_words_that_a_signal_rests_on_are_kept() -> None:
    latest = in_view_of_earlier(turn(repeat_contact=0.6), [turn(repeat_contact=0.9)])
    assert [one.text for one in latest.evidence("repeat_contact")] == ["four"]


def test_the_first_turn_stands_alone() -> None:
    first = turn(upset=0.4)
    assert in_view_of_earlier(first, []) is first


@pytest.mark.parametrize(("upset", "is_defensive"), [(0.95, True), (0.0, False)])
def test_a_flat_fact_is_a_defence_only_under_a_complaint(upset: float, is_defensive: bool) -> None:
    reply = in_view_of_customer(turn(defensive=0.5), turn(upset=upset))
    assert (reply.value("defensive") > 0.5) is is_defensive


def test_a_bare_no_to_somebody_upset_is_a_defence_sooner_than_to_somebody_calm() -> None:
    reply = turn(defensive=0.35, refusal=0.95)
    assert in_view_of_customer(reply, turn(upset=0.8)).value("defensive") > 0.5
    assert in_view_of_customer(reply, turn(asks=0.9)).value("defensive") < 0.5


def test_an_answer_in_the_customers_own_words_is_less_canned() -> None:
    asked = turn("the tent pegs are bent", upset=0.8)
    canned = in_view_of_customer(turn("we will look into the matter", scripted=0.6), asked)
    taken_up = in_view_of_customer(turn("new tent pegs leave tonight", scripted=0.6), asked)
    assert canned.value("scripted") > 0.5
    assert taken_up.value("scripted") < 0.5


def test_a_no_that_understands_is_less_of_a_defence() -> None:
    bare, kind = (
        in_view_of_customer(turn(defensive=0.5, refusal=0.9, acknowledgement=understood), turn(upset=0.8))
        for understood in (0.0, 0.9)
    )
    assert kind.value("defensive") < bare.value("defensive")


def test_a_text_in_which_nothing_can_be_heard_stays_as_it_is() -> None:
    unheard = turn()
    assert in_view_of_customer(unheard, turn(upset=0.95)).said == unheard.said


def test_who_once_said_that_it_is_not_the_first_time_is_taken_so_from_then_on() -> None:
    earlier = [turn(repeat_contact=0.95), turn(asks=0.9)]
    assert in_view_of_earlier(turn(repeat_contact=0.4), earlier).value("repeat_contact") > 0.5
    assert in_view_of_earlier(turn(repeat_contact=0.4), earlier[1:]).value("repeat_contact") == pytest.approx(0.4)


def said_by_us(text: str) -> Heard:
    return Heard([Said("comment:2", text, Reading(version="1", words=4))])


def test_a_fact_given_on_our_question_is_taken_as_calmer() -> None:
    answered = in_view_of_earlier(turn(upset=0.55), [], said_by_us("Which light is on?"))
    assert answered.value("upset") < 0.5
    assert in_view_of_earlier(turn(upset=0.95), [], said_by_us("Which light is on?")).value("upset") > 0.85


def test_who_comes_back_to_a_reply_that_asked_nothing_has_been_here_before() -> None:
    told = in_view_of_earlier(turn(repeat_contact=0.45), [], said_by_us("Your claim is in progress."))
    assert told.value("repeat_contact") > 0.5


@pytest.mark.parametrize(
    ("said", "asks"), [("still dead on the second socket", False), ("Is the second socket safe?", True)]
)
def test_an_answer_to_our_question_asks_only_what_it_asks_outright(said: str, asks: bool) -> None:
    found = Question(where="", text=said, start=0, end=len(said))
    reading = Reading(version="1", words=6, signals={"asks": Signal(0.6)}, questions=(found,))
    latest = in_view_of_earlier(Heard([Said("comment:1", said, reading)]), [], turn("Which socket?", asks=0.9))
    assert (latest.value("asks") >= 0.5) is asks
    assert (latest.questions != ()) is asks


@pytest.mark.parametrize(
    "text",
    [
        "Power reset it. Working now.",
        "Seems like my problem has been resolved, your technicians were very capable",
        "all good now thanks",
        "My parcel finally arrived today.",
        "it's working, cheers",
    ],
)
def test_who_reports_that_all_is_settled_is_not_upset_any_more(text: str) -> None:
    assert is_settled(text)
    latest = in_view_of_earlier(turn(text, upset=0.7), [turn(upset=0.95)])
    assert latest.value("upset") < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Get this sorted now!!",
        "It should be fixed by now",
        "It arrived broken",
        "I have been working now for twenty years",
        "Is it sorted now?",
        "it works now but I lost three days",
        "You told me it was resolved",
        "It was fixed last week and has stopped working again.",
        "You said it was resolved. It is the same.",
        "You closed my ticket as it was resolved. Third time I write this.",
        "It was fixed on Monday and today it failed again.",
        "They said it was sorted. Same fault this morning.",
        "Apparently it has been fixed. The leak is back.",
        "You marked it resolved. Shame on you.",
        "It is fixed. Took three weeks and four calls, shocking service.",
        "Your app says all fixed now. Lies.",
        "It works now and then.",
        "It works again for ten minutes and goes dead.",
        "The pipe was fixed and it is leaking again.",
    ],
)
def test_what_only_sounds_settled_leaves_the_mood_as_it_was(text: str) -> None:
    assert not is_settled(text)
    latest = in_view_of_earlier(turn(text, upset=0.7), [turn(upset=0.95)])
    assert latest.value("upset") > 0.7
