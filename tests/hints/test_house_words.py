"""House words: names and sayings that a brand insists on are never flagged; what else is written is."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from guidance.hints.sparing import HOUSE_WORDS
from guidance.model import Ticket
from guidance.pipeline import advance
from guidance.rules import PackFile, build_rulebook, read_pack, shipped_rulebook
from guidance.text.house_words import house_spans, is_nothing_else, without
from tests.cast import NOW, amir_says, amir_types, case, rana_says

RULES = """\
pack: house
version: 1
title: House
rules:
  - id: house.no-worries
    principle: three-as
    family: one
    title: No worries
    moments: [draft]
    when: {any: [{draft.says: [no worries]}, {draft.says: [no problem]}]}
    hint: {say: "“{quote}” makes light of it.", why: It does.}
    examples: {fires: [{last: a, draft: No worries.}], silent: [{last: a, draft: Gladly.}]}
  - id: house.slip
    principle: slips
    family: two
    title: A slip
    moments: [draft]
    when: {draft.says: [no worries]}
    hint: {say: Look again., why: It is near certain.}
    examples: {fires: [{last: a, draft: No worries.}], silent: [{last: a, draft: Gladly.}]}
  - id: house.sent
    principle: three-as
    family: three
    title: No worries, as it was sent
    moments: [sent]
    when: {draft.says: [no worries]}
    hint: {say: "“{quote}” makes light of it.", why: It does.}
    examples: {fires: [{last: a, draft: No worries.}], silent: [{last: a, draft: Gladly.}]}
"""
BOOK = build_rulebook([read_pack(PackFile("house.yaml", RULES))])
INSURED = {"": ("No Worries Plan",), "group:Billing": ("no problem",), "brand:Fern & Field": ("no problem",)}


def told(text, words=INSURED, group=None, brand=None, book=BOOK, said="The plan that I bought does not show up."):
    fresh = case(house_words=words)
    conversation = replace(fresh.conversation, ticket=Ticket(id="4821", group=group, brand=brand))
    state = advance(replace(fresh, conversation=conversation), rana_says(said), book, NOW).case
    return advance(state, amir_types(text), book, NOW).advice


def shown(advice):
    return {one.rule: one.say for one in advice.hints}


def held(advice):
    return {one.rule for one in advice.held_back if one.because == HOUSE_WORDS}


def test_a_hint_that_rests_on_house_words_alone_is_held_back_with_its_reason():
    assert "house.no-worries" in shown(told("Your No Worries Plan starts today.", words={}))
    advice = told("Your No Worries Plan starts today.")
    assert "house.no-worries" not in shown(advice)
    assert held(advice) == {"house.no-worries"}


def test_the_same_words_elsewhere_in_the_draft_are_flagged_and_quoted():
    text = "Your No Worries Plan and the No Worries Plan of your wife start today. No worries!"
    advice = told(text)
    assert held(advice) == set()
    (found,) = next(one for one in advice.hints if one.rule == "house.no-worries").evidence
    assert (found.start, found.text) == (text.index("No worries!"), "No worries")


def test_another_reason_to_speak_is_found_where_the_first_one_was_a_house_word():
    advice = told("Your No Worries Plan starts today, no problem.")
    assert shown(advice)["house.no-worries"] == "“no problem” makes light of it."


def test_a_slip_is_told_all_the_same():
    assert "house.slip" in shown(told("Your No Worries Plan starts today."))


@pytest.mark.parametrize(
    "text",
    ["Your “NO WORRIES PLÁN” starts.", "no worries plan?", "A no\u00a0worries plan it is."],
)
def test_case_accents_quotes_and_spaces_make_no_difference(text):
    assert held(told(text)) == {"house.no-worries"}


@pytest.mark.parametrize("text", ["No worries plans are made.", "No worries, plan it.", "Techno worries planning."])
def test_a_part_of_a_house_word_or_a_longer_word_is_none(text):
    assert held(told(text)) == set()


@pytest.mark.parametrize(
    ("where", "is_held"),
    [
        ({"group": "billing"}, True),
        ({"brand": "FERN & FIELD"}, True),
        ({"group": "Delivery"}, False),
        ({}, False),
    ],
)
def test_words_of_a_group_or_brand_hold_on_its_tickets_only(where, is_held):
    assert ("house.no-worries" in held(told("No problem, I look into it.", **where))) is is_held


@pytest.mark.parametrize("words", [{}, INSURED])
def test_a_reply_that_was_sent_is_not_held_against_a_house_word_either(words):
    state = advance(case(house_words=words), rana_says("Where is my plan?"), BOOK, NOW).case
    advice = advance(state, amir_says("Your No Worries Plan starts today."), BOOK, NOW).advice
    assert ("house.sent" in shown(advice)) is not bool(words)
    assert ("house.sent" in held(advice)) is bool(words)


def test_the_shipped_rules_leave_a_brand_s_saying_alone_and_hear_all_else():
    said = "Third time I write and my parcel is still missing. I am really disappointed. Where is it?"
    text = "I am sorry, Rana. It comes on Friday. Our motto has it: calm down and carry on."
    assert "feelings.answer-calmly" in shown(told(text, {}, book=shipped_rulebook(), said=said))
    advice = told(text, {"": ("Calm down and carry on",)}, book=shipped_rulebook(), said=said)
    assert held(advice) == {"feelings.answer-calmly"}
    assert "three-as.acknowledge" in shown(advice)


def test_the_rest_of_a_quote_counts_unless_it_is_nothing_but_signs():
    text = "Sorry! Café, sorry."
    spans = house_spans(text, ("Sorry! Café",))
    assert spans == [(0, 11)]
    assert is_nothing_else(text, (0, 5), spans)
    assert is_nothing_else(text, (0, 13), spans)
    assert not is_nothing_else(text, (0, 18), spans)
    assert not is_nothing_else(text, (11, 12), spans)
    assert without(text, spans) == " " * 11 + ", sorry."


def test_thousands_of_words_cost_a_draft_next_to_nothing():
    words = tuple(f"Name {n} of ours" for n in range(2000))
    text = "We sent you Name 1999 of ours, no worries. " * 150
    house_spans(text, words)
    began = time.perf_counter()
    for n in range(20):
        house_spans(f"{text}{n}", words)
    per_draft = (time.perf_counter() - began) / 20
    print(f"{per_draft * 1e3:.2f} ms")
    assert per_draft < 0.005
