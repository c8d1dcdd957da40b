"""Rules of the moment `timer`: when a ticket is woken for them, and how long what they said then stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from guidance.conversations.folding import visible_comments
from guidance.conversations.turns import last_comment_at
from guidance.hints.stages import standing as stands
from guidance.hints.verdicts import standing
from guidance.model import Case, Effect, Input, Moment, Schedule, Stage, Status, Unschedule, Woken, Work
from guidance.rules import Fired, Rulebook, Situation, is_early


def wakes(before: Case, case: Case, given: Input, rulebook: Rulebook, now: datetime) -> Iterable[Effect]:
    """The ticket's wake-up for the next of its timer rules: planned, moved on by a comment, forgotten where none is left."""
    at, was = _next_at(case, rulebook, now), _next_at(before, rulebook, now)
    if at == was and not isinstance(given, Woken):
        return
    key, work_id = case.key, f"clock:{case.key}:rules"
    if at is None:
        yield Unschedule(work_id=work_id)
        return
    data = {"reason": "rules"}
    yield Schedule(work=Work(id=work_id, kind="wake", account=key.account, ticket_id=key.ticket_id, at=at, data=data))


def _next_at(case: Case, rulebook: Rulebook, now: datetime) -> datetime | None:
    """When the first timer rule that could be seen on this ticket may speak that may not yet; None where none will."""
    ticket, last_at = case.conversation.ticket, last_comment_at(visible_comments(case))
    if last_at is None or _is_over(case):
        return None
    for after, rule in rulebook.timed:
        here = rulebook.rule_on(rule, case.settings.account, ticket)
        if last_at + after > now and stands(here, case.settings, ticket) == Stage.LIVE:
            return last_at + after
    return None


def _is_over(case: Case) -> bool:
    return case.gone or case.merged_into is not None or case.conversation.ticket.status is Status.CLOSED


def is_rung(case: Case) -> bool:
    """Whether the ticket was woken since somebody wrote: whoever is told of it from then on, is told what its timer rules see."""
    last_at = last_comment_at(visible_comments(case))
    return bool(last_at and case.woken_at and case.woken_at >= last_at) and not _is_over(case)


def rung(situation: Situation, rulebook: Rulebook, fired: Iterable[Fired]) -> list[Fired]:
    """What a wake-up brought before the reader and still holds, though the moment is another by now: until somebody writes."""
    return [
        one
        for one in standing(situation, rulebook, fired)
        if Moment.TIMER in one.rule.moments - {situation.moment} and not is_early(one.rule, situation)
    ]
