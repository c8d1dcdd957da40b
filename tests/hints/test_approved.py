"""Macros and canned responses: what a team has approved is not judged, what an agent adds to it is."""

from __future__ import annotations

import time

import pytest

from guidance.demo.approved import APPROVED
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from guidance.text.approved import approved_sentences, approved_spans
from tests.cast import NOW, amir_types, case, rana_says

BOOK = shipped_rulebook()
ANGRY = "Third time I write and my parcel is still missing. I am really disappointed. Where is it?"
MACRO = APPROVED["Delay of a parcel"]
INSERTED = MACRO.replace("{{ticket.requester.first_name}}", "Rana")
SCRIPTED = "dialogue.not-a-script"


def told(text, approved=(MACRO,)):
    state = advance(case(approved=approved_sentences(approved)), rana_says(ANGRY), BOOK, NOW).case
    return advance(state, amir_types(text), BOOK, NOW).advice


def fired(advice):
    return {one.rule for one in (*advice.hints, *advice.held_back) if getattr(one, "because", "") != "approved"}


def spared(advice):
    return {one.rule for one in advice.held_back if one.because == "approved"}


def test_without_approval_the_same_words_are_a_script():
    assert SCRIPTED in fired(told(INSERTED, approved=()))


def test_a_macro_put_in_unchanged_is_not_judged_at_all():
    advice = told(INSERTED)
    assert fired(advice) == set()
    assert SCRIPTED in spared(advice)


def test_what_is_added_to_a_macro_is_judged_and_the_macro_is_not():
    advice = told(f"{INSERTED}\n\nAs stated in our terms and conditions this is not our fault.")
    assert SCRIPTED in spared(advice)
    assert fired(advice)
    assert all(found.text not in MACRO for one in advice.hints for found in one.evidence if found.where == "draft")


def test_a_macro_that_was_reworded_is_the_agents_own():
    assert SCRIPTED in fired(told("Hello Rana, we apologise for any inconvenience that you may have had."))


def test_a_slip_in_a_macro_is_told_all_the_same():
    text = "Hello [Name], your parcel is on its way."
    assert any(one.principle == "slips" for one in told(text, approved=(text,)).hints)


@pytest.mark.parametrize(
    ("text", "is_all"),
    [
        ("Hello Rana,\nyour order 20417 is on its way.", True),
        ("hello rana\n YOUR ORDER 20417 IS ON ITS WAY!", True),
        ("Hello Rana,\nyour order 20417 is on its way. Calm down.", False),
        ("Hello you who write to me for the third time today,\nyour order 20417 is on its way.", False),
        ("Your order is lost.", False),
        ("", False),
    ],
)
def test_what_the_helpdesk_fills_in_may_be_a_few_words_of_any_kind(text, is_all):
    macro = "Hello {{ticket.requester.first_name}},\nyour order {{ticket.ticket_field_12}} is on its way."
    assert approved_spans(text, approved_sentences([macro]))[1] is is_all


def test_a_macro_of_nothing_but_a_placeholder_approves_nothing():
    assert approved_sentences(["{{dc.any_text}}", "OK", "{% if x %}{% endif %}"]) == frozenset()


def test_thousands_of_macros_cost_a_draft_next_to_nothing():
    many = approved_sentences(
        f"Kind {n} of order {{{{id}}}} is on its way number {n % 700}. We will write by {n}." for n in range(5_000)
    )
    text = "Kind 4999 of order 20417 is on its way number 99. I have looked it up. " * 10
    approved_spans(text, many)
    began = time.perf_counter()
    for _ in range(20):
        approved_spans(text, many)
    per_draft = (time.perf_counter() - began) / 20
    print(f"{per_draft * 1e3:.2f} ms")
    assert per_draft < 0.005
