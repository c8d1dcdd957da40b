"""How often a hint may come: in a chat, on one ticket, after it was heeded, and what is counted of it then."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.hints import judged
from guidance.hints.attention import FULL, attend, with_seen
from guidance.model import Channel, Evidence, Level, Moment, Seen, Verdict
from guidance.pipeline import advance
from guidance.rules import Fired, Situation, shipped_rulebook
from guidance.rules.schema import Limit
from tests.cast import AMIR, NOW, amir_says, amir_types, case, minutes, rana_says

BOOK = shipped_rulebook()
ANGRY = "Third time I write. Still no parcel. This is ridiculous."
COLD = "As stated in our terms and conditions this is not our fault. Please be advised to wait."
DEFENCE = "dialogue.drop-the-defense"
RULE = BOOK.rules["three-as.acknowledge"]


def hears(state, *events):
    for event in events:
        state = advance(state, event, BOOK, NOW).case
    return state


def told(state, text=COLD, *, settled=True):
    return advance(state, amir_types(text, settled=settled), BOOK, NOW)


def through(channel):
    fresh = case()
    ticket = replace(fresh.conversation.ticket, channel=channel)
    return replace(fresh, conversation=replace(fresh.conversation, ticket=ticket))


@pytest.mark.parametrize(("channel", "most"), [(Channel.EMAIL, 2), (Channel.CHAT, 1)])
def test_in_a_chat_one_hint_is_the_most(channel, most):
    shown = told(hears(through(channel), rana_says(ANGRY)))
    assert len(shown.advice.hints) == most
    again = told(shown.case, f"{COLD} Unfortunately that is our policy.")
    assert {hint.rule for hint in again.advice.hints} <= {hint.rule for hint in shown.advice.hints}


ANSWERED = hears(case(), rana_says(ANGRY, 1), amir_says("It left on Monday.", 2), rana_says(ANGRY, 3))


def why_not(rule, *seen, reader=AMIR):
    """What keeps a rule that fires from Amir, who saw these on the ticket; None where nothing does."""
    state = replace(with_seen(ANSWERED, "12", seen), readers=(reader,))
    situation = Situation(state, Moment.CUSTOMER, NOW, ear=BOOK.ear)
    attended = attend(situation, [Fired(rule, (Evidence("comment:3", 0, 10, "Third time"),))])
    return next((held.because for held in attended.held_back), None)


def heeded(slot):
    return Seen(rule=RULE.id, slot=slot, verdict=Verdict.OBEYED)


@pytest.mark.parametrize(("slots", "because"), [(("a",), None), (("a", "b"), "cool-down")])
def test_a_rule_speaks_on_one_ticket_as_often_as_it_may_and_no_more(slots, because):
    twice = replace(RULE, limit=Limit(per_ticket=2, rest_slots=0))
    assert why_not(twice, *map(heeded, slots)) == because


@pytest.mark.parametrize(("verdict", "because"), [(Verdict.OBEYED, None), (Verdict.IGNORED, "cool-down")])
def test_a_rule_that_was_heeded_in_the_slot_before_does_not_rest(verdict, because):
    assert why_not(RULE, Seen(rule=RULE.id, slot="", verdict=verdict)) == because


@pytest.mark.parametrize(("level", "because"), [(Level.SUGGESTION, "mastered"), (Level.WARNING, None)])
def test_what_an_agent_has_mastered_fades_unless_it_warns(level, because):
    assert why_not(replace(RULE, level=level), reader=replace(AMIR, mastered=(RULE.id,))) == because


def test_a_hint_that_was_there_on_a_settled_draft_stays_one_that_was_while_more_is_typed():
    state = told(told(hears(case(), rana_says(ANGRY))).case, f"{COLD} And", settled=False).case
    assert {one.rule: one.on_settled for one in state.slots[0].seen}[DEFENCE]


@pytest.mark.parametrize(("settled", "verdict"), [(True, Verdict.OBEYED), (False, Verdict.IGNORED)])
def test_a_hint_that_only_flashed_by_while_something_was_typed_was_not_followed(settled, verdict):
    state = told(hears(case(), rana_says(ANGRY)), settled=settled).case
    sent = amir_says("I can see why you are fed up. Your parcel comes at noon.", 16)
    after = advance(state, sent, BOOK, NOW + minutes(1)).case
    assert {one.rule: one.verdict for one in after.slots[0].seen}[DEFENCE] is verdict


def test_what_a_long_list_forgets_was_not_taken_back():
    seen = [Seen(rule=f"house.r{number}", slot=str(number), verdict=Verdict.IGNORED) for number in range(FULL)]
    before = with_seen(case(), "12", seen)
    after = with_seen(before, "12", [*seen, Seen(rule="house.new", slot="x")])
    assert [(one.rule, one.by) for one in judged(before, after, NOW)] == [("house.new", 1)]
