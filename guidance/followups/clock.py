"""What the passing of time makes of promises: the nudge, the reminder, late, unconfirmed, broken.

Each ticket has one wake-up at most, at the next moment at which any of its promises changes by itself.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from guidance.followups.life import settled
from guidance.hours.business import BusinessTime
from guidance.model import AccountSettings, Act, Case, FollowUp, FollowUpState

_S = FollowUpState
_BEFORE_DUE = frozenset({_S.NOTED, _S.PLANNED, _S.CREATING, _S.TASK_MADE, _S.REMINDED})


def next_at(case: Case) -> datetime | None:
    """When the first of the ticket's promises changes by itself; None where none will."""
    steps = [at for one in case.follow_ups if (at := step_at(one, case.settings))]
    return min(steps, default=None)


def step_at(one: FollowUp, settings: AccountSettings) -> datetime | None:
    """When this promise changes next by itself; None where it waits for somebody's word."""
    if not one.is_open or one.conditional:
        return None
    if one.state is _S.LATE:
        return _broken_at(one, settings)
    if one.state not in _BEFORE_DUE:
        return None
    if one.due_at is None:
        return one.nudge_at
    return min(at for at in (one.remind_at, one.due_at) if at)


def tick(case: Case, now: datetime) -> Case:
    """The case as it stands at `now`: every step that has fallen due is taken, in its order."""
    moved = tuple(_ticked(one, case.settings, now) for one in case.follow_ups)
    return case if moved == case.follow_ups else replace(case, follow_ups=moved)


def _ticked(one: FollowUp, settings: AccountSettings, now: datetime) -> FollowUp:
    while (at := step_at(one, settings)) and at <= now:
        stepped = _stepped(one, at)
        if stepped == one:
            break
        one = stepped
    return one


def _stepped(one: FollowUp, at: datetime) -> FollowUp:
    if one.state is _S.LATE:
        return settled(one, _S.BROKEN, at, "dispatch")
    if one.due_at is None:
        return replace(one, nudge_at=None, nudged=True)
    if at >= one.due_at:
        return _past_due(one)
    if one.state is _S.CREATING:
        return replace(one, remind_at=None)
    return replace(one, state=_S.REMINDED, remind_at=None)


def _past_due(one: FollowUp) -> FollowUp:
    """A word that did not come is late. A call or a deed may well have been done without a trace: it is asked about."""
    if one.state is _S.CREATING:
        return one
    state = _S.LATE if one.act is Act.WORD else _S.UNCONFIRMED
    return replace(one, state=state, late_at=one.due_at, remind_at=None)


def _broken_at(one: FollowUp, settings: AccountSettings) -> datetime | None:
    if one.late_at is None or not settings.broken_after:
        return None
    return BusinessTime(settings.hours).add_hours(one.late_at, settings.broken_after)
