"""The life of a follow-up: what may follow on what, and at whose word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from guidance.followups.plan import grace_until, there, timed
from guidance.model import Case, FollowUp, FollowUpChanged, FollowUpState, TaskChanged

_S = FollowUpState
DISPATCH = "dispatch"

_TICKET_GONE = "the ticket is gone"
_GONE = "its task is gone from the helpdesk"
_GONE_AGAIN = "its new task is gone from the helpdesk, too; a new time makes another one"

NEXT: dict[FollowUpState, frozenset[FollowUpState]] = {
    _S.NOTED: frozenset({_S.PLANNED, _S.TASK_MADE, _S.REMINDED, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.PLANNED: frozenset(
        {_S.NOTED, _S.CREATING, _S.TASK_MADE, _S.REMINDED, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}
    ),
    _S.CREATING: frozenset({_S.TASK_MADE, _S.PLANNED, _S.NOTED, _S.KEPT, _S.LATE, _S.UNCONFIRMED, _S.WITHDRAWN}),
    _S.TASK_MADE: frozenset({_S.NOTED, _S.PLANNED, _S.REMINDED, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.REMINDED: frozenset({_S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.LATE: frozenset({_S.KEPT, _S.BROKEN, _S.WITHDRAWN}),
    _S.UNCONFIRMED: frozenset({_S.KEPT, _S.WITHDRAWN}),
    _S.KEPT: frozenset(),
    _S.BROKEN: frozenset({_S.KEPT, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}
"""What may follow on what by itself: as time passes, as replies and tasks tell, as the helpdesk answers.

What was broken only seemed so where we hear later of what had been written, or done, by then.
"""

_OPEN_AGAIN = frozenset({_S.NOTED, _S.PLANNED, _S.TASK_MADE})
_AT_THEIR_WORD: dict[FollowUpState, frozenset[FollowUpState]] = {
    **dict.fromkeys((_S.REMINDED, _S.LATE, _S.KEPT, _S.WITHDRAWN), _OPEN_AGAIN),
    _S.UNCONFIRMED: _OPEN_AGAIN | {_S.LATE},
    _S.BROKEN: _OPEN_AGAIN,
    _S.CREATING: frozenset(),
}
"""What more an agent may say: open again with a new time, or a closed one after all. Never while a call is under way."""


def may_follow(state: FollowUpState, then: FollowUpState, *, by: str) -> bool:
    """Whether a follow-up in `state` may become `then` at the word of `by` (an agent's id, or `dispatch`)."""
    if state is then or by == DISPATCH:
        return state is then or then in NEXT[state]
    if state is _S.CREATING:
        return False
    return then in NEXT[state] or then in _AT_THEIR_WORD.get(state, frozenset())


def change(case: Case, event: FollowUpChanged) -> Case:
    """The case after a follow-up was acted on; one that may not follow on its state changes nothing."""
    if _is_attempt(event) and _must_wait(case, event.changed):
        return case
    return _with(case, event.changed.id, lambda known: _changed(case, known, event))


def _is_attempt(event: FollowUpChanged) -> bool:
    return "attempt" in event.fields


def _must_wait(case: Case, attempt: FollowUp) -> bool:
    """Whether another attempt runs on this ticket, or has begun since this one read the case: one task a ticket."""
    others = (one for one in case.follow_ups if one.id != attempt.id)
    known = next((one for one in case.follow_ups if one.id == attempt.id), None)
    return any(one.state is _S.CREATING for one in others) or known is None or attempt.attempt != known.attempt + 1


def follow_task(case: Case, event: TaskChanged) -> Case:
    """The case after our task changed in the helpdesk: done there is kept here, a new due time or assignee moves along.

    One task may stand for several promises of its ticket. What the agent has said here since is newer, and stays.
    """
    changed = tuple(_task_changed(case, one, event) if _is_of(one, event) else one for one in case.follow_ups)
    return case if changed == case.follow_ups else replace(case, follow_ups=changed)


def _is_of(one: FollowUp, event: TaskChanged) -> bool:
    return one.id == event.follow_up_id or (one.task_id == event.task_id and not one.moved_to)


def retire(case: Case, now: datetime) -> Case:
    """The case of a ticket that is gone: open follow-ups end, and their history stays."""
    ended = tuple(
        replace(settled(one, _S.WITHDRAWN, now, DISPATCH), trouble=_TICKET_GONE) if one.state.is_open else one
        for one in case.follow_ups
    )
    return replace(case, follow_ups=ended)


def revive(case: Case, now: datetime) -> Case:
    """The case of a ticket that is back: what only its being gone had ended is open again, and keeps its time."""
    back = tuple(_revived(case, one, now) if _ended_with_ticket(one) else one for one in case.follow_ups)
    return case if back == case.follow_ups else replace(case, follow_ups=back)


def _ended_with_ticket(one: FollowUp) -> bool:
    return one.state is _S.WITHDRAWN and one.settled_by == DISPATCH and one.trouble == _TICKET_GONE and not one.moved_to


def _revived(case: Case, known: FollowUp, now: datetime) -> FollowUp:
    told = replace(known, trouble=None, settled_at=None, settled_by=None, changed_at=now)
    reading = case.readings.get(known.comment_id)
    if known.due_at is None and reading and any(one.text == known.words for one in reading.conditional):
        return replace(told, state=_S.NOTED, conditional=True)
    return timed(told, known.due_at, known.due_kind, case, now)


def settled(known: FollowUp, state: FollowUpState, now: datetime, by: str, evidence: str | None = None) -> FollowUp:
    """The follow-up, closed: by whom or what, and the words that show it."""
    return replace(
        known,
        state=state,
        settled_at=now,
        settled_by=by,
        evidence=evidence,
        conditional=False,
        remind_at=None,
        nudge_at=None,
        asks=None,
    )


def kept(known: FollowUp, at: datetime | None, now: datetime, by: str, evidence: str | None = None) -> FollowUp:
    """The follow-up, closed by what was written or done `at`: in time or late by that, whenever we hear of it."""
    if known.due_at is not None and at is not None:
        known = replace(known, late_at=None if at <= known.due_at else known.late_at or known.due_at)
    return settled(known, _S.KEPT, now, by, evidence)


def may_be_settled_by(known: FollowUp, at: datetime | None) -> bool:
    """Whether what was written or done `at` still counts: not once the promise is closed, unless it broke for want of just that."""
    if known.state is not _S.BROKEN or known.moved_to:
        return known.is_open
    return at is not None and known.settled_at is not None and at <= known.settled_at


def _changed(case: Case, known: FollowUp, event: FollowUpChanged) -> FollowUp:
    told = {name: getattr(event.changed, name) for name in event.fields}
    then = told.get("state", known.state)
    if known.moved_to or not may_follow(known.state, then, by=event.by):
        return known
    if event.by == DISPATCH:
        return replace(known, **told)
    if known.state is _S.CREATING:
        return known
    return _at_their_word(case, known, replace(known, **told, changed_at=event.at), event)


def _at_their_word(case: Case, known: FollowUp, told: FollowUp, event: FollowUpChanged) -> FollowUp:
    """An agent's own word: it closes, opens again, or gives a new time, and is no longer what a comment seemed to show."""
    told = replace(told, trouble=None)
    if told.state.is_open and not known.state.is_open:
        told = _reopened(known, told)
    elif known.state is _S.UNCONFIRMED and told.state is _S.LATE:
        # What may have been done all that time is known to be missing from here on.
        return replace(told, late_at=event.at)
    elif not told.state.is_open and told.state is not known.state:
        # Asked whether it was done, they say that it was: not that it was late.
        late_at = None if known.state is _S.UNCONFIRMED else told.late_at
        return settled(replace(told, late_at=late_at), told.state, event.at, "agent")
    if told.state.is_open and ("due_at" in event.fields or not known.state.is_open):
        due_at = _here(case, told.due_at) if told.due_at else None
        return timed(replace(told, conditional=False), due_at, told.due_kind, case, event.at)
    return told


def _here(case: Case, due_at: datetime) -> datetime:
    """A time as the customer's clock shows it: browsers and helpdesks tell it in UTC, and an offset is that of its own day."""
    return due_at.astimezone(there(case))


def _reopened(known: FollowUp, told: FollowUp) -> FollowUp:
    comment = (known.settled_by or "").partition("comment:")[2]
    not_yet = (*known.not_yet, comment) if comment else known.not_yet
    return replace(told, settled_at=None, settled_by=None, evidence=None, not_yet=not_yet)


def _task_changed(case: Case, known: FollowUp, event: TaskChanged) -> FollowUp:
    if known.past_task and event.task_id != known.task_id and (known.task_id or event.task_id == known.past_task):
        return known
    if event.gone or event.closed:
        return _without_task(case, known, event) if known.task_id == event.task_id else known
    known = replace(known, task_id=event.task_id)
    if event.done and may_be_settled_by(known, event.at):
        return kept(known, event.at, event.at, "task")
    if not known.is_open or event.done:
        return known
    if known.changed_at and event.at <= known.changed_at:
        return known
    if event.assignee_id is not None and _is_handed_over(case, known, event.assignee_id):
        known = replace(known, owner_id=event.assignee_id, owner_name=None)
    due_at = event.due_at
    if due_at is None or known.due_at is None or due_at == known.due_at or _shares(case, known):
        return known
    return timed(known, _here(case, due_at), "time", case, event.at)


def _without_task(case: Case, known: FollowUp, event: TaskChanged) -> FollowUp:
    """The promise whose task can't stand for it any more: while it is open another one is made, whatever time has made of it."""
    if event.closed and not known.is_open:
        return known
    bare = replace(
        known,
        task_id=None,
        task_url=None,
        task_linked=False,
        past_task=event.task_id,
        frozen=None,
        reworded=False,
    )
    if not known.is_open:
        return replace(bare, grace_until=None)
    another_at = _another_at(case, known, event)
    state = _S.PLANNED if another_at else _S.NOTED
    return replace(
        bare,
        state=state if known.state is _S.TASK_MADE else known.state,
        grace_until=another_at,
        trouble=_told_of_loss(known, another_at) if event.gone else None,
    )


def _another_at(case: Case, known: FollowUp, event: TaskChanged) -> datetime | None:
    """When the other task is made. One that was deleted may have been meant to be: the next waits for a grace time, and is the last."""
    if known.due_at is None or (event.gone and known.past_task):
        return None
    return event.at if event.closed else grace_until(known.due_at, case.settings.grace_for, event.at) or event.at


def _told_of_loss(known: FollowUp, another_at: datetime | None) -> str:
    if another_at:
        return f"{_GONE}; another one is made"
    return _GONE_AGAIN if known.past_task else _GONE


def _is_handed_over(case: Case, known: FollowUp, assignee_id: str) -> bool:
    """Whether its task went to somebody else: from the owner of the first of its promises, whose it was, to no other owner of one."""
    others = _sharing(case, known)
    first = min((known, *others), key=lambda one: (one.due_at is None, one.due_at, one.id))
    owners = {one.owner_id for one in (known, *others)}
    return known.owner_id == first.owner_id and assignee_id not in owners


def _shares(case: Case, known: FollowUp) -> bool:
    """Whether its task stands for other open promises too; then its due time is that of the first of them."""
    return bool(_sharing(case, known))


def _sharing(case: Case, known: FollowUp) -> list[FollowUp]:
    return [one for one in case.follow_ups if one.id != known.id and one.is_open and one.task_id == known.task_id]


def _with(case: Case, follow_up_id: str, act: Callable[[FollowUp], FollowUp]) -> Case:
    changed = tuple(act(one) if one.id == follow_up_id else one for one in case.follow_ups)
    return case if changed == case.follow_ups else replace(case, follow_ups=changed)
