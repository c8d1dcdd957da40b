"""Internal notes are written once each, whatever became of an attempt; of what is due anew, a new one."""

from __future__ import annotations

from datetime import timedelta

from guidance.errors import HelpdeskError
from tests.dispatch.clockwork import AFTER, BEFORE, Clockwork, S

REFUSAL = HelpdeskError("our user there may not do this", permanent=True, status=403)


class Faulty:
    """Calls of one kind, of which the next ones fail as told, before or after the work."""

    def __init__(self, call, *faults):
        self.call, self.faults = call, list(faults)

    def __call__(self, *args):
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and fault is not AFTER:
            raise fault
        found = self.call(*args)
        if fault is not None:
            raise fault
        return found


def marks(clockwork):
    return [note.mark for note in clockwork.helpdesk.notes]


def reminded(clockwork):
    while clockwork.state is not S.REMINDED:
        clockwork.later(minutes=30).runs()
    return clockwork.later(minutes=30).runs()


def test_a_note_that_was_written_by_an_attempt_that_was_given_up_is_not_written_again_on_retry(clockwork, store):
    desk = clockwork.helpdesk
    clockwork.promise().later(minutes=11)
    desk.write_note = Faulty(desk.write_note, AFTER)
    clockwork.runs()
    desk.has_note = Faulty(desk.has_note, REFUSAL)
    clockwork.later(minutes=2).runs()
    (failure,) = store.failures()
    assert failure.kind == "link"
    assert store.retry(failure.id, now=clockwork.now)
    clockwork.runs()
    assert marks(clockwork) == ["Guidance task t0"]


def test_a_promise_that_was_put_off_is_reminded_of_again_though_the_first_attempt_is_unclear(store):
    clockwork = reminded(Clockwork(store, remind_in="note").promise().later(minutes=11).runs())
    clockwork.told(state=S.TASK_MADE, due_at=clockwork.now + timedelta(days=2), due_kind="time").runs()
    desk = clockwork.helpdesk
    desk.write_note = Faulty(desk.write_note, BEFORE)
    reminded(clockwork)
    reminders = [mark for mark in marks(clockwork) if mark.startswith("Guidance reminder")]
    assert len(set(reminders)) == len(reminders) == 2


def looks_slowly(clockwork):
    """The helpdesk takes eleven seconds to show its notes, once. Meanwhile the lease may end, and another worker look as well."""
    look, slow = clockwork.helpdesk.has_note, [11.0]

    def has_note(note):
        clockwork.watch += slow.pop() if slow else 0
        return look(note)

    clockwork.helpdesk.has_note = has_note


def test_a_note_that_was_long_looked_for_is_written_at_the_next_attempt_only(clockwork):
    looks_slowly(clockwork)
    clockwork.promise().later(minutes=11).runs()
    assert marks(clockwork) == []
    clockwork.later(minutes=1).runs()
    assert marks(clockwork) == ["Guidance task t0"]


def test_a_note_in_a_tasks_place_that_was_long_looked_for_is_written_at_the_next_attempt_only(store):
    clockwork = Clockwork(store, task_mode="note")
    clockwork.helpdesk.write_note = Faulty(clockwork.helpdesk.write_note, BEFORE)
    clockwork.promise().later(minutes=11).runs()
    looks_slowly(clockwork)
    clockwork.later(minutes=1).runs()
    assert (marks(clockwork), clockwork.state) == ([], S.PLANNED)
    clockwork.later(minutes=2).runs()
    assert (len(marks(clockwork)), clockwork.state) == (1, S.TASK_MADE)


def test_a_note_that_was_long_looked_for_and_found_is_there(store):
    clockwork = Clockwork(store, task_mode="note")
    clockwork.helpdesk.write_note = Faulty(clockwork.helpdesk.write_note, AFTER)
    clockwork.promise().later(minutes=11).runs()
    looks_slowly(clockwork)
    clockwork.later(minutes=1).runs()
    assert (len(marks(clockwork)), clockwork.state) == (1, S.TASK_MADE)
