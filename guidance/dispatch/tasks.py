"""What follow-ups need done in the helpdesk: the task made once and kept in line, the note, the reminder.

A task is made in four steps, and a worker may die between any two of them:
the attempt is claimed by comparing versions (`creating`, with the request frozen), an earlier attempt's task is looked for,
the task is made, and the ticket is told. So there is never a second one, and never none.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import UTC
from typing import Any

import msgspec
from msgspec.structs import replace

from guidance.dispatch.advancing import Advancing
from guidance.dispatch.timing import USUAL, Timing
from guidance.errors import SLOW_DOWN, HelpdeskError, TaskClosedError
from guidance.followups import CHANGES, SOLVING, due_in_words, task_request, task_update
from guidance.model import (
    NOTE,
    Case,
    FollowUp,
    FollowUpChanged,
    FollowUpState,
    LinkIn,
    RemindIn,
    TaskChanged,
    TaskMode,
    Work,
)
from guidance.ports import Helpdesk, NoteRequest, TaskMade, TaskRequest
from guidance.store.backup import may_know_less

_S = FollowUpState
REMIND_TAG = "guidance_due_soon"

_MAY_NOT = 403
_NOT_THERE = 404
_STILL_ASKED = frozenset({_S.PLANNED, _S.REMINDED, _S.LATE, _S.UNCONFIRMED})


class NotYetError(HelpdeskError):
    """Nothing was tried, since an attempt of somebody else's may be under way; `retry_after` says when to look again."""


class Tasks:
    """Makes tasks and keeps them in line. `helpdesk` connects the account of a piece of work."""

    def __init__(
        self,
        advancing: Advancing,
        helpdesk: Callable[[Work], Helpdesk],
        *,
        timing: Timing = USUAL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._advancing = advancing
        self._helpdesk = helpdesk
        self._timing = timing
        self._monotonic = monotonic
        self._seen: dict[str, float] = {}

    def make(self, work: Work) -> None:
        """Make the task of a follow-up, or find that it is there, or not wanted any more."""
        case = self._advancing.opened(work.key, self._advancing.clock())
        known = _of(case, str(work.data["follow_up_id"]))
        if known is None or known.task_id or known.moved_to:
            return
        if case.gone or not known.is_open or known.due_at is None or known.grace_until is None:
            self._find_what_was_made(work, known)
            return
        if other := _task_of_another(case, known):
            self._tell(
                work,
                known,
                _told_of(TaskMade(task_id=str(other.task_id), url=other.task_url or "", linked=other.task_linked)),
                _S.TASK_MADE,
            )
            return
        if case.merged_into is None or known.state is _S.CREATING:
            self._attempt(work, case, known)

    def _attempt(self, work: Work, case: Case, known: FollowUp) -> None:
        """A clock that jumps may end a lease early: an attempt that may still be under way is waited for by our own watch."""
        if self._may_still_run(known):
            raise NotYetError("an earlier attempt may still be under way", retry_after=self._timing.unclear_wait)
        mine = self._claim(work, case, known)
        if mine is None:
            raise NotYetError("another task of this ticket is made just now", retry_after=self._timing.unclear_wait)
        request = msgspec.convert(mine.frozen, TaskRequest)
        helpdesk = self._helpdesk(work)
        made = self._made(helpdesk, request, case.settings.task_mode, is_first=self._is_first(mine.attempt))
        told = {**_told_of(made), "trouble": None, "claim": None}
        after = self._tell(work, mine, told, _S.TASK_MADE)
        if after and after.task_id is None:
            # The promise ended meanwhile; its task is told all the same, and closed with it.
            self._tell(work, after, told, after.state)

    def _is_first(self, attempt: int) -> bool:
        """Whether nothing can be there yet: after a restore, what was made since the backup is looked for too."""
        return attempt <= 1 and not may_know_less(self._advancing.store)

    def _may_still_run(self, known: FollowUp) -> bool:
        if known.claim is None:
            return False
        if len(self._seen) > 10_000:
            self._seen.clear()
        return self._monotonic() - self._seen.setdefault(known.claim, self._monotonic()) < self._timing.call_ends_within

    def _claim(self, work: Work, case: Case, known: FollowUp) -> FollowUp | None:
        """Begin an attempt that is ours alone; None where another one runs on this ticket."""
        frozen = known.frozen or msgspec.to_builtins(task_request(known, case))
        told = {"attempt": known.attempt + 1, "claim": secrets.token_hex(6), "frozen": frozen}
        state = _S.CREATING if known.state is _S.PLANNED else known.state
        self._seen[str(told["claim"])] = self._monotonic()
        after = self._tell(work, known, told, state)
        return after if after and after.claim == told["claim"] else None

    def _made(self, helpdesk: Helpdesk, request: TaskRequest, mode: TaskMode, *, is_first: bool) -> TaskMade:
        if mode is TaskMode.NOTE:
            return self._noted(helpdesk, request, is_first=is_first)
        began = self._monotonic()
        if request.assignee_id and helpdesk.agent(request.assignee_id) is None:
            request = replace(request, assignee_id=None)
        made = None if is_first else helpdesk.find_task(request)
        if made is not None:
            return made
        self._check_looked_in_time(began)
        try:
            return helpdesk.create_task(request)
        except HelpdeskError as error:
            if error.status != _MAY_NOT:
                raise
            # Where our user may make no task, a note in its place lets the promise show all the same.
            return self._noted(helpdesk, request, is_first=is_first)

    def _noted(self, helpdesk: Helpdesk, request: TaskRequest, *, is_first: bool) -> TaskMade:
        self._write_once(helpdesk, _note(request), is_first=is_first)
        return TaskMade(task_id=NOTE)

    def _check_looked_in_time(self, began: float) -> None:
        """Raise `HelpdeskError` where we looked so long for what may be there that the lease could end under what is written now."""
        if self._monotonic() - began > self._timing.looks_within:
            raise HelpdeskError("the helpdesk took too long to say what is there already")

    def _find_what_was_made(self, work: Work, known: FollowUp) -> None:
        """A promise that needs no task any more: one that an attempt made all the same is found, and brought in line with it."""
        if not known.attempt or known.frozen is None:
            return
        made = self._helpdesk(work).find_task(msgspec.convert(known.frozen, TaskRequest))
        if made is not None:
            self._tell(work, known, _told_of(made), known.state)

    def tell_trouble(self, work: Work, error: HelpdeskError) -> None:
        """The attempt came to nothing that we know of; the agent sees why, and may correct or withdraw meanwhile."""
        case = self._advancing.store.load(work.key)
        known = _of(case, str(work.data["follow_up_id"])) if case else None
        if known is not None and known.is_open and not known.task_id:
            state = _S.PLANNED if known.state is _S.CREATING else known.state
            claim = known.claim if error.unclear else None
            trouble = None if error.status == SLOW_DOWN else str(error)
            self._tell(work, known, {"trouble": trouble, "claim": claim}, state)

    def update(self, work: Work) -> None:
        """Bring the task in line with the promises that it stands for. One that is gone there is forgotten here.

        One that was closed for good makes way for another: what is open of its promises is planned anew.
        """
        case = self._advancing.store.load(work.key)
        task_id = str(work.data["task_id"])
        update = task_update(case, task_id) if case and task_id != NOTE else None
        if case is None or update is None:
            return
        try:
            self._helpdesk(work).update_task(update)
        except TaskClosedError:
            self._hear(work, case, closed=True)
        except HelpdeskError as error:
            if error.status != _NOT_THERE:
                raise
            self._hear(work, case, closed=False)

    def _hear(self, work: Work, case: Case, *, closed: bool) -> None:
        """Take in that a task is closed for good, or else gone, however its promises may stand by now."""
        key, task_id = work.key, str(work.data["task_id"])
        event = TaskChanged(
            key=key,
            event_id=f"{work.id}:{work.attempt}",
            at=self._advancing.clock(),
            follow_up_id=next(one.id for one in case.follow_ups if one.task_id == task_id and not one.moved_to),
            task_id=task_id,
            closed=closed,
            gone=not closed,
        )
        self._advancing.take(key, [event], known=True)

    def remind(self, work: Work) -> None:
        """The reminder in the helpdesk itself, as an internal note or a tag, where the account wants one."""
        case = self._advancing.opened(work.key, self._advancing.clock())
        known = _of(case, str(work.data["follow_up_id"]))
        if known is None or not known.is_open or known.due_at is None:
            return
        helpdesk = self._helpdesk(work)
        if case.settings.remind_in is RemindIn.TAG:
            helpdesk.add_tag(work.ticket_id, REMIND_TAG)
            return
        body = f"Promised here, due {due_in_words(known, case)}:\n“{known.words}”"
        # A promise that was put off is reminded of once more, by a note of its own.
        mark = f"Guidance reminder {known.id} {known.due_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
        self._write_once(helpdesk, _note_of(work, mark, body))

    def link(self, work: Work) -> None:
        """Let the ticket name its task, by an internal note; not for a task that is done, gone, or somewhere else by now."""
        case = self._advancing.opened(work.key, self._advancing.clock())
        known = _of(case, str(work.data["follow_up_id"]))
        if known is None or not known.is_open or known.task_id != work.data["task_id"] or known.due_at is None:
            return
        if case.settings.link_in is LinkIn.NOTE and not case.gone:
            due = f"due {due_in_words(known, case)} ({CHANGES})"
            body = f"Promised here, {due}:\n“{known.words}”\n\nIts task: {known.task_url or f'#{known.task_id}'}"
            self._write_once(self._helpdesk(work), _note_of(work, f"Guidance task {known.task_id}", body))

    def _write_once(self, helpdesk: Helpdesk, note: NoteRequest, *, is_first: bool = False) -> None:
        """An internal note, looked for before: attempts are counted anew where a failure is tried again."""
        began = self._monotonic()
        if not is_first and helpdesk.has_note(note):
            return
        self._check_looked_in_time(began)
        helpdesk.write_note(note)

    def _tell(self, work: Work, known: FollowUp, told: dict[str, Any], state: FollowUpState) -> FollowUp | None:
        """Take this into the ticket; the follow-up as it is then. What no longer fits its state is left out."""
        if state is _S.TASK_MADE and known.state in _STILL_ASKED - {_S.PLANNED}:
            state = known.state
        event = FollowUpChanged(
            key=work.key,
            event_id=f"{work.id}:{work.attempt}:{state}",
            at=self._advancing.clock(),
            changed=replace(known, state=state, **told),
            fields=("state", *told),
        )
        return _of(self._advancing.take(work.key, [event], known=True), known.id)


def _told_of(made: TaskMade) -> dict[str, Any]:
    return {"task_id": made.task_id, "task_url": made.url or None, "task_linked": made.linked}


def _note(request: TaskRequest) -> NoteRequest:
    return NoteRequest(
        account=request.account,
        ticket_id=request.ticket_id,
        mark=f"Guidance follow-up {request.follow_up_id}",
        body=request.body.removesuffix(SOLVING),
    )


def _note_of(work: Work, mark: str, body: str) -> NoteRequest:
    return NoteRequest(account=work.account, ticket_id=work.ticket_id, mark=mark, body=body)


def _of(case: Case | None, follow_up_id: str) -> FollowUp | None:
    return next((one for one in case.follow_ups if one.id == follow_up_id), None) if case else None


def _task_of_another(case: Case, known: FollowUp) -> FollowUp | None:
    """Another open promise of this ticket that has a task: one task serves them all. One that was closed serves none of them."""
    if known.attempt and known.frozen is not None:
        return None
    others = (one for one in case.follow_ups if one.id != known.id and one.is_open)
    return next((one for one in others if one.task_id not in (None, NOTE, known.past_task)), None)
