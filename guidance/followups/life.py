"""The life of a follow-up: what may follow on what."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from guidance.model import Case, FollowUp, FollowUpChanged, FollowUpState, TaskChanged

_S = FollowUpState
DISPATCH = "dispatch"

NEXT: dict[FollowUpState, frozenset[FollowUpState]] = {
    _S.NOTED: frozenset({_S.PLANNED, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.PLANNED: frozenset({_S.NOTED, _S.CREATING, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.CREATING: frozenset({_S.TASK_MADE, _S.PLANNED, _S.NOTED}),
    _S.TASK_MADE: frozenset({_S.REMINDED, _S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.REMINDED: frozenset({_S.KEPT, _S.LATE, _S.WITHDRAWN, _S.UNCONFIRMED}),
    _S.LATE: frozenset({_S.KEPT, _S.BROKEN, _S.WITHDRAWN, _S.UNCONFIRMED, _S.REMINDED}),
    _S.UNCONFIRMED: frozenset({_S.KEPT, _S.BROKEN, _S.WITHDRAWN, _S.LATE}),
    _S.KEPT: frozenset({_S.NOTED, _S.PLANNED, _S.TASK_MADE}),
    _S.BROKEN: frozenset({_S.KEPT}),
    _S.WITHDRAWN: frozenset({_S.NOTED, _S.PLANNED, _S.TASK_MADE}),
}
"""What may follow on what. Only an agent's own word leads out of KEPT, BROKEN and WITHDRAWN."""

_AGENTS_WORD = frozenset({_S.KEPT, _S.BROKEN, _S.WITHDRAWN})


def may_follow(state: FollowUpState, then: FollowUpState, *, by: str) -> bool:
    """Whether a follow-up in `state` may become `then` at the word of `by` (an agent's id, or `dispatch`)."""
    return state is then or (then in NEXT[state] and not (by == DISPATCH and state in _AGENTS_WORD))


def change(case: Case, event: FollowUpChanged) -> Case:
    """The case after a follow-up was acted on; one that may not follow on its state changes nothing."""
    return _with(case, event.changed.id, lambda known: _changed(known, event))


def follow_task(case: Case, event: TaskChanged) -> Case:
    """The case after our task changed in the helpdesk: done there is kept here, a new due time moves along."""
    return _with(case, event.follow_up_id, lambda known: _task_changed(known, event))


def retire(case: Case) -> Case:
    """The case of a ticket that is gone: open follow-ups end, and their history stays."""
    ended = tuple(
        replace(f, state=_S.WITHDRAWN, trouble="the ticket is gone") if f.state.is_open else f for f in case.follow_ups
    )
    return replace(case, follow_ups=ended)


def _changed(known: FollowUp, event: FollowUpChanged) -> FollowUp:
    told = {name: getattr(event.changed, name) for name in event.fields}
    if not may_follow(known.state, told.get("state", known.state), by=event.by):
        return known
    return replace(known, **told)


def _task_changed(known: FollowUp, event: TaskChanged) -> FollowUp:
    known = replace(known, task_id=event.task_id)
    if event.due_at is not None:
        known = replace(known, due_at=event.due_at)
    if event.assignee_id is not None:
        known = replace(known, owner_id=event.assignee_id)
    done = event.done and known.state.is_open
    return replace(known, state=_S.KEPT) if done else known


def _with(case: Case, follow_up_id: str, act: Callable[[FollowUp], FollowUp]) -> Case:
    changed = tuple(act(one) if one.id == follow_up_id else one for one in case.follow_ups)
    return case if changed == case.follow_ups else replace(case, follow_ups=changed)
