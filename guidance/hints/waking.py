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
    """The ticket's wake-up for the next of its timer rules: planned, moved by a comment or its end, forgotten where none is left."""
    waited_since = _last_at(before)
    at, was = _next_at(case, rulebook, now, waited_since), _next_at(before, rulebook, now, waited_since)
    if at == was and not isinstance(given, Woken):
        return
    key, work_id = case.key, f"clock:{case.key}:rules"
    if at is None:
        yield Unschedule(work_id=work_id)
        return
    data = {"reason": "rules"}
    yield Schedule(work=Work(id=work_id, kind="wake", account=key.account, ticket_id=key.ticket_id, at=at, data=data))


def _next_at(case: Case, rulebook: Rulebook, now: datetime, waited_since: datetime | None) -> datetime | None:
    """When the first timer rule that could be seen on this ticket may speak that was not woken for yet; None where none will.

    Where the last comment is taken away, a rule that was still waited for may have had its time before now: it comes at once.
    """
    ticket, last_at = case.conversation.ticket, _last_at(case)
    if last_at is None or _is_over(case):
        return None
    since = max(last_at, waited_since or last_at)
    for after, rule in rulebook.timed:
        here = rulebook.rule_on(rule, case.settings.account, ticket)
        if since + after > now and stands(here, case.settings, ticket) == Stage.LIVE:
            return last_at + after
    return None


def _last_at(case: Case) -> datetime | None:
    return last_comment_at(visible_comments(case))


def _is_over(case: Case) -> bool:
    return case.gone or case.merged_into is not None or case.conversation.ticket.status is Status.CLOSED


def is_rung(case: Case) -> bool:
    """Whether the ticket was woken since somebody wrote: whoever is told of it from then on, is told what its timer rules see."""
    last_at = _last_at(case)
    return bool(last_at and case.woken_at and case.woken_at >= last_at) and not _is_over(case)


def rung(situation: Situation, rulebook: Rulebook, fired: Iterable[Fired]) -> list[Fired]:
    """What a wake-up brought before the reader and still holds, though the moment is another by now: until somebody writes."""
    return [
        one
        for one in standing(situation, rulebook, fired)
        if Moment.TIMER in one.rule.moments - {situation.moment} and not is_early(one.rule, situation)
    ]
