"""The holdout: on a small part of tickets hints are held back, and all else goes on as ever."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from guidance.hints.holdout import MOST, OPEN_PROMISES, drawn, is_held_out
from guidance.model import CountRule, Stage, TicketKey, Verdict
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import KEY, NOW, amir_says, amir_types, case, minutes, rana_says

BOOK = shipped_rulebook()
ANGRY = "Third time I write. Still no parcel. This is ridiculous."
COLD = "As stated in our terms and conditions this is not our fault. Please be advised to wait."
OUT = next(str(n) for n in range(1000) if drawn(TicketKey(KEY.account, str(n))) < 0.05)
IN = next(str(n) for n in range(1000) if drawn(TicketKey(KEY.account, str(n))) > MOST)


def ticket(ticket_id, **settings):
    state = case(**settings)
    key = TicketKey(KEY.account, ticket_id)
    return replace(state, key=key, conversation=replace(state.conversation, key=key))


def of(event, state):
    return replace(event, key=state.key)


def told(ticket_id, text=COLD, *, holdout=0.05, said=ANGRY, **settings):
    state = ticket(ticket_id, holdout=holdout, **settings)
    state = advance(state, of(rana_says(said), state), BOOK, NOW).case
    return advance(state, amir_types(text), BOOK, NOW)


def counts(outcome):
    found = Counter()
    for one in outcome.effects:
        if isinstance(one, CountRule) and one.rule:
            found[one.what] += one.by
    return found


def test_a_held_out_ticket_shows_none_of_the_hints_that_another_shows():
    shown, held = told(IN), told(OUT)
    assert {one.rule for one in shown.advice.hints}
    assert held.advice.hints == ()
    withheld = {one.rule for one in held.advice.held_back if one.because == "holdout"}
    assert withheld == {one.rule for one in shown.advice.hints}


def test_all_that_is_no_hint_is_told_on_a_held_out_ticket_too():
    shown, held = told(IN), told(OUT)
    for name in ("signals", "questions", "feelings", "facts", "promises", "texts"):
        assert getattr(held.advice, name) == getattr(shown.advice, name), name


def test_slips_are_told_on_a_held_out_ticket():
    held = told(OUT, "Dear {{ticket.requester.first_name}}, please wait.")
    assert [one.rule for one in held.advice.hints] == ["slips.placeholder"]


def test_an_overdue_promise_is_told_on_a_held_out_ticket():
    state = ticket(OUT, holdout=MOST)
    for event in (rana_says("When will the part come?"), amir_says("I'll get back to you tomorrow.")):
        state = advance(state, of(event, state), BOOK, NOW).case
    later = of(rana_says("Any news?", 16, at=NOW + minutes(5000)), state)
    told = advance(state, later, BOOK, NOW + minutes(5001)).advice
    assert {one.rule for one in told.hints} == {"follow-through.promise-overdue"}


def test_the_rules_about_open_promises_are_the_ones_that_are_told():
    family = {rule.id for rule in BOOK.rules.values() if rule.family == OPEN_PROMISES}
    assert family == {"follow-through.open-promise", "follow-through.promise-overdue"}


def test_what_the_account_plans_by_itself_is_planned_on_a_held_out_ticket():
    rule = "follow-through.follow-up-delivery"
    state = ticket(OUT, holdout=MOST, proposals=(rule,))
    state = advance(state, of(rana_says("Where is my parcel?"), state), BOOK, NOW).case
    told = advance(state, of(amir_says("Your parcel will arrive on Friday."), state), BOOK, NOW).advice
    assert rule in {one.rule for one in told.hints}


def test_what_is_withheld_is_counted_as_held_out_and_not_as_shown():
    state = ticket(OUT, holdout=MOST)
    outcome = advance(state, of(rana_says(ANGRY), state), BOOK, NOW)
    assert counts(outcome)["holdout"] >= 1
    assert counts(outcome)["shown"] == 0
    (slot,) = outcome.case.slots
    assert {one.verdict for one in slot.seen} == {Verdict.WITHHELD}
    sent = advance(outcome.case, of(amir_says("Please wait.", 16), state), BOOK, NOW + minutes(1))
    assert not counts(sent).keys() & {"followed", "ignored"}, "nobody can follow what they were not shown"


def test_a_hint_that_a_smaller_holdout_sets_free_counts_as_shown_from_then_on():
    state = ticket(OUT, holdout=MOST)
    state = advance(state, of(rana_says(ANGRY), state), BOOK, NOW).case
    freed = advance(replace(state, settings=replace(state.settings, holdout=0.0)), None, BOOK, NOW)
    assert counts(freed)["shown"] == len(freed.advice.hints) > 0


def test_a_rule_in_the_shadow_stays_there_on_a_held_out_ticket():
    held = told(OUT, stages={"three-as": Stage.SHADOW})
    because = {one.rule: one.because for one in held.advice.held_back}
    assert because["three-as.acknowledge"] == "shadow"


def test_the_same_ticket_gives_the_same_advice_byte_for_byte():
    assert msgspec.json.encode(told(OUT).advice) == msgspec.json.encode(told(OUT).advice)


def test_without_a_holdout_no_ticket_is_held_out():
    assert not is_held_out(ticket(OUT))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_about_so_many_tickets_are_held_out_as_were_asked_for(share):
    held = sum(is_held_out(ticket(str(n), holdout=share)) for n in range(4000))
    assert abs(held / 4000 - share) < 0.02


def test_no_setting_holds_more_out_than_a_fifth():
    held = sum(is_held_out(ticket(str(n), holdout=1.0)) for n in range(4000))
    assert abs(held / 4000 - MOST) < 0.02


@given(st.text(max_size=12), st.floats(0, MOST), st.floats(0, MOST))
def test_a_larger_holdout_keeps_every_ticket_of_a_smaller_one(ticket_id, one, other):
    small, large = sorted((one, other))
    assert is_held_out(ticket(ticket_id, holdout=large)) or not is_held_out(ticket(ticket_id, holdout=small))
