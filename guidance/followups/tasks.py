"""What follow-ups ask of the world: entries in lists, news for sidebars, wake-ups, tasks in the helpdesk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from guidance.followups.clock import next_at
from guidance.followups.moving import leaves
from guidance.hours.wording import clock_named, in_words
from guidance.model import (
    NOTE,
    Case,
    Effect,
    FollowUp,
    FollowUpChanged,
    FollowUpState,
    Input,
    KeepFollowUp,
    LinkIn,
    PromiseMoved,
    PromiseTaken,
    Publish,
    RemindIn,
    Schedule,
    TaskChanged,
    TaskMode,
    TicketKey,
    Unschedule,
    Woken,
    Work,
)
from guidance.ports import TaskRequest, TaskUpdate
from guidance.text.shortening import shortened

SOLVING = " Solving this task marks the promise as kept."
"""The last words of a task's body, which a note in its place leaves out."""

CHANGES = "later changes stand in the sidebar"
"""What stands beside a due time that is written once, and may be another one by the time it is read."""

_A_MOMENT = timedelta(minutes=1)
RESTORED = "restored"
"""Why a ticket is woken that came out of a backup."""

_LONGEST_SUBJECT = 60
"""Characters of a promise in the subject of its task."""


def effects_of(before: Case, case: Case, given: Input, now: datetime) -> Iterable[Effect]:
    """What follows from the promises as they are now. Asked twice, it asks for the same: every piece of work has its own id."""
    known = {one.id: one for one in before.follow_ups}
    changed = [(known.get(one.id), one) for one in case.follow_ups if known.get(one.id) != one]
    for was, one in changed:
        yield KeepFollowUp(follow_up=one, was_owned_by=was.owner_id if was else None)
        yield Publish(kind="follow_up", data={"follow_up": told(one)})
        yield from _work_of(case, was, one, given, now)
        if was and one.moved_to and was.words != one.words:
            yield _reworded(case, one, given, now)
    if changed or isinstance(given, Woken):
        yield from _wake(before, case, given, now)
    if isinstance(given, Woken) and given.reason == RESTORED:
        yield from _after_restore(case, now)
    yield from _moves(before, case, given, now)


def _after_restore(case: Case, now: datetime) -> Iterable[Effect]:
    """What a backup may have lost of these promises: their place in lists, and the work that makes their tasks."""
    for one in case.follow_ups:
        yield KeepFollowUp(follow_up=one, was_owned_by=one.owner_id)
        is_begun = one.state is FollowUpState.CREATING
        if one.task_id is None and (_wants_task(case, one) or is_begun):
            at = now if is_begun else one.grace_until or now
            yield Schedule(work=work_of(case, "task", one.id, at, follow_up_id=one.id))


def told(one: FollowUp) -> dict[str, Any]:
    """A follow-up as sidebars and lists are told of it: without what only the clockwork needs."""
    return msgspec.to_builtins(msgspec.structs.replace(one, frozen=None, reworded=False, claim=None, attempt=0))  # type: ignore[no-any-return]


def _work_of(case: Case, was: FollowUp | None, one: FollowUp, given: Input, now: datetime) -> Iterable[Effect]:
    if (_wants_task(case, one) and not _is_asked_for(was, one)) or (_may_have_task(case, one) and _lost(was, one)):
        yield Schedule(work=work_of(case, "task", one.id, one.grace_until or now, follow_up_id=one.id))
    if was and _needs_no_more(was, one) and one.task_id is None and one.attempt == 0:
        yield Unschedule(work_id=_work_id(case.key, "task", one.id))
    if one.task_id and one.task_id != NOTE and _is_out_of_step(was, one) and not isinstance(given, TaskChanged):
        yield Schedule(work=work_of(case, "task_update", one.task_id, now, task_id=one.task_id))
    if _wants_link(case, was, one):
        yield Schedule(work=work_of(case, "link", str(one.task_id), now, task_id=one.task_id, follow_up_id=one.id))
    is_reminder = one.state is FollowUpState.REMINDED and (was is None or was.state is not FollowUpState.REMINDED)
    if is_reminder and case.settings.remind_in is not RemindIn.SIDEBAR:
        yield Schedule(work=work_of(case, "remind", one.id, now, follow_up_id=one.id))


def _wants_task(case: Case, one: FollowUp) -> bool:
    return one.state is FollowUpState.PLANNED and _may_have_task(case, one)


def _needs_no_more(was: FollowUp, one: FollowUp) -> bool:
    """Whether the task that was planned is not to be made: the promise has ended, or is due within the live session by now."""
    return (was.is_open and not one.is_open) or (was.grace_until is not None and one.grace_until is None)


def _lost(was: FollowUp | None, one: FollowUp) -> bool:
    """Whether its task was found closed or gone just now: whatever time has made of the promise, it gets another one."""
    return one.task_id is None and was is not None and was.past_task != one.past_task


def _may_have_task(case: Case, one: FollowUp) -> bool:
    return (
        case.merged_into is None
        and one.grace_until is not None
        and one.moved_to is None
        and case.settings.task_mode is not TaskMode.LEDGER
    )


def _wants_link(case: Case, was: FollowUp | None, one: FollowUp) -> bool:
    """Whether the ticket has to name this task. One that came along by a merge is named again where it is now."""
    is_new = one.task_id is not None and one.task_id != NOTE and (was is None or was.task_id != one.task_id)
    is_named = any(other.task_id == one.task_id for other in case.follow_ups if other.id != one.id)
    return is_new and not is_named and one.is_open and not one.task_linked and case.settings.link_in is LinkIn.NOTE


def _is_asked_for(was: FollowUp | None, one: FollowUp) -> bool:
    """Whether the work that makes the task is planned already; an attempt that came to nothing goes on under it."""
    asked = (FollowUpState.PLANNED, FollowUpState.CREATING)
    return was is not None and was.state in asked and was.grace_until == one.grace_until


def _is_out_of_step(was: FollowUp | None, one: FollowUp) -> bool:
    """Whether the helpdesk's task says something else by now than the promise."""
    if was is None or one.moved_to:
        return False
    if was.task_id is None:
        return not one.is_open or was.reworded or _asked(one) != (one.due_at, one.owner_id)
    return (was.due_at, was.owner_id, was.is_open, was.words) != (one.due_at, one.owner_id, one.is_open, one.words)


def _asked(one: FollowUp) -> tuple[datetime | None, str | None]:
    """Due time and assignee with which the task was made; that of an earlier promise of the ticket has others."""
    if one.frozen is None:
        return None, None
    request = msgspec.convert(one.frozen, TaskRequest)
    return request.due_at, request.assignee_id


def _wake(before: Case, case: Case, given: Input, now: datetime) -> Iterable[Effect]:
    """One wake-up a ticket: a step that can't be taken yet is tried again in a moment."""
    at, name = next_at(case), _work_id(case.key, "clock", "follow-ups")
    if at is None:
        if next_at(before) is not None:
            yield Unschedule(work_id=name)
        return
    if isinstance(given, Woken) and at <= now:
        at = now + _A_MOMENT
    data = {"reason": "follow-ups"}
    key = case.key
    yield Schedule(work=Work(id=name, kind="wake", account=key.account, ticket_id=key.ticket_id, at=at, data=data))


def _moves(before: Case, case: Case, given: Input, now: datetime) -> Iterable[Effect]:
    """Open promises of a merged ticket go to the other one; what was taken over is confirmed to where it came from."""
    if case.merged_into and (before.merged_into is None or before.follow_ups != case.follow_ups):
        for one in filter(leaves, case.follow_ups):
            there = TicketKey(case.key.account, case.merged_into)
            event = PromiseMoved(key=there, event_id=f"moved:{one.id}", at=now, follow_up=one)
            yield _forward(event.event_id, there, event, now)
    if isinstance(given, PromiseMoved):
        theirs, there = given.follow_up, TicketKey(case.key.account, given.follow_up.ticket_id)
        mine = next(one for one in case.follow_ups if one.moved_from == f"{theirs.ticket_id}/{theirs.id}")
        taken = PromiseTaken(
            key=there,
            event_id=f"taken:{theirs.id}",
            at=now,
            follow_up_id=theirs.id,
            moved_to=f"{mine.ticket_id}/{mine.id}",
        )
        yield _forward(taken.event_id, there, taken, now)
    if isinstance(given, PromiseTaken):
        yield from _tell_after(before, case, given, now)
    if isinstance(given, TaskChanged):
        yield from _pass_on(case, given, now)


def _tell_after(before: Case, case: Case, given: PromiseTaken, now: datetime) -> Iterable[Effect]:
    """A task that was done while its promise was on the way was told to the old ticket, and the new one does not know."""
    for was in before.follow_ups:
        if was.id == given.follow_up_id and not was.moved_to and was.settled_by == "task" and was.task_id:
            done = TaskChanged(
                key=case.key, event_id=given.event_id, at=now, follow_up_id=was.id, task_id=was.task_id, done=True
            )
            yield from _pass_on(case, done, now)


def _reworded(case: Case, one: FollowUp, given: Input, now: datetime) -> Schedule:
    """Words that are gone from a ticket go from a promise, too, that a merge took to another one."""
    ticket_id, _, follow_up = str(one.moved_to).partition("/")
    there = TicketKey(case.key.account, ticket_id)
    name = f"words:{getattr(given, 'event_id', '')}:{follow_up}"
    changed = msgspec.structs.replace(one, id=follow_up, ticket_id=ticket_id)
    event = FollowUpChanged(key=there, event_id=name, at=now, changed=changed, fields=("words", "evidence"))
    return _forward(name, there, event, now)


def _pass_on(case: Case, given: TaskChanged, now: datetime) -> Iterable[Effect]:
    """News of a task whose promise has moved goes after it."""
    one = next((one for one in case.follow_ups if one.id == given.follow_up_id and one.moved_to), None)
    if one is None or one.moved_to is None:
        return
    ticket_id, _, follow_up = one.moved_to.partition("/")
    there = TicketKey(case.key.account, ticket_id)
    event = msgspec.structs.replace(given, key=there, follow_up_id=follow_up)
    yield _forward(f"task:{given.event_id}:{follow_up}", there, event, now)


def _forward(name: str, there: TicketKey, event: Any, now: datetime) -> Schedule:
    return Schedule(
        work=Work(
            id=f"forward:{there}:{name}",
            kind="forward",
            account=there.account,
            ticket_id=there.ticket_id,
            at=now,
            data={"event": msgspec.to_builtins(event)},
        )
    )


def work_of(case: Case, kind: str, name: str, at: datetime, **data: Any) -> Work:
    """A piece of work about this ticket; of the same kind and name there is one at most."""
    requester = {"requester": case.conversation.requester.name} if kind == "task" else {}
    return Work(
        id=_work_id(case.key, kind, name),
        kind=kind,
        account=case.key.account,
        ticket_id=case.key.ticket_id,
        at=at,
        data={**data, **requester},
    )


def _work_id(key: TicketKey, kind: str, name: str) -> str:
    return f"{kind}:{key}:{name}"


def task_request(follow_up: FollowUp, case: Case) -> TaskRequest:
    """The request that makes the task, from the follow-up as it stands when grace ends."""
    assert follow_up.due_at is not None
    due = f"Due {due_in_words(follow_up, case)}; {CHANGES}."
    return TaskRequest(
        follow_up_id=follow_up.id,
        account=follow_up.account,
        ticket_id=follow_up.ticket_id,
        subject=_subject(follow_up.words, case.conversation.requester.name),
        body=f"Promised on ticket {follow_up.ticket_id}:\n“{follow_up.words}”\n\n{due}{SOLVING}",
        due_at=follow_up.due_at,
        assignee_id=follow_up.owner_id,
        instead_of=follow_up.past_task,
    )


def due_in_words(follow_up: FollowUp, case: Case) -> str:
    """When it is due, and by which clock, as it stands in what we write on this ticket's helpdesk."""
    assert follow_up.due_at is not None
    told = in_words(follow_up.due_at, case.settings.agent_locale, case.settings.hours)
    return f"{told} {clock_named(follow_up.due_at, follow_up.zone)}"


def task_update(case: Case, task_id: str) -> TaskUpdate | None:
    """How a task has to stand by now: due with the first open promise it is for, done where none is left. None: not ours."""
    shared = [one for one in case.follow_ups if one.task_id == task_id and not one.moved_to]
    if not shared:
        return None
    still = sorted((one for one in shared if one.is_open), key=lambda one: (one.due_at is None, one.due_at, one.id))
    first = still[0] if still else shared[-1]
    more = f" and {len(still) - 1} more" if len(still) > 1 else ""
    return TaskUpdate(
        account=case.key.account,
        task_id=task_id,
        subject=_subject(first.words, case.conversation.requester.name) + more,
        due_at=first.due_at,
        assignee_id=first.owner_id,
        is_done=not still,
    )


def _subject(words: str, requester_name: str | None) -> str:
    return f"Follow up with {requester_name or 'the customer'}: {shortened(words, _LONGEST_SUBJECT)}"
