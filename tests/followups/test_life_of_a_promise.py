"""What becomes of a promise: time passes, replies and customers speak, tickets change hands; one story a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from guidance.followups import as_follow_up
from guidance.followups.clock import next_at
from guidance.model import (
    Asks,
    FollowUpAccepted,
    Person,
    PromiseMoved,
    PromiseTaken,
    Publish,
    RemindIn,
    TaskChanged,
    TaskMode,
    Ticket,
    TicketChanged,
    TicketMerged,
    Unschedule,
    Woken,
)
from guidance.pipeline import advance
from tests.cast import KEY, NOW, amir_says, case, rana_says
from tests.followups.story import ANSWER, BOOK, CALL, DUE, NEW_YORK, S, Story, has_task


def test_the_reminder_comes_two_business_hours_before_and_once():
    story = has_task(Story().hears(amir_says(CALL)))
    assert story.works("wake")[0].at == datetime(2026, 3, 5, 13, 0, tzinfo=NEW_YORK)
    assert story.wakes().promise.state is S.REMINDED
    assert story.promise.remind_at is None
    assert next_at(story.case) == DUE


def test_a_reminder_for_the_early_morning_comes_on_the_day_before():
    promise = Story().hears(amir_says("I'll call you on Friday at 9am.")).promise
    assert promise.remind_at == datetime(2026, 3, 5, 15, 0, tzinfo=NEW_YORK)


def test_what_holds_for_good_is_followed_up_by_nobody():
    story = Story().says(amir_says, "You won't be charged again, and the second visit is on us.")
    assert story.case.follow_ups == ()


def test_what_was_only_just_promised_is_not_reminded_of():
    assert Story().hears(amir_says("I'll call you in 90 minutes.", 15)).promise.remind_at is None


@pytest.mark.parametrize(("where", "count"), [("sidebar", 0), ("note", 1), ("tag", 1)])
def test_a_reminder_shows_in_the_helpdesk_only_where_an_admin_wants_it(where, count):
    story = has_task(Story(remind_in=RemindIn(where)).hears(amir_says(CALL))).wakes()
    assert len(story.works("remind")) == count


@pytest.mark.parametrize("ahead", [0, 3])
def test_the_hint_of_a_late_word_comes_with_its_wake_up_to_the_millisecond(ahead):
    story = has_task(Story().hears(amir_says(ANSWER))).wakes()
    woken = Woken(key=KEY, event_id="w", at=next_at(story.case), reason="follow-ups")
    story.at(woken.at - timedelta(milliseconds=ahead)).hears(woken)
    assert story.promise.state is S.LATE
    assert told_hints(story) == [["follow-through.promise-overdue"]]


def test_the_hint_of_a_late_word_is_told_with_whatever_is_heard_first_be_it_no_news():
    story = has_task(Story().hears(amir_says(ANSWER))).wakes()
    story.at(next_at(story.case)).hears(amir_says(ANSWER))
    assert told_hints(story) == [["follow-through.promise-overdue"]]


def test_a_call_past_its_time_is_no_late_word_though_nobody_has_woken_the_ticket_for_it():
    story = has_task(Story().hears(amir_says(CALL))).wakes()
    story.at(DUE).hears(amir_says(CALL))
    assert story.promise.state is not S.UNCONFIRMED
    assert told_hints(story) == []


def told_hints(story):
    """The rules of the hints that sidebars hear of, news by news."""
    told = [one.data["advice"]["hints"] for one in story.effects if isinstance(one, Publish) and one.kind == "hint"]
    return [[hint["rule"] for hint in hints] for hints in told]


def test_a_word_that_did_not_come_is_late_and_after_three_working_days_broken():
    story = has_task(Story().hears(amir_says(ANSWER))).wakes().wakes()
    assert (story.promise.state, story.promise.late_at) == (S.LATE, DUE)
    assert story.wakes().promise.state is S.BROKEN
    assert story.now == datetime(2026, 3, 10, 15, 0, tzinfo=NEW_YORK)


def test_a_call_leaves_no_text_so_it_is_unconfirmed_and_stays_so():
    story = has_task(Story().hears(amir_says(CALL))).wakes().wakes()
    assert story.promise.state is S.UNCONFIRMED
    assert next_at(story.case) is None
    assert story.told(state=S.KEPT).promise.state is S.KEPT


def test_an_unconfirmed_call_that_was_not_made_is_late():
    story = has_task(Story().hears(amir_says(CALL))).wakes().wakes()
    assert story.told(state=S.LATE).promise.state is S.LATE


def test_a_later_reply_that_gives_the_word_keeps_it_and_is_quoted():
    story = has_task(Story().hears(amir_says(ANSWER))).at(NOW + timedelta(hours=3))
    story.says(amir_says, "Hi Rana, the depot found your parcel and it leaves today.")
    assert (story.promise.state, story.promise.settled_by) == (S.KEPT, "comment:11")
    assert "found your parcel" in story.promise.evidence
    assert [work.data["task_id"] for work in story.works("task_update")] == ["77"]


@pytest.mark.parametrize("text", ["Still waiting for the depot, sorry.", "I'll get back to you by Friday then.", "Ok!"])
def test_a_reply_without_the_word_keeps_nothing(text):
    story = Story().hears(amir_says(ANSWER)).at(NOW + timedelta(hours=3)).says(amir_says, text)
    assert story.promise.state.is_open


def test_a_call_is_kept_by_a_reply_that_tells_of_it_and_by_no_other():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(hours=3))
    assert story.says(amir_says, "Your parcel left the depot this morning.").promise.state.is_open
    assert story.says(amir_says, "It was good speaking with you just now, Rana.").promise.state is S.KEPT


def test_not_yet_opens_it_again_and_the_same_reply_does_not_close_it_again():
    story = Story().hears(amir_says(ANSWER)).at(NOW + timedelta(hours=3))
    story.says(amir_says, "Hi Rana, the depot found your parcel and it leaves today.")
    assert story.told(state=S.NOTED).promise.state is S.PLANNED
    assert story.says(rana_says, "Oh, good to know").promise.state is S.PLANNED
    assert story.says(amir_says, "The parcel is with the driver and comes at noon.").promise.state is S.KEPT


def test_a_customer_who_needs_nothing_more_withdraws_it():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(minutes=5))
    story.says(rana_says, "No need to call me any more, it has arrived.")
    assert (story.promise.state, story.promise.settled_by) == (S.WITHDRAWN, "comment:11")
    assert any(isinstance(one, Unschedule) and one.work_id.startswith("task:") for one in story.effects)


QUOTED = """{words}

On Tue, Mar 3, 2026 at 9:12 AM Help <help@example.com> wrote:
> No need to call you back then, never mind.
> It was good speaking with you just now."""


def test_words_that_are_only_quoted_neither_call_a_promise_off_nor_keep_it():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(hours=3))
    assert story.says(rana_says, QUOTED.format(words="Please do, at three.")).promise.state is S.PLANNED
    assert story.says(amir_says, QUOTED.format(words="I have noted it.")).promise.state is S.PLANNED
    assert story.says(rana_says, "Never mind, it has arrived.").promise.state is S.WITHDRAWN


def test_a_conditional_promise_begins_though_its_answer_quotes_somebody_who_needs_nothing():
    story = Story().hears(amir_says("If you send me the number, I'll call you within two hours."))
    story.at(NOW + timedelta(hours=1)).says(rana_says, QUOTED.format(words="It is 12."))
    assert story.promise.state is S.PLANNED


def test_the_same_words_twice_in_a_reply_are_one_promise():
    story = Story().hears(amir_says("I'll call you tomorrow. Your parcel is here. I'll call you tomorrow."))
    assert [one.words for one in story.case.follow_ups] == ["I'll call you tomorrow"]


def test_a_promise_that_was_kept_after_all_is_so_by_the_agents_word_and_then():
    story = Story().hears(amir_says(ANSWER)).wakes().wakes().wakes()
    assert story.promise.state is S.BROKEN
    later = story.now + timedelta(hours=1)
    kept = story.at(later).told(state=S.KEPT).promise
    assert (kept.state, kept.settled_by, kept.settled_at) == (S.KEPT, "agent", later)
    assert kept.late_at is not None


def test_a_promise_without_a_time_is_asked_about_and_nudged_once():
    story = Story().hears(amir_says("I'll get back to you."))
    assert story.promise.asks is Asks.WHEN
    assert story.promise.nudge_at == datetime(2026, 3, 4, 14, 15, tzinfo=NEW_YORK)
    assert story.wakes().promise.nudged
    assert next_at(story.case) is None


def test_naming_a_time_plans_it_and_ends_the_question():
    story = Story().hears(amir_says("I'll get back to you.")).told(due_at=DUE, due_kind="time")
    assert (story.promise.state, story.promise.asks) == (S.PLANNED, None)
    assert [work.at for work in story.works("task")] == [NOW + timedelta(minutes=10)]


def test_a_conditional_promise_begins_with_the_customers_answer_and_its_own_clock():
    story = Story().hears(amir_says("If you send me the number, I'll call you tomorrow at 3pm."))
    story.at(NOW + timedelta(days=1)).says(rana_says, "It is 555 0199.")
    assert (story.promise.conditional, story.promise.state) == (False, S.PLANNED)
    assert story.promise.due_at == DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("I'll call you tomorrow, Friday the 6th.", Asks.CONTRADICTORY),
        ("I'll call you on Friday the 3rd of March.", Asks.CONTRADICTORY),
        ("I'll call you on Friday the 9th.", Asks.CONTRADICTORY),
        ("I'll call you on 4 March 2031.", Asks.FAR),
        ("I'll call you by 3 March.", Asks.FAR),
        ("I'll call you by 8/3.", Asks.FAR),
    ],
)
def test_a_time_that_makes_no_sense_is_a_question_and_no_task(text, asks):
    story = Story().hears(amir_says(text))
    assert (story.promise.asks, story.promise.due_at, story.promise.state) == (asks, None, S.NOTED)
    assert story.works("task") == []


@pytest.mark.parametrize(
    "text", ["I'll call you by 3 March 2027.", "I'll call you within a year.", "I'll call you by 3/8."]
)
def test_a_time_far_off_that_is_meant_is_planned(text):
    assert Story().hears(amir_says(text)).promise.asks is None


def test_the_days_of_a_promise_are_compared_as_the_customers_clock_shows_them():
    evening = datetime(2026, 3, 4, 20, 0, tzinfo=NEW_YORK).astimezone(UTC)
    story = Story().at(evening).says(amir_says, "I'll call you tomorrow (March 5).")
    assert (story.promise.asks, story.promise.due_at) == (None, datetime(2026, 3, 5, 17, 0, tzinfo=NEW_YORK))


def test_a_conditional_promise_begins_with_its_own_time_and_not_with_that_of_its_condition():
    story = Story().hears(amir_says("I'll call you within an hour if you send me the number by Friday."))
    story.says(rana_says, "It is 555 0199.")
    assert story.promise.due_at == NOW + timedelta(hours=1)


def test_in_the_ledger_mode_no_task_is_made_and_all_else_goes_on():
    story = Story(task_mode=TaskMode.LEDGER).hears(amir_says(CALL))
    assert story.works("task") == []
    assert story.wakes().promise.state is S.REMINDED


def test_a_correction_in_the_grace_time_moves_the_task_along():
    story = Story().hears(amir_says(CALL)).at(NOW + timedelta(minutes=4))
    story.told(due_at=DUE + timedelta(days=1), due_kind="time")
    assert [work.at for work in story.works("task")] == [NOW + timedelta(minutes=14)]


def test_a_correction_after_the_task_was_made_is_an_update():
    story = has_task(Story().hears(amir_says(CALL))).told(due_at=DUE + timedelta(days=1), due_kind="time")
    assert (story.promise.state, story.works("task")) == (S.TASK_MADE, [])
    assert [work.data["task_id"] for work in story.works("task_update")] == ["77"]


def assigned(person, at=NOW):
    fields = ("assignee", "group")
    return TicketChanged(key=KEY, event_id="as", at=at, assignee=person, ticket=Ticket(group="Delivery"), fields=fields)


def test_the_promise_goes_along_when_the_ticket_gets_another_assignee():
    story = has_task(Story().hears(amir_says(CALL))).hears(assigned(Person(id="7", name="Lena Brandt")))
    assert (story.promise.owner_id, story.promise.owner_name, story.promise.group) == ("7", "Lena Brandt", "Delivery")
    assert story.works("task_update")


def test_the_promise_of_a_ticket_that_nobody_has_any_more_is_the_groups():
    story = Story().hears(amir_says(CALL)).hears(assigned(Person()))
    assert story.case.conversation.assignee == Person()
    assert (story.promise.owner_id, story.promise.owner_name, story.promise.group) == (None, None, "Delivery")


def test_a_promise_of_somebody_else_stays_theirs():
    story = Story().hears(amir_says(CALL)).told(owner_id="8", owner_name="Noor")
    assert story.hears(assigned(Person(id="7", name="Lena Brandt"))).promise.owner_id == "8"


def test_a_task_done_in_the_helpdesk_keeps_it_and_writes_nothing_back():
    story = has_task(Story().hears(amir_says(CALL)))
    story.hears(TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=story.promise.id, task_id="77", done=True))
    assert (story.promise.state, story.promise.settled_by) == (S.KEPT, "task")
    assert story.works("task_update") == []


def test_news_of_a_task_that_is_older_than_the_agents_word_changes_nothing():
    story = has_task(Story().hears(amir_says(CALL))).at(NOW + timedelta(hours=1))
    story.told(due_at=DUE + timedelta(days=1), due_kind="time")
    old = TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=story.promise.id, task_id="77", due_at=DUE)
    assert story.hears(old).promise.due_at == DUE + timedelta(days=1)
    new = replace(old, at=NOW + timedelta(hours=2), due_at=(DUE + timedelta(days=2)).astimezone(UTC))
    assert story.hears(new).promise.due_at == DUE + timedelta(days=2)


def test_a_merged_tickets_promises_go_over_and_leave_only_when_taken():
    story = has_task(Story().hears(amir_says(CALL))).hears(TicketMerged(key=KEY, event_id="m", at=NOW, into="5000"))
    (work,) = story.works("forward")
    assert (work.ticket_id, work.data["event"]["event"]) == ("5000", "PromiseMoved")
    assert story.promise.is_open
    other = replace(KEY, ticket_id="5000")
    moved = PromiseMoved(key=other, event_id="x", at=NOW, follow_up=story.promise)
    fresh = case()
    there = replace(fresh, key=other, conversation=replace(fresh.conversation, key=other))
    taken = advance(advance(there, moved, BOOK, NOW).case, moved, BOOK, NOW)
    (adopted,) = taken.case.follow_ups
    assert (adopted.ticket_id, adopted.task_id, adopted.state) == ("5000", "77", S.TASK_MADE)
    story.hears(
        PromiseTaken(key=KEY, event_id="y", at=NOW, follow_up_id=story.promise.id, moved_to=f"5000/{adopted.id}")
    )
    assert not story.promise.is_open
    done = TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=story.promise.id, task_id="77", done=True)
    (passed_on,) = story.hears(done).works("forward")
    assert passed_on.data["event"]["follow_up_id"] == adopted.id


def test_a_task_that_is_done_while_its_promise_is_on_the_way_is_told_to_the_new_ticket():
    story = has_task(Story().hears(amir_says(CALL))).hears(TicketMerged(key=KEY, event_id="m", at=NOW, into="5000"))
    known = story.promise.id
    story.hears(TaskChanged(key=KEY, event_id="t", at=NOW, follow_up_id=known, task_id="77", done=True))
    story.hears(PromiseTaken(key=KEY, event_id="y", at=NOW, follow_up_id=known, moved_to="5000/f-there"))
    (told,) = story.works("forward")
    assert (told.ticket_id, told.data["event"]["event"]) == ("5000", "TaskChanged")
    assert (told.data["event"]["follow_up_id"], told.data["event"]["done"]) == ("f-there", True)


def test_the_offset_is_that_of_the_day_on_which_it_is_due():
    promise = Story().at(datetime(2026, 3, 6, 15, 0, tzinfo=UTC))
    promise.says(amir_says, "I'll call you on Monday at 3pm.")
    assert promise.promise.due_at.utcoffset() == timedelta(hours=-4)


def test_two_promises_for_one_moment_are_one_line_before_writing():
    story = Story().hears(amir_says("I'll call you tomorrow at 3pm. We'll also send the parcel tomorrow at 3pm."))
    facts = advance(story.case, None, BOOK, NOW).advice.facts
    assert len(story.case.follow_ups) == 2
    assert len([fact for fact in facts if "promised" in fact]) == 1


def test_a_time_told_in_utc_is_kept_as_the_customers_clock_shows_it():
    story = Story().hears(amir_says(CALL)).told(due_at=datetime(2026, 3, 6, 20, 0, tzinfo=UTC), due_kind="time")
    assert story.promise.due_at.isoformat() == "2026-03-06T15:00:00-05:00"


def test_what_is_late_is_quoted_and_not_what_may_have_been_done():
    story = Story().hears(amir_says("I'll call you tomorrow at 3pm. We'll get back to you by tomorrow 3pm."))
    story.wakes().wakes()
    said = advance(story.case, None, BOOK, story.now + timedelta(minutes=1)).advice.hints
    assert [one.evidence[0].text for one in said if one.rule == "follow-through.promise-overdue"] == [
        "We'll get back to you by tomorrow 3pm"
    ]


DELIVERY = "Your parcel will arrive on Friday."


def proposal(story, rule):
    advice = advance(story.case, None, BOOK, story.now).advice
    return next((hint for hint in advice.hints if hint.rule == rule), None)


def test_a_named_delivery_day_is_proposed_to_be_followed_up_and_nothing_is_planned_by_it():
    story = Story().hears(rana_says("Where is my parcel?")).hears(amir_says(DELIVERY))
    hint = proposal(story, "follow-through.follow-up-delivery")
    assert hint.proposal.words == "Ask Rana whether the delivery arrived"
    assert hint.proposal.due_at == datetime(2026, 3, 9, 17, 0, tzinfo=NEW_YORK)
    assert [one.rule for one in story.case.follow_ups if one.rule] == []


def test_what_is_accepted_is_planned_once_and_not_proposed_again():
    story = Story().hears(rana_says("Where is my parcel?")).hears(amir_says(DELIVERY))
    made = as_follow_up(story.case, proposal(story, "follow-through.follow-up-delivery"))
    event = FollowUpAccepted(key=KEY, event_id="x", at=NOW, follow_up=made)
    story.hears(event).hears(event)
    (planned,) = [one for one in story.case.follow_ups if one.rule]
    assert (planned.state, planned.owner_id) == (S.PLANNED, "12")
    advice = advance(story.case, None, BOOK, NOW).advice
    assert "follow-through.follow-up-delivery" not in {hint.rule for hint in advice.hints}
    assert "planned" in {held.because for held in advice.held_back}


def test_an_admin_may_have_it_planned_without_a_click():
    rule = "follow-through.follow-up-delivery"
    story = Story(proposals=(rule,)).hears(rana_says("Where is my parcel?")).hears(amir_says(DELIVERY))
    assert [work.data["event"]["event"] for work in story.works("forward")] == ["FollowUpAccepted"]


def test_illness_and_mourning_are_never_proposed_to_be_remembered():
    story = Story().hears(rana_says("My father passed away, the funeral is on Friday. Please close his account."))
    assert all(hint.proposal is None for hint in advance(story.case, None, BOOK, NOW).advice.hints)


def test_a_birthday_is_proposed_for_its_own_day():
    story = Story().hears(rana_says("It's my husband's birthday on Saturday, will the watch be here by then?"))
    hint = proposal(story, "feelings.occasion")
    assert hint.proposal.due_at.date().isoformat() == "2026-03-07"
