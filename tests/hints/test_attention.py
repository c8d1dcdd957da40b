from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.errors import NotFoundError
from guidance.hints import dismiss, judged, undo_dismissal
from guidance.hints.attention import attend
from guidance.model import AgentHabits, Evidence, Moment, Mute, Publish, Stage, Verdict
from guidance.pipeline import advance
from guidance.rules import Fired, Situation, shipped_rulebook
from tests.cast import AMIR, NOW, amir_says, amir_types, case, minutes, rana_says

BOOK = shipped_rulebook()
ANGRY = "Third time I write. Still no parcel. This is ridiculous."
COLD = "As stated in our terms and conditions this is not our fault. Please be advised to wait."


def told(state, text=COLD, *, settled=True, now=NOW, **options):
    return advance(state, amir_types(text, settled=settled), BOOK, now, **options)


def angry(**settings):
    return advance(case(**settings), rana_says(ANGRY), BOOK, NOW).case


def rules(outcome):
    return [hint.rule for hint in outcome.advice.hints]


def because(outcome, rule):
    return next((held.because for held in outcome.advice.held_back if held.rule == rule), None)


def test_two_hints_at_most_are_shown_for_one_reply():
    outcome = told(angry())
    assert len(outcome.advice.hints) == 2
    assert {held.because for held in outcome.advice.held_back} >= {"budget"}


def test_the_same_words_of_the_draft_are_not_held_against_it_twice():
    state = advance(case(), rana_says("Where is it? My order number is 5512345."), BOOK, NOW).case
    outcome = told(state, "Could you send me your order number?")
    assert "slips.asks-again" in rules(outcome)
    assert because(outcome, "dialogue.already-told") == "family"


def test_what_was_said_in_a_bubble_that_is_sent_is_not_held_against_the_next():
    blamed = "That is not our fault, and as stated in our terms and conditions we are not liable."
    assert "dialogue.drop-the-defense" in rules(told(angry(), blamed, everything=True))
    sent = advance(angry(), amir_says(blamed), BOOK, NOW).case
    assert "dialogue.drop-the-defense" not in rules(told(sent, "Your parcel is in Lyon.", everything=True))


def test_a_promise_on_a_wrong_date_is_told_of_the_date_alone():
    state = advance(case(), rana_says("When do you call?"), BOOK, NOW).case
    outcome = told(state, "Hi Rana, I'll call you on Friday the 9th.")
    assert [rule for rule in rules(outcome) if rule.startswith(("slips", "follow-through"))] == ["slips.weekday"]


def test_a_hint_that_quotes_the_draft_shows_the_drafts_words_before_the_customers():
    theirs, ours = Evidence("comment:1", 0, 10, "Third time"), Evidence("draft", 40, 58, "this is not our fault")
    situation = Situation(angry(), Moment.DRAFT, NOW, draft=amir_types(COLD).draft, ear=BOOK.ear)
    attended = attend(situation, [Fired(BOOK.rules["relationship.help-before-selling"], (theirs, ours))])
    assert [quote.where for quote in attended.hints[0].evidence] == ["draft", "comment:1"]


def test_two_hints_never_rest_on_the_same_words_of_the_customer():
    words = (Evidence("comment:1", 0, 10, "Third time"),)
    first, second = (BOOK.rules[name] for name in ("three-as.acknowledge", "relationship.genuine-interest"))
    situation = Situation(angry(), Moment.DRAFT, NOW, draft=amir_types(COLD).draft, ear=BOOK.ear)
    attended = attend(situation, [Fired(first, words), Fired(second, words)])
    assert [hint.rule for hint in attended.hints] == [first.id]
    assert [held.because for held in attended.held_back] == ["family"]


WORSE, LET_DOWN = "feelings.turned-worse", "three-as.acknowledge"
WAITS = rana_says("Hello, when does my parcel come?", 1)
LOOKS = amir_says("It left our depot on Monday.", 2, id="old")


def test_a_sharper_hint_on_the_same_words_does_not_join_the_one_that_is_there_when_the_history_comes_in():
    state = advance(case(), rana_says(ANGRY, 30), BOOK, NOW).case
    assert rules(advance(state, None, BOOK, NOW)) == [LET_DOWN]
    for earlier in (WAITS, LOOKS):
        outcome = advance(state, earlier, BOOK, NOW)
        state = outcome.case
        assert [one for one in outcome.effects if isinstance(one, Publish) and one.kind == "withdrawn"] == []
    assert rules(outcome) == [LET_DOWN]
    assert because(outcome, WORSE) == "family"


def test_a_hint_before_the_draft_gives_way_to_one_that_the_draft_calls_for_on_the_same_words():
    state = case()
    for event in (WAITS, LOOKS, rana_says(ANGRY, 30)):
        outcome = advance(state, event, BOOK, NOW)
        state = outcome.case
    assert rules(outcome) == [WORSE]
    outcome = told(state, "Please send your order number.")
    assert rules(outcome) == [LET_DOWN]
    assert because(outcome, WORSE) == "family"


def test_everything_that_fires_is_shown_where_everything_is_asked_for():
    outcome = told(angry(), everything=True)
    assert len(outcome.advice.hints) > 2
    assert outcome.advice.held_back == ()


def test_half_written_is_not_missing():
    state = angry()
    assert "three-as.acknowledge" not in rules(told(state, "Please send your", settled=False))
    assert "three-as.acknowledge" in rules(told(state, "Please send your order number."))


def test_a_dismissed_hint_does_not_return_in_its_slot():
    state = dismiss(told(angry()).case, "12", "three-as.acknowledge", "", "not here", NOW)
    assert because(told(state), "three-as.acknowledge") == "dismissed"


def test_a_dismissal_can_be_taken_back():
    state = dismiss(told(angry()).case, "12", "three-as.acknowledge", "", "not here", NOW)
    assert "three-as.acknowledge" in rules(told(undo_dismissal(state, "12", "three-as.acknowledge", "")))


def taken_back(state, reason="not here"):
    return undo_dismissal(
        dismiss(state, "12", "three-as.acknowledge", "", reason, NOW), "12", "three-as.acknowledge", ""
    )


def test_a_hint_that_was_put_aside_and_brought_back_was_followed_where_the_reply_heeds_it():
    state = taken_back(told(angry(), "Please send your order number.").case)
    sent = amir_says("Hi Rana, I can see why you are fed up. Please send your order number.", 16)
    after = advance(state, sent, BOOK, NOW + minutes(1)).case
    assert {seen.rule: seen.verdict for seen in after.slots[0].seen}["three-as.acknowledge"] is Verdict.OBEYED


@pytest.mark.parametrize("reason", ["misread", None, "done"])
def test_what_was_said_of_a_hint_and_taken_back_counts_for_nothing(reason):
    state = told(angry()).case
    aside = dismiss(state, "12", "three-as.acknowledge", "", reason, NOW)
    counts = [*judged(state, aside, NOW), *judged(aside, taken_back(state, reason), NOW)]
    assert [one.by for one in counts] == [1, -1]
    assert len({one.what for one in counts}) == 1


def test_what_was_not_dismissed_can_not_be_taken_back():
    with pytest.raises(NotFoundError):
        undo_dismissal(angry(), "12", "three-as.acknowledge", "")


def test_what_one_agent_dismissed_another_still_sees():
    state = dismiss(told(angry()).case, "12", "three-as.acknowledge", "", "not here", NOW)
    lena = replace(state, readers=(AgentHabits(agent_id="7", agent_name="Lena Vogt"),))
    assert "three-as.acknowledge" in rules(told(lena))


@pytest.mark.parametrize("what", ["three-as.acknowledge", "acknowledge-apologize-act", "all"])
def test_a_mute_holds_a_rule_a_principle_or_everything(what):
    muted = replace(angry(), readers=(replace(AMIR, muted=(Mute(what=what),)),))
    assert because(told(muted), "three-as.acknowledge") == "muted"


def test_a_mute_ends_when_its_time_is_over():
    muted = replace(angry(), readers=(replace(AMIR, muted=(Mute(what="all", until=NOW + timedelta(hours=1)),)),))
    assert rules(told(muted)) == []
    assert rules(told(muted, now=NOW + timedelta(hours=2))) != []


def test_a_rule_in_the_shadow_shows_nobody():
    outcome = told(angry(stages={"three-as": Stage.SHADOW}))
    assert because(outcome, "three-as.acknowledge") == "shadow"


def test_a_pause_silences_everything():
    outcome = told(angry(paused=True))
    assert rules(outcome) == []
    assert {held.because for held in outcome.advice.held_back} == {"paused"}


def test_a_hint_keeps_its_id_while_its_slot_lasts():
    state = angry()
    first = told(state, "Please send your order number.").advice.hints[0]
    again = told(state, "Please send your order number now, thanks.").advice.hints[0]
    assert first.id == again.id


def test_words_that_stand_in_the_draft_by_now_clear_the_hint():
    state = told(angry(), "Please send your order number.").case
    outcome = told(
        state, "Three letters and still no parcel, I can see why you are fed up. Please send your order number."
    )
    assert "three-as.acknowledge" not in rules(outcome)
    assert len(outcome.advice.cleared) >= 1


def test_a_hint_heeded_in_the_sent_text_was_followed():
    state = told(angry(), "Please send your order number.").case
    sent = amir_says("Hi Rana, I can see why you are fed up. Please send your order number.", 16)
    after = advance(state, sent, BOOK, NOW + minutes(1)).case
    verdicts = {seen.rule: seen.verdict for seen in after.slots[0].seen}
    assert verdicts["three-as.acknowledge"] is Verdict.OBEYED


def test_a_hint_not_heeded_was_ignored_and_rests_for_a_slot():
    state = told(angry(), "Please send your order number.").case
    state = advance(state, amir_says("Please send your order number.", 16), BOOK, NOW + minutes(1)).case
    assert {s.rule: s.verdict for s in state.slots[0].seen}["three-as.acknowledge"] is Verdict.IGNORED
    state = advance(state, rana_says("This is ridiculous, I am furious.", 17), BOOK, NOW + minutes(2)).case
    assert because(told(state, "Please send a photo.", now=NOW + minutes(3)), "three-as.acknowledge") == "cool-down"


def test_the_same_input_gives_the_same_outcome():
    state = angry()
    assert told(state) == told(state)


def test_a_reply_that_we_only_come_to_know_of_ends_no_slot():
    state = told(angry(), "Please send your order number.").case
    state = advance(state, amir_says("I will look into it.", 0.5, id="old"), BOOK, NOW).case
    (slot,) = state.slots
    assert {(seen.slot, seen.verdict) for seen in slot.seen} == {("old", Verdict.SHOWN)}
    assert because(told(state, "Please send your order number."), "three-as.acknowledge") is None


def test_a_reply_dated_in_the_whole_second_of_its_last_hint_ends_the_slot_of_that_hint():
    shown_at = NOW + timedelta(seconds=0.6)
    state = told(angry(), "Please send your order number.", now=shown_at).case
    state = advance(state, amir_says("Please send your order number.", 15), BOOK, shown_at).case
    assert {seen.verdict for seen in state.slots[0].seen} == {Verdict.IGNORED}


def in_team(state, **named):
    ticket = replace(state.conversation.ticket, **named)
    return replace(state, conversation=replace(state.conversation, ticket=ticket))


def test_a_pilot_that_is_live_nowhere_shows_nothing_and_says_what_it_would_have_shown():
    outcome = told(angry(live_in=()))
    assert rules(outcome) == []
    assert because(outcome, "three-as.acknowledge") == "shadow"


@pytest.mark.parametrize("named", [{"group": "Plant care"}, {"brand": "Fern & Field"}])
def test_a_pilot_speaks_on_the_tickets_of_its_groups_and_brands(named):
    state = angry(live_in=("group:plant care", "brand:Fern & Field"))
    assert rules(told(in_team(state, **named)))


@pytest.mark.parametrize("named", [{}, {"group": "Billing"}, {"brand": "Plant care"}])
def test_a_pilot_is_silent_on_every_other_ticket(named):
    state = angry(live_in=("group:Plant care",))
    assert rules(told(in_team(state, **named))) == []


def test_what_was_asked_for_and_stands_in_the_draft_by_now_brings_no_second_wish_of_its_family():
    asked = told(angry(), "Please send me your order number, and a picture of the label.")
    assert "three-as.acknowledge" in rules(asked)
    heeded = "Please send me your order number, and a picture of the label. I can see why three messages and no parcel are frustrating."
    assert "three-as.understand-first" in rules(told(angry(), heeded))
    again = told(asked.case, heeded, now=NOW + minutes(1))
    assert "three-as.understand-first" not in rules(again)
    assert because(again, "three-as.understand-first") == "family"
    back = told(taken_back(asked.case), heeded, now=NOW + minutes(1))
    assert because(back, "three-as.understand-first") == "family"


def test_what_was_heard_brings_no_hint_once_a_message_that_nobody_here_understands_stands_behind_it():
    thanks = rana_says("That's just what I needed. Thank you, Amir, have a lovely week.", 1)
    arabic = rana_says("هذه هي المرة الثالثة التي أكتب فيها إليكم ولا أحد يجيب. أين طردي؟", 2)
    first = advance(case(), thanks, BOOK, NOW)
    told = advance(first.case, arabic, BOOK, NOW)
    assert first.advice.hints
    assert not told.advice.hints
    assert not told.advice.language_covered
