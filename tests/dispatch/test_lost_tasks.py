"""Tasks that can't stand for their promises any more, since somebody deleted them or the helpdesk closed them for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.errors import TaskClosedError
from guidance.followups.life import DISPATCH
from guidance.model import TaskChanged, Woken
from tests.cast import KEY, NOW
from tests.dispatch.clockwork import AFTER, BEFORE, CALL, S


def is_deleted(clockwork, task_id="t0", *, told=True):
    """Somebody throws a task away in the helpdesk, and its webhook tells so; else it shows at the next update."""
    clockwork.helpdesk.deleted.add(task_id)
    if told:
        gone = TaskChanged(
            key=KEY,
            event_id=f"gone {task_id}",
            at=clockwork.now,
            follow_up_id=clockwork.follow_ups[0].id,
            task_id=task_id,
            gone=True,
        )
        clockwork.advancing.take(KEY, [gone])
    return clockwork


@pytest.mark.parametrize("told", [True, False], ids=["by webhook", "at an update"])
def test_a_task_that_was_deleted_is_made_anew_when_grace_is_over(clockwork, told):
    is_deleted(clockwork.promise().later(minutes=11).runs().told(owner_id="15"), told=told).runs()
    (lost,) = clockwork.follow_ups
    assert (lost.state, lost.task_id, len(clockwork.tasks)) == (S.PLANNED, None, 1)
    assert lost.trouble == "its task is gone from the helpdesk; another one is made"
    (made,) = clockwork.later(minutes=11).runs().follow_ups
    assert (made.state, made.task_id, made.trouble, clockwork.tasks[1].assignee_id) == (S.TASK_MADE, "t1", None, "15")


def test_what_is_taken_off_before_that_gets_no_other_task(clockwork):
    is_deleted(clockwork.promise().later(minutes=11).runs()).told(state=S.WITHDRAWN).later(hours=1).runs()
    assert (clockwork.state, len(clockwork.tasks)) == (S.WITHDRAWN, 1)


def test_whoever_deletes_the_other_task_too_means_it_and_the_promise_says_so(clockwork):
    is_deleted(clockwork.promise().later(minutes=11).runs()).later(minutes=11).runs()
    (alone,) = is_deleted(clockwork, "t1").later(hours=1).runs().follow_ups
    assert (alone.state, alone.task_id, len(clockwork.tasks)) == (S.NOTED, None, 2)
    assert alone.trouble == "its new task is gone from the helpdesk, too; a new time makes another one"
    assert clockwork.later(hours=27).runs().state is S.REMINDED


def test_a_new_time_makes_a_task_again_for_whom_both_were_deleted(clockwork):
    is_deleted(clockwork.promise().later(minutes=11).runs()).later(minutes=11).runs()
    is_deleted(clockwork, "t1").told(due_at=NOW + timedelta(days=3)).later(minutes=11).runs()
    assert (clockwork.state, clockwork.follow_ups[0].task_id) == (S.TASK_MADE, "t2")


def test_promises_of_one_task_that_was_deleted_share_another_one(clockwork):
    clockwork.promise(CALL, "I'll also send you the invoice by Friday.").later(minutes=11).runs()
    is_deleted(clockwork).later(minutes=11).runs()
    assert [one.task_id for one in clockwork.follow_ups] == ["t1", "t1"]
    assert len(clockwork.tasks) == 2


def test_a_late_promise_gets_another_task_at_once_where_its_own_was_deleted(clockwork):
    clockwork.promise("Hi Rana, I'll get back to you by tomorrow 3pm.").later(days=2).runs()
    is_deleted(clockwork).runs()
    assert (clockwork.state, clockwork.follow_ups[0].task_id) == (S.LATE, "t1")


@pytest.mark.parametrize("told", [True, False], ids=["by webhook", "at an update"])
def test_the_deleted_task_of_a_kept_promise_is_forgotten_and_opened_again_it_gets_one_for_its_new_time(clockwork, told):
    clockwork.promise().later(minutes=11).runs()
    if told:
        is_deleted(clockwork.told(state=S.KEPT).runs())
    else:
        is_deleted(clockwork, told=False).told(state=S.KEPT).runs()
    (kept,) = clockwork.follow_ups
    assert (kept.state, kept.task_id, kept.trouble, len(clockwork.tasks)) == (S.KEPT, None, None, 1)
    soon = NOW + timedelta(days=3)
    clockwork.told(state=S.PLANNED, due_at=soon).later(minutes=11).runs()
    assert (clockwork.follow_ups[0].task_id, clockwork.tasks[1].due_at) == ("t1", soon)


def test_news_of_a_deleted_task_that_is_not_the_promises_own_changes_nothing(clockwork):
    known = clockwork.promise().follow_ups
    assert is_deleted(clockwork, "t7").follow_ups == known


def is_closed(clockwork, task_id="t0"):
    """What the helpdesk does with a task that was solved days ago; its promise is open again all the same."""
    clockwork.helpdesk.closed.add(task_id)


def test_a_further_promise_gets_a_task_where_that_of_the_ticket_was_closed(clockwork):
    clockwork.promise().later(minutes=11).runs()
    is_closed(clockwork)
    clockwork.promise(CALL, "I'll also send you the invoice by Friday.").later(minutes=11).runs()
    assert [one.task_id for one in clockwork.follow_ups] == ["t1", "t1"]
    assert [one.state for one in clockwork.follow_ups] == [S.TASK_MADE, S.TASK_MADE]
    assert clockwork.store.failures() == []
    clockwork.told(1, state=S.KEPT).told(0, state=S.KEPT).runs()
    assert clockwork.helpdesk.updates[-1].is_done


def test_the_closed_task_is_not_taken_back_from_a_promise_that_does_not_know_of_it_yet(clockwork):
    clockwork.promise(CALL, "I'll also send you the invoice by Friday.").later(minutes=11).runs()
    assert [one.task_id for one in clockwork.follow_ups] == ["t0", "t0"]
    is_closed(clockwork)
    fields = {"task_id": None, "past_task": "t0", "frozen": None, "grace_until": clockwork.now, "state": S.PLANNED}
    clockwork.told(by=DISPATCH, **fields)
    due = clockwork.store.due(KEY.shard, now=clockwork.now, lease_for=60, count=16)
    clockwork.dispatcher.perform(next(work for work in due if work.kind == "task"))
    assert [one.task_id for one in clockwork.follow_ups] == ["t1", "t0"]


@pytest.mark.parametrize(("place", "fault"), [("before", BEFORE), ("before", AFTER), ("after", AFTER)])
def test_a_promise_that_is_opened_again_after_its_task_was_closed_gets_one_more_and_only_one(clockwork, place, fault):
    clockwork.promise().later(minutes=11).runs().told(state=S.KEPT).runs()
    is_closed(clockwork)
    clockwork.helpdesk.faults = [("", TaskClosedError("closed for good")), (place, fault)]
    clockwork.told(state=S.PLANNED).runs().later(minutes=30).runs()
    assert [len(made) for made in clockwork.helpdesk.made.values()] == [1, 1]
    assert (clockwork.state, clockwork.follow_ups[0].task_id) == (S.TASK_MADE, "t1")


def test_a_promise_that_is_late_gets_another_task_and_stays_late(clockwork):
    clockwork.promise("Hi Rana, I'll get back to you by tomorrow 3pm.").later(days=2).runs()
    assert clockwork.state is S.LATE
    is_closed(clockwork)
    clockwork.told(owner_id="15").runs()
    assert (clockwork.state, clockwork.follow_ups[0].task_id, len(clockwork.tasks)) == (S.LATE, "t1", 2)


def test_a_promise_that_turns_late_while_its_task_is_found_closed_gets_another_one(clockwork):
    clockwork.promise("Hi Rana, I'll get back to you by tomorrow 3pm.").later(minutes=11).runs()
    is_closed(clockwork)
    update = clockwork.helpdesk.update_task

    def turns_late_meanwhile(task):
        clockwork.later(days=2)
        clockwork.advancing.take(KEY, [Woken(key=KEY, event_id="w", at=clockwork.now, reason="follow-ups")])
        update(task)

    clockwork.helpdesk.update_task = turns_late_meanwhile
    clockwork.told(owner_id="15").runs()
    assert (clockwork.state, clockwork.follow_ups[0].task_id) == (S.LATE, "t1")


@pytest.mark.parametrize("told", [{"done": True}, {"gone": True}, {"due_at": NOW}])
def test_what_is_heard_late_of_the_closed_task_changes_nothing(clockwork, told):
    clockwork.promise().later(minutes=11).runs()
    is_closed(clockwork)
    clockwork.told(owner_id="15").runs()
    known = clockwork.follow_ups
    event = TaskChanged(key=KEY, event_id="late", at=clockwork.now, follow_up_id=known[0].id, task_id="t0", **told)
    clockwork.advancing.take(KEY, [event])
    assert clockwork.follow_ups == known
