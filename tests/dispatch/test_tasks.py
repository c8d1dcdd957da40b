"""Tasks in bad weather: a helpdesk that fails before, after or in the middle, workers that die, clocks that jump."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Dispatcher, Timing
from guidance.dispatch.performing import wait_for
from guidance.dispatch.tasks import NotYetError
from guidance.errors import HelpdeskError
from guidance.model import Person, Schedule, Ticket, TicketChanged, TicketDeleted, Work
from tests import cast
from tests.cast import KEY, NOW
from tests.dispatch.clockwork import AFTER, BEFORE, CALL, Clockwork, Died, S
from tests.edges import ACME


def test_a_ticket_is_woken_for_a_timer_rule_at_its_time(clockwork):
    asked = cast.amir_notes("@Amir can you check whether accounts have paid this?")
    asked = replace(asked, comment=replace(asked.comment, author_id="7", author_name="Lena Vogt"))
    assigned = TicketChanged(
        key=KEY, event_id="a", at=NOW, assignee=Person(id="12", name="Amir Khan"), fields=("assignee",)
    )
    clockwork.advancing.take(KEY, [cast.rana_says("Where is my refund?"), asked, assigned])
    assert clockwork.later(hours=3).runs().store.load(KEY).shown.get("12", ()) == ()
    assert len(clockwork.later(hours=1).runs().store.load(KEY).shown.get("12", ())) == 1


def test_the_task_is_made_at_the_end_of_grace_and_not_before(clockwork):
    assert clockwork.promise().later(minutes=9).runs().tasks == []
    clockwork.later(minutes=2).runs()
    assert len(clockwork.tasks) == 1
    assert (clockwork.state, clockwork.follow_ups[0].task_id, clockwork.follow_ups[0].claim) == (
        S.TASK_MADE,
        "t0",
        None,
    )


@pytest.mark.parametrize("waits", [6, 16])
def test_a_correction_to_a_time_within_the_live_session_leaves_nothing_to_make(clockwork, waits):
    clockwork.promise().later(minutes=5).told(due_at=clockwork.now + timedelta(minutes=8), due_kind="time")
    assert (clockwork.state, clockwork.follow_ups[0].grace_until) == (S.NOTED, None)
    clockwork.later(minutes=waits).runs()
    assert (clockwork.tasks, clockwork.helpdesk.notes, clockwork.follow_ups[0].task_id) == ([], [], None)


def test_a_worker_that_has_the_task_in_hand_already_makes_none_for_a_time_within_the_live_session(clockwork):
    clockwork.promise().later(minutes=11)
    (work,) = [one for one in clockwork.store.due(KEY.shard, now=clockwork.now, lease_for=60) if one.kind == "task"]
    clockwork.told(due_at=clockwork.now + timedelta(minutes=8), due_kind="time")
    clockwork.dispatcher._tasks.make(work)
    assert clockwork.tasks == []


def test_a_correction_to_the_live_session_after_an_unclear_attempt_finds_the_task_that_was_made(clockwork):
    clockwork.helpdesk.faults = [("after", AFTER)]
    clockwork.promise().later(minutes=11).runs()
    clockwork.told(due_at=clockwork.now + timedelta(minutes=8), due_kind="time").later(minutes=2).runs()
    assert (len(clockwork.tasks), clockwork.follow_ups[0].task_id) == (1, "t0")
    assert clockwork.helpdesk.updates[-1].due_at == clockwork.follow_ups[0].due_at


@pytest.mark.parametrize(("place", "fault"), [("before", BEFORE), ("before", AFTER), ("after", AFTER)])
def test_whatever_an_attempt_came_to_there_is_one_task_in_the_end(clockwork, place, fault):
    clockwork.helpdesk.faults = [(place, fault)]
    clockwork.promise().later(minutes=11).runs()
    assert (clockwork.state, clockwork.follow_ups[0].trouble) == (S.PLANNED, str(fault))
    clockwork.later(minutes=2).runs()
    assert len(clockwork.tasks) == 1
    assert (clockwork.state, clockwork.follow_ups[0].trouble) == (S.TASK_MADE, None)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_worker_that_dies_in_the_call_leaves_one_task_to_be_found_or_made(clockwork, place):
    clockwork.helpdesk.faults = [(place, Died())]
    clockwork.promise().later(minutes=11).dies()
    assert clockwork.state is S.CREATING
    for _ in range(4):
        clockwork.later(seconds=61).runs()
    assert len(clockwork.tasks) == 1
    assert clockwork.state is S.TASK_MADE


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_successor_that_takes_the_work_over_at_once_still_waits_for_the_call_to_end(clockwork, place):
    clockwork.helpdesk.faults = [(place, Died())]
    clockwork.promise().later(minutes=11).dies()
    asked = len(clockwork.tasks)
    clockwork.dispatcher.take_over(KEY.shard, [""])
    clockwork.later(seconds=1).runs().later(seconds=19).runs()
    assert (clockwork.state, len(clockwork.tasks)) == (S.CREATING, asked)
    clockwork.later(seconds=20).runs()
    assert (clockwork.state, len(clockwork.tasks)) == (S.TASK_MADE, 1)


def test_a_clock_that_jumps_ahead_begins_no_second_attempt_beside_the_first(clockwork):
    clockwork.helpdesk.faults = [("before", Died())]
    clockwork.promise().later(minutes=11).dies()
    clockwork.now += timedelta(hours=1)
    clockwork.runs()
    assert clockwork.tasks == []
    clockwork.now += timedelta(hours=1)
    assert clockwork.runs().tasks == []
    clockwork.watch += 26
    clockwork.now += timedelta(hours=1)
    assert len(clockwork.runs().tasks) == 1


def test_a_clock_that_is_put_back_only_delays(clockwork):
    clockwork.promise()
    clockwork.now -= timedelta(days=1)
    assert clockwork.runs().tasks == []
    clockwork.now += timedelta(days=1, minutes=11)
    assert len(clockwork.runs().tasks) == 1


def test_a_helpdesk_that_is_down_for_six_hours_gets_its_task_then(clockwork):
    clockwork.helpdesk.faults = [("before", BEFORE)] * 10_000
    clockwork.promise().later(minutes=11).runs()
    ends_at = clockwork.now + timedelta(hours=6)
    while clockwork.now < ends_at:
        clockwork.later(minutes=5).runs()
    clockwork.helpdesk.faults = []
    assert clockwork.store.failures() == []
    clockwork.later(minutes=40).runs()
    assert len(clockwork.tasks) == 1


def test_after_a_day_it_is_given_up_into_the_failures_and_the_agent_is_told(clockwork):
    clockwork.helpdesk.faults = [("before", BEFORE)] * 10_000
    clockwork.promise("Hi Rana, I'll call you on Monday at 3pm.").later(minutes=11).runs()
    for _ in range(30):
        clockwork.later(hours=1).runs()
    (failure,) = clockwork.store.failures()
    assert (failure.kind, failure.ticket_id) == ("task", KEY.ticket_id)
    assert clockwork.follow_ups[0].trouble == str(BEFORE)
    clockwork.helpdesk.faults = []
    clockwork.store.retry(failure.id, now=clockwork.now)
    assert len(clockwork.runs().tasks) == 1


def test_a_fault_of_ours_in_one_piece_of_work_holds_up_no_other(clockwork):
    clockwork.promise()
    other = Work(id="remind:x", kind="remind", account=KEY.account, ticket_id=KEY.ticket_id, at=clockwork.now, data={})
    clockwork.advancing.store.save(clockwork.store.load(KEY), (Schedule(work=other),), now=clockwork.now)
    clockwork.later(minutes=11).runs()
    assert len(clockwork.tasks) == 1


def test_a_fault_of_ours_is_tried_again_and_told_without_its_words(clockwork):
    clockwork.promise().helpdesk.faults = [("before", KeyError("Rana's words"))]
    clockwork.later(minutes=11).runs()
    assert clockwork.follow_ups[0].trouble == "Something went wrong on our side (KeyError); it is tried again."
    clockwork.later(minutes=5).runs()
    assert (clockwork.state, len(clockwork.tasks)) == (S.TASK_MADE, 1)


def test_a_refusal_is_given_up_at_once(clockwork):
    clockwork.helpdesk.faults = [("before", HelpdeskError("it does not take the request", permanent=True, status=422))]
    clockwork.promise().later(minutes=11).runs()
    assert len(clockwork.store.failures()) == 1


NOT_ACCEPTED = HelpdeskError("it does not accept our credentials any more", permanent=True, status=401)


def test_credentials_that_are_refused_for_a_moment_cost_no_promise_its_task(clockwork):
    clockwork.helpdesk.faults = [("before", NOT_ACCEPTED)]
    clockwork.promise().later(minutes=11).runs()
    assert (clockwork.state, clockwork.follow_ups[0].trouble) == (S.PLANNED, str(NOT_ACCEPTED))
    clockwork.later(minutes=1).runs()
    assert (clockwork.state, len(clockwork.tasks), clockwork.store.failures()) == (S.TASK_MADE, 1, [])


def test_a_promise_waits_for_credentials_that_are_accepted_longer_than_for_anything_else(clockwork):
    clockwork.helpdesk.faults = [("before", NOT_ACCEPTED)] * 1000
    clockwork.promise("Hi Rana, I'll call you on Monday at 3pm.").later(minutes=11)
    for _ in range(48):
        clockwork.runs().later(minutes=45)
    clockwork.helpdesk.faults = []
    clockwork.runs()
    assert (clockwork.state, len(clockwork.tasks), clockwork.store.failures()) == (S.TASK_MADE, 1, [])


def test_what_is_withdrawn_while_its_task_is_unclear_ends_with_a_closed_task(clockwork):
    clockwork.helpdesk.faults = [("after", AFTER)]
    clockwork.promise().later(minutes=11).runs()
    clockwork.told(state=S.WITHDRAWN).later(minutes=2).runs()
    assert clockwork.follow_ups[0].task_id == "t0"
    assert [one.is_done for one in clockwork.helpdesk.updates] == [True]


def test_the_request_is_frozen_and_what_changed_since_is_an_update(clockwork):
    clockwork.helpdesk.faults = [("after", AFTER)]
    clockwork.promise().later(minutes=11).runs()
    asked = clockwork.tasks[0].due_at
    later = asked + timedelta(days=1)
    clockwork.told(due_at=later, due_kind="time").later(minutes=11).runs()
    assert [task.due_at for task in clockwork.tasks] == [asked]
    assert [update.due_at for update in clockwork.helpdesk.updates] == [later]


def test_one_task_serves_all_promises_of_a_ticket(clockwork):
    clockwork.promise(CALL, "I'll send you the new invoice on Friday.").later(minutes=11).runs().later(minutes=3).runs()
    assert len(clockwork.tasks) == 1
    assert {one.task_id for one in clockwork.follow_ups} == {"t0"}
    assert "1 more" in clockwork.helpdesk.updates[-1].subject
    first = clockwork.follow_ups[0].due_at
    assert clockwork.helpdesk.updates[-1].due_at == first
    clockwork.told(0, state=S.KEPT).runs()
    assert (clockwork.helpdesk.updates[-1].is_done, clockwork.helpdesk.updates[-1].due_at > first) == (False, True)
    clockwork.told(1, state=S.KEPT).runs()
    assert clockwork.helpdesk.updates[-1].is_done


def test_a_task_of_somebody_who_has_left_goes_to_nobody_in_particular(clockwork):
    clockwork.helpdesk.gone = {"12"}
    assert clockwork.promise().later(minutes=11).runs().tasks[0].assignee_id is None


def test_on_a_deleted_ticket_nothing_is_made_and_it_ends_with_a_note(clockwork):
    clockwork.promise()
    clockwork.advancing.take(KEY, [TicketDeleted(key=KEY, event_id="d", at=NOW)])
    assert clockwork.later(minutes=11).runs().tasks == []
    assert (clockwork.state, clockwork.follow_ups[0].trouble) == (S.WITHDRAWN, "the ticket is gone")


def test_an_account_may_have_a_note_in_a_tasks_place_and_only_one(store):
    clockwork = Clockwork(store, task_mode="note")
    clockwork.helpdesk.faults = [("", AFTER)]
    clockwork.promise().later(minutes=11).runs().later(minutes=2).runs()
    assert [note.ticket_id for note in clockwork.helpdesk.notes] == [KEY.ticket_id]
    assert (clockwork.tasks, clockwork.state) == ([], S.TASK_MADE)


@pytest.mark.parametrize(("where", "notes", "tags"), [("sidebar", 0, 0), ("note", 1, 0), ("tag", 0, 1)])
def test_the_reminder_goes_where_the_account_wants_it(store, where, notes, tags):
    clockwork = Clockwork(store, remind_in=where, link_in="sidebar").promise().later(minutes=11).runs()
    clockwork.later(hours=27).runs()
    assert clockwork.state is S.REMINDED
    assert (len(clockwork.helpdesk.notes), len(clockwork.helpdesk.tags)) == (notes, tags)


def test_waits_grow_are_spread_and_never_shorter_than_asked_for():
    def work(attempt, name="w"):
        return Work(id=name, kind="task", account="a", ticket_id="1", at=NOW, attempt=attempt)

    waits = [wait_for(work(attempt), BEFORE) for attempt in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[-1] <= 1800 * 1.25
    assert wait_for(work(1), AFTER) >= 15
    assert wait_for(work(1), HelpdeskError("slow down", retry_after=93)) == 93
    assert len({wait_for(work(8, f"w{number}"), BEFORE) for number in range(50)}) > 40


def test_looking_again_while_an_attempt_may_run_does_not_wait_longer_each_time():
    def work(attempt):
        return Work(id="w", kind="task", account="a", ticket_id="1", at=NOW, attempt=attempt)

    assert wait_for(work(30), NotYetError("not yet", retry_after=15)) == wait_for(
        work(1), NotYetError("not yet", retry_after=15)
    )


def test_what_ends_during_the_call_gets_its_task_known_and_closed(clockwork):
    make = clockwork.helpdesk.create_task

    def ended_meanwhile(task):
        known = clockwork.follow_ups[0]
        case = clockwork.store.load(KEY)
        ended = replace(known, state=S.WITHDRAWN, settled_at=clockwork.now)
        clockwork.store.save(replace(case, follow_ups=(ended,)), [], now=clockwork.now)
        return make(task)

    clockwork.helpdesk.create_task = ended_meanwhile
    clockwork.promise().later(minutes=11).runs()
    assert (clockwork.state, clockwork.follow_ups[0].task_id) == (S.WITHDRAWN, "t0")
    assert [one.is_done for one in clockwork.helpdesk.updates] == [True]


def test_while_everything_is_paused_the_task_waits_and_is_made_after_it(store):
    clockwork = Clockwork(store, paused=True).promise().later(minutes=11).runs()
    assert clockwork.tasks == []
    store.put_account(replace(ACME, settings={"grace_for": 600, "hours": {"time_zone": "America/New_York"}}))
    clockwork.advancing.accounts = AccountBook(store)
    assert len(clockwork.later(minutes=1).runs().tasks) == 1


def test_the_ticket_names_its_task_once_by_a_note_whatever_happened_to_the_first_attempt(clockwork):
    clockwork.promise(CALL, "I'll send you the new invoice on Friday.").later(minutes=11)
    write = clockwork.helpdesk.write_note

    def unclear(note):
        clockwork.helpdesk.write_note = write
        write(note)
        raise AFTER

    clockwork.helpdesk.write_note = unclear
    clockwork.runs().later(minutes=5).runs().later(minutes=5).runs()
    (note,) = clockwork.helpdesk.notes
    assert (note.ticket_id, note.mark) == (KEY.ticket_id, "Guidance task t0")
    assert "I'll call you tomorrow at 3pm" in note.body
    assert note.body.endswith("Its task: u")


def test_where_the_helpdesk_links_a_task_itself_no_note_is_written(clockwork):
    find = clockwork.helpdesk.find_task
    clockwork.helpdesk.find_task = lambda task: replace(find(task), linked=True) if find(task) else None
    clockwork.promise().later(minutes=11).runs()
    assert clockwork.follow_ups[0].task_linked
    assert clockwork.helpdesk.notes == []


def test_an_account_may_want_no_note_on_the_customers_ticket(store):
    clockwork = Clockwork(store, link_in="sidebar").promise().later(minutes=11).runs()
    assert (len(clockwork.tasks), clockwork.helpdesk.notes) == (1, [])


def test_where_our_user_may_make_no_tickets_a_note_stands_in_the_tasks_place(clockwork):
    refusal = HelpdeskError("our user there may not do this", permanent=True, status=403)
    clockwork.helpdesk.faults = [("before", refusal)]
    clockwork.promise().later(minutes=11).runs()
    assert (clockwork.tasks, clockwork.state, clockwork.store.failures()) == ([], S.TASK_MADE, [])
    assert [note.mark for note in clockwork.helpdesk.notes] == [f"Guidance follow-up {clockwork.follow_ups[0].id}"]


SHADOW = {"grace_for": 1, "hours": {"time_zone": "America/New_York"}, "live_in": []}
LIVE = {**SHADOW, "live_in": ["group:Delivery"]}


def in_delivery(clockwork):
    """The ticket is with Delivery, and time stands still for what is remembered of the account."""
    clockwork.advancing.accounts = AccountBook(clockwork.store, clock=lambda: 0.0)
    event = TicketChanged(key=KEY, event_id="g", at=NOW, ticket=Ticket(group="Delivery"), fields=("group",))
    clockwork.advancing.take(KEY, [event])
    return clockwork


def test_a_promise_made_right_after_going_live_gets_its_task_though_the_account_is_still_remembered_in_shadow(store):
    clockwork = in_delivery(Clockwork(store, **SHADOW))
    store.put_account(replace(ACME, settings=LIVE))
    clockwork.promise().later(seconds=1).runs()
    assert len(clockwork.tasks) == 1


def test_a_task_that_falls_due_while_its_worker_still_remembers_the_shadow_is_made(store):
    clockwork = in_delivery(Clockwork(store, **LIVE)).promise()
    store.put_account(replace(ACME, settings=SHADOW))
    clockwork.advancing.accounts.forget()
    clockwork.advancing.opened(KEY, clockwork.now)
    store.put_account(replace(ACME, settings=LIVE))
    clockwork.later(seconds=1).runs()
    assert len(clockwork.tasks) == 1


def test_back_in_shadow_no_task_is_made(store):
    clockwork = in_delivery(Clockwork(store, **LIVE)).promise()
    store.put_account(replace(ACME, settings=SHADOW))
    clockwork.advancing.accounts.forget()
    assert clockwork.later(minutes=1).runs().tasks == []


@pytest.mark.parametrize(("locale", "due"), [("en-GB", "15:00"), ("en-US", "3:00 PM")])
def test_what_we_write_into_the_helpdesk_tells_times_by_the_accounts_own_clock(store, locale, due):
    clockwork = Clockwork(store, agent_locale=locale, remind_in="note").promise().later(minutes=11).runs()
    clockwork.later(hours=27).runs()
    (task,) = clockwork.tasks
    link, reminder = clockwork.helpdesk.notes
    assert [f"2026, {due} EST" in one.body for one in (task, link, reminder)] == [True] * 3


def test_a_time_that_is_written_once_is_not_said_to_hold_for_ever(store):
    clockwork = Clockwork(store, remind_in="note").promise().later(minutes=11).runs()
    clockwork.later(hours=27).runs()
    (task,) = clockwork.tasks
    link, reminder = clockwork.helpdesk.notes
    told = ["later changes stand in the sidebar" in one.body for one in (task, link, reminder)]
    assert told == [True, True, False], "a reminder comes when the time does"


def test_a_note_in_place_of_a_task_tells_no_way_to_solve_it(store):
    clockwork = Clockwork(store, task_mode="note", agent_locale="en-US").promise().later(minutes=11).runs()
    (note,) = clockwork.helpdesk.notes
    assert "3:00 PM" in note.body and "Solving" not in note.body


def test_a_ticket_that_is_erased_while_its_task_is_made_stays_erased(clockwork, store):
    create = clockwork.helpdesk.create_task

    def erased_meanwhile(task):
        store.forget(KEY)
        return create(task)

    clockwork.helpdesk.create_task = erased_meanwhile
    clockwork.promise().later(minutes=11).runs()
    assert len(clockwork.tasks) == 1
    assert store.load(KEY) is None


def test_what_can_not_be_begun_in_time_is_put_back_as_it_was(clockwork):
    clockwork.promise().later(minutes=11)
    late = Dispatcher(clockwork.advancing, lambda _account: clockwork.helpdesk, timing=Timing(start_within=-1.0))
    assert late.run_due(KEY.shard) > 0
    assert clockwork.tasks == []
    left = clockwork.store.due(KEY.shard, now=clockwork.now, lease_for=60)
    assert [one.attempt for one in left if one.kind == "task"] == [1]


def test_after_a_look_that_took_too_long_nothing_is_made_since_the_lease_may_end_in_the_call(clockwork):
    clockwork.helpdesk.faults = [("before", AFTER)]
    clockwork.promise().later(minutes=11).runs()
    find = clockwork.helpdesk.find_task

    def slow(task):
        clockwork.watch += 11
        return find(task)

    clockwork.helpdesk.find_task = slow
    assert clockwork.later(minutes=2).runs().tasks == []
    clockwork.helpdesk.find_task = find
    assert len(clockwork.later(minutes=5).runs().tasks) == 1


def test_work_that_waited_a_day_for_a_worker_is_not_given_up_at_its_first_failure(clockwork):
    clockwork.helpdesk.faults = [("before", BEFORE)]
    clockwork.promise("Hi Rana, I'll call you on Monday at 3pm.").later(days=2).runs()
    assert clockwork.store.failures() == []
    assert len(clockwork.later(minutes=2).runs().tasks) == 1


def test_an_attempt_whose_outcome_is_unclear_is_waited_for_until_its_call_has_ended(clockwork):
    clockwork.helpdesk.faults = [("before", AFTER)]
    clockwork.promise().later(minutes=11).runs()
    assert clockwork.later(seconds=20).runs().tasks == []
    assert len(clockwork.later(seconds=20).runs().tasks) == 1
