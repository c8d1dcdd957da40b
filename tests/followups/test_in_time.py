"""News of a promise that comes late, by another clock, or in another group's ticket; one story a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.followups import due_in_words
from guidance.followups.clock import next_at
from guidance.followups.record import by_week
from guidance.model import PromiseMoved, TaskChanged, Ticket, TicketChanged
from guidance.pipeline import advance
from tests.cast import KEY, NOW, amir_says, case, minutes, rana_says
from tests.followups.story import ANSWER, BOOK, CALL, DUE, NEW_YORK, S, Story, has_task

WORD = "Hi Rana, the depot found your parcel and it leaves today."


def is_late():
    return has_task(Story().hears(amir_says(ANSWER))).wakes().wakes()


def is_broken():
    return is_late().wakes()


def sent(story, at, text=WORD, who=amir_says):
    """A comment that was written `at`, and of which we come to know now."""
    event = who(text, 50)
    return story.hears(replace(event, at=at, comment=replace(event.comment, at=at)))


def done(story, at):
    known = story.promise.id
    return story.hears(TaskChanged(key=KEY, event_id="t", at=at, follow_up_id=known, task_id="77", done=True))


def counted(story):
    (week,) = by_week([story.promise], NEW_YORK)
    return {name for name in ("kept", "late", "broken", "withdrawn") if getattr(week, name)}


@pytest.mark.parametrize("tell", [sent, done])
def test_what_was_kept_in_time_is_no_late_promise_though_we_hear_of_it_after(tell):
    story = tell(is_late().at(DUE + minutes(2)), DUE - minutes(3))
    assert (story.promise.state, story.promise.late_at, counted(story)) == (S.KEPT, None, {"kept"})


@pytest.mark.parametrize("tell", [sent, done])
def test_what_was_kept_too_late_is_late_though_its_wake_up_has_not_rung_yet(tell):
    story = tell(has_task(Story().hears(amir_says(ANSWER))).wakes().at(DUE + minutes(9)), DUE + minutes(5))
    assert (story.promise.state, story.promise.late_at, counted(story)) == (S.KEPT, DUE, {"late"})


@pytest.mark.parametrize("tell", [sent, done])
@pytest.mark.parametrize(("at", "what"), [(DUE - minutes(3), "kept"), (DUE + timedelta(hours=20), "late")])
def test_a_promise_is_not_broken_where_the_word_had_been_given_by_then(tell, at, what):
    story = is_broken()
    assert story.promise.state is S.BROKEN
    tell(story.at(story.now + timedelta(hours=1)), at)
    assert (story.promise.state, counted(story)) == (S.KEPT, {what})
    assert story.works("task_update") == []


def test_a_customer_who_had_called_it_off_by_then_takes_a_broken_promise_off():
    story = sent(is_broken(), DUE - minutes(3), "Never mind, it has arrived.", rana_says)
    assert story.promise.state is S.WITHDRAWN


@pytest.mark.parametrize("tell", [sent, done])
def test_what_comes_after_a_promise_is_broken_mends_nothing(tell):
    story = is_broken()
    assert tell(story, story.now + minutes(3)).promise.state is S.BROKEN


def test_a_call_that_was_not_made_yet_has_three_more_working_days_from_the_answer():
    story = has_task(Story().hears(amir_says(CALL))).wakes().wakes().at(DUE + timedelta(days=6))
    assert story.told(state=S.LATE).promise.state is S.LATE
    assert next_at(story.case) == DUE + timedelta(days=11)


def moved_to(group, number):
    at = NOW + minutes(number)
    return TicketChanged(key=KEY, event_id=f"g{number}", at=at, ticket=Ticket(group=group), fields=("group",))


def test_the_promises_of_a_ticket_are_its_groups_now_whoever_owns_them():
    story = Story().hears(amir_says(f"{CALL} We'll also send the parcel by Friday.")).hears(moved_to("Billing", 1))
    story.told(owner_id="8", owner_name="Noor")
    assert [one.group for one in story.case.follow_ups] == ["Billing", "Billing"]
    story.hears(moved_to("Delivery", 2))
    assert [one.group for one in story.case.follow_ups] == ["Delivery", "Delivery"]
    assert [one.owner_id for one in story.case.follow_ups] == ["8", "12"]


def test_what_is_closed_stays_with_the_group_that_had_it():
    story = Story().hears(amir_says(CALL)).hears(moved_to("Billing", 1)).told(state=S.KEPT)
    assert story.hears(moved_to("Delivery", 2)).promise.group == "Billing"


def test_a_promise_of_a_merged_ticket_is_of_the_group_that_has_the_other_one():
    story = Story().hears(amir_says(CALL)).hears(moved_to("Billing", 1))
    fresh = advance(case(), moved_to("Delivery", 1), BOOK, NOW).case
    there = advance(fresh, PromiseMoved(key=KEY, event_id="x", at=NOW, follow_up=story.promise), BOOK, NOW).case
    assert [one.group for one in there.follow_ups] == ["Delivery"]


def test_a_task_that_is_dated_anew_beyond_a_change_of_the_clocks_is_told_by_the_clock_of_that_day():
    story = has_task(Story().hears(amir_says(CALL)))
    kept = replace(story.promise, due_at=datetime.fromisoformat(story.promise.due_at.isoformat()))
    story.case = replace(story.case, follow_ups=(kept,))
    summer = datetime(2026, 3, 12, 15, 0, tzinfo=NEW_YORK)
    story.hears(
        TaskChanged(
            key=KEY,
            event_id="t",
            at=NOW + minutes(60),
            follow_up_id=kept.id,
            task_id="77",
            due_at=summer.astimezone(UTC),
        )
    )
    assert story.promise.due_at.isoformat() == "2026-03-12T15:00:00-04:00"
    assert "3:00" in due_in_words(story.promise, story.case)
