"""From the promises of a confirmed public reply to follow-ups, and to the request that makes the task."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from guidance.model import (
    Case,
    Comment,
    Effect,
    FollowUp,
    FollowUpState,
    KeepFollowUp,
    Promise,
    Publish,
    Schedule,
    TicketKey,
    Work,
)
from guidance.ports import TaskRequest

LIVE_SESSION = timedelta(minutes=10)
"""Nothing due within this time becomes a task: it is kept, or not, while the two still talk."""

FARTHEST = timedelta(days=730)

OLDEST = timedelta(days=2)
"""A promise older than this when we first hear of it was made before we were listening."""

_BEFORE_A_PLAN = frozenset({FollowUpState.NOTED, FollowUpState.KEPT, FollowUpState.WITHDRAWN})
"""What an agent's word can turn into a plan: a time was named, or what was closed is open again."""


def follow_up_id(key: TicketKey, comment_id: str, words: str) -> str:
    """The id of the follow-up on these words of this comment; it begins with the ticket's shard."""
    return f"f{key.shard}-" + hashlib.sha256(f"{key}|{comment_id}|{words}".encode()).hexdigest()[:16]


def plan(case: Case, comment: Comment, promises: tuple[Promise, ...], now: datetime) -> tuple[FollowUp, ...]:
    """The follow-ups that a confirmed public reply begins. A promise without a time is noted; one with a time is planned."""
    return tuple(_follow_up(case, comment, promise, now) for promise in promises if not promise.conditional)


def _follow_up(case: Case, comment: Comment, promise: Promise, now: datetime) -> FollowUp:
    ends_at = grace_until(promise.due_at, case.settings.grace_for, now)
    return FollowUp(
        id=follow_up_id(case.key, comment.id, promise.text),
        account=case.key.account,
        ticket_id=case.key.ticket_id,
        comment_id=comment.id,
        words=promise.text,
        owner_id=comment.author_id or case.conversation.assignee.id or None,
        owner_name=comment.author_name or case.conversation.assignee.name,
        due_at=promise.due_at,
        due_kind=promise.due_kind,
        state=FollowUpState.PLANNED if ends_at else FollowUpState.NOTED,
        noted_at=now,
        grace_until=ends_at,
    )


def grace_until(due_at: datetime | None, grace_for: float, now: datetime) -> datetime | None:
    """When grace (`grace_for` seconds at most) ends and the task is made; None where no task is to be made."""
    if due_at is None or not now + LIVE_SESSION < due_at < now + FARTHEST:
        return None
    return now + min(timedelta(seconds=grace_for), (due_at - now) / 2)


def task_request(follow_up: FollowUp, requester_name: str | None) -> TaskRequest:
    """The request that makes the task, from the follow-up as it stands when grace ends."""
    assert follow_up.due_at is not None
    whom = requester_name or "the customer"
    return TaskRequest(
        follow_up_id=follow_up.id,
        account=follow_up.account,
        ticket_id=follow_up.ticket_id,
        subject=f"Follow up with {whom}: {_shortened(follow_up.words)}",
        body=(
            f"Promised on ticket {follow_up.ticket_id}:\n“{follow_up.words}”\n\n"
            f"Due {follow_up.due_at:%A %-d %B %Y, %H:%M %Z}. Solving this task marks the promise as kept."
        ),
        due_at=follow_up.due_at,
        assignee_id=follow_up.owner_id,
    )


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"


def note(case: Case, now: datetime) -> Case:
    """The case with the promises of each confirmed public reply as follow-ups, found once; old news makes none."""
    fresh = [
        c for c in case.conversation.comments if c.is_public_reply and not c.provisional and c.id not in case.promised
    ]
    if not fresh:
        return case
    planned: list[FollowUp] = []
    for comment in fresh:
        if comment.at is None or now - comment.at < OLDEST:
            reading = case.readings.get(comment.id)
            planned += plan(case, comment, reading.promises if reading else (), now)
    known = {one.id for one in case.follow_ups}
    new = tuple(one for one in planned if one.id not in known)
    return replace(case, follow_ups=(*case.follow_ups, *new), promised=(*case.promised, *(c.id for c in fresh)))


def effects_of(before: Case, case: Case) -> Iterable[Effect]:
    """Follow-ups that changed are indexed and told; one newly planned gets its task when grace ends."""
    known = {one.id: one for one in before.follow_ups}
    for one in case.follow_ups:
        if known.get(one.id) == one:
            continue
        yield KeepFollowUp(follow_up=one)
        yield Publish(kind="follow_up", data={"follow_up": msgspec.to_builtins(one)})
        is_new = one.id not in known or known[one.id].state in _BEFORE_A_PLAN
        if one.state is FollowUpState.PLANNED and is_new and one.grace_until:
            yield Schedule(work=_task_work(case, one, one.grace_until))


def _task_work(case: Case, follow_up: FollowUp, at: datetime) -> Work:
    return Work(
        id=f"task:{case.key}:{follow_up.id}",
        kind="task",
        account=case.key.account,
        ticket_id=case.key.ticket_id,
        at=at,
        data={"follow_up_id": follow_up.id, "requester": case.conversation.requester.name},
    )
