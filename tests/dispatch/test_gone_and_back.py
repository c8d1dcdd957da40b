"""A ticket that was deleted or marked as spam by mistake, and restored: its promises are there again."""

from __future__ import annotations

from msgspec.structs import replace

from guidance.model import Fetched, FollowUpState, Person, TicketDeleted
from tests.cast import KEY

S = FollowUpState


def is_deleted(clockwork):
    clockwork.advancing.take(KEY, [TicketDeleted(key=KEY, event_id="d", at=clockwork.now)])
    return clockwork.runs()


def is_restored(clockwork, **conversation):
    held = replace(clockwork.store.load(KEY).conversation, **conversation)
    clockwork.advancing.take(KEY, [Fetched(key=KEY, event_id="f", at=clockwork.now, conversation=held)])
    return clockwork.runs()


def test_its_task_is_opened_again_with_its_promise(clockwork):
    is_deleted(clockwork.promise().later(minutes=11).runs())
    assert (clockwork.state, clockwork.helpdesk.updates[-1].is_done) == (S.WITHDRAWN, True)
    due_at = clockwork.follow_ups[0].due_at
    (one,) = is_restored(clockwork.later(minutes=5)).follow_ups
    assert (one.state, one.due_at, one.task_id) == (S.TASK_MADE, due_at, "t0")
    assert (one.trouble, one.settled_at, one.settled_by) == (None, None, None)
    assert one.remind_at
    assert not clockwork.helpdesk.updates[-1].is_done


def test_a_promise_that_had_no_task_yet_gets_one(clockwork):
    is_restored(is_deleted(clockwork.promise().later(minutes=2)).later(minutes=2)).later(minutes=11).runs()
    assert (clockwork.state, len(clockwork.tasks)) == (S.TASK_MADE, 1)


def test_a_promise_that_fell_due_meanwhile_is_asked_about(clockwork):
    is_deleted(clockwork.promise().later(minutes=11).runs())
    is_restored(clockwork.later(days=3)).later(minutes=1).runs()
    assert clockwork.state is S.UNCONFIRMED


def test_what_the_agent_took_off_before_stays_taken_off(clockwork):
    clockwork.promise().told(state=S.WITHDRAWN)
    assert is_restored(is_deleted(clockwork).later(minutes=5)).state is S.WITHDRAWN


def test_what_waits_for_the_customers_answer_waits_again(clockwork):
    is_deleted(clockwork.promise("If you send me the number, I'll call you tomorrow at 3pm."))
    (one,) = is_restored(clockwork.later(minutes=5)).follow_ups
    assert (one.state, one.conditional, one.asks, one.nudge_at) == (S.NOTED, True, None, None)


def test_a_promise_goes_to_whom_the_ticket_was_given_while_it_was_away(clockwork):
    clockwork.promise()
    is_restored(clockwork, assignee=Person(id="12", name="Amir Khan"))
    is_deleted(clockwork.later(minutes=1))
    (one,) = is_restored(clockwork.later(minutes=5), assignee=Person(id="7", name="Lena Brandt")).follow_ups
    assert (one.state.is_open, one.owner_id) == (True, "7")
