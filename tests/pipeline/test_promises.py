from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from guidance.model import (
    FollowUpChanged,
    FollowUpState,
    KeepFollowUp,
    Publish,
    Schedule,
    TaskChanged,
    TicketDeleted,
)
from guidance.pipeline import advance
from guidance.rules import shipped_rulebook
from tests.cast import KEY, NOW, amir_notes, amir_says, case, rana_says

BOOK = shipped_rulebook()
CALL = "Hi Rana, I'll call you tomorrow at 3pm."


def after(*events, state=None):
    state = state or case()
    outcome = None
    for event in events:
        outcome = advance(state, event, BOOK, NOW)
        state = outcome.case
    return outcome


def works(outcome, kind):
    return [effect.work for effect in outcome.effects if isinstance(effect, Schedule) and effect.work.kind == kind]


def test_a_promise_with_a_time_is_planned_and_its_task_is_scheduled_for_the_end_of_grace():
    outcome = after(rana_says("Please call me"), amir_says(CALL))
    (follow_up,) = outcome.case.follow_ups
    assert follow_up.state is FollowUpState.PLANNED
    assert follow_up.due_at == datetime(2026, 3, 5, 15, 0, tzinfo=ZoneInfo("America/New_York"))
    assert [work.at for work in works(outcome, "task")] == [NOW + timedelta(minutes=10)]
    assert any(isinstance(effect, KeepFollowUp) for effect in outcome.effects)
    assert any(isinstance(effect, Publish) and effect.kind == "follow_up" for effect in outcome.effects)


def test_grace_is_half_the_time_to_the_due_moment_at_most():
    (follow_up,) = after(amir_says("I'll call you in 30 minutes.", 15)).case.follow_ups
    assert follow_up.grace_until == NOW + timedelta(minutes=10)
    (sooner,) = after(amir_says("I'll call you in 16 minutes.", 15)).case.follow_ups
    assert sooner.grace_until == NOW + timedelta(minutes=8)


def test_a_promise_without_a_time_is_noted_and_makes_no_task():
    outcome = after(amir_says("I'll call you back."))
    assert [one.state for one in outcome.case.follow_ups] == [FollowUpState.NOTED]
    assert works(outcome, "task") == []


def test_what_is_due_while_they_still_talk_makes_no_task():
    outcome = after(amir_says("I'll check that in five minutes."))
    assert works(outcome, "task") == []


def test_a_note_and_a_provisional_reply_promise_nothing():
    assert after(amir_notes(CALL)).case.follow_ups == ()
    assert after(amir_says(CALL, id="p:1", provisional=True)).case.follow_ups == ()


def test_a_promise_is_found_once_however_often_its_comment_comes():
    outcome = after(amir_says(CALL), amir_says(CALL), amir_says(CALL))
    assert len(outcome.case.follow_ups) == 1
    assert works(outcome, "task") == []


OFFER = "If you send me the number, I'll call you tomorrow at 3pm."


def test_a_conditional_promise_waits_for_the_customer_and_is_none_till_then():
    outcome = after(amir_says(OFFER))
    (waiting,) = outcome.case.follow_ups
    assert (waiting.conditional, waiting.due_at, waiting.state) == (True, None, FollowUpState.NOTED)
    assert works(outcome, "task") == []
    assert [work for work in works(outcome, "wake") if work.data["reason"] == "follow-ups"] == []


def _done(state):
    task = TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=state.follow_ups[0].id, task_id="77", done=True)
    return advance(state, task, BOOK, NOW).case.follow_ups[0]


def test_a_task_done_in_the_helpdesk_keeps_the_promise_here():
    follow_up = _done(after(amir_says(CALL)).case)
    assert (follow_up.state, follow_up.task_id) == (FollowUpState.KEPT, "77")


def test_dispatch_can_not_open_a_kept_promise_again():
    state = after(amir_says(CALL)).case
    kept = _done(state)
    kept_state = advance(
        state, TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=kept.id, task_id="77", done=True), BOOK, NOW
    ).case
    event = FollowUpChanged(
        key=KEY, event_id="x", at=NOW, changed=state.follow_ups[0], fields=("state",), by="dispatch"
    )
    assert advance(kept_state, event, BOOK, NOW).case.follow_ups[0].state is FollowUpState.KEPT


def test_a_deleted_ticket_ends_its_follow_ups_with_a_note():
    outcome = after(amir_says(CALL), TicketDeleted(key=KEY, event_id="d", at=NOW))
    (follow_up,) = outcome.case.follow_ups
    assert follow_up.state is FollowUpState.WITHDRAWN
    assert follow_up.trouble == "the ticket is gone"


def test_a_provisional_comment_makes_the_worker_fetch():
    outcome = after(rana_says("Hello?", id="p:1", provisional=True))
    assert len(works(outcome, "fetch")) == 1
