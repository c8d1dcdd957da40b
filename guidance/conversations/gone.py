"""A ticket that is gone from the helpdesk goes from here, too: as a whole, once it can't be restored there any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from guidance.model import Case, Effect, Schedule, Unschedule, Work

RESTORED_WITHIN = timedelta(days=30)
"""For so long a helpdesk keeps what was deleted or marked as spam."""

ENDED_WITHIN = timedelta(days=1)
"""What its tasks need is tried for so long, and so late news of it may come that was sent before."""


def forgets(before: Case, case: Case, now: datetime) -> Iterable[Effect]:
    """When to forget a ticket that has gone just now; one that is back is not forgotten."""
    work_id = f"forget:{case.key}:"
    if case.gone and (not before.gone or before.gone_for_good != case.gone_for_good):
        key, at = case.key, _goes_at(case, now)
        yield Schedule(work=Work(id=work_id, kind="forget", account=key.account, ticket_id=key.ticket_id, at=at))
    elif before.gone and not case.gone:
        yield Unschedule(work_id=work_id)


def _goes_at(case: Case, now: datetime) -> datetime:
    soonest = now + ENDED_WITHIN
    if case.gone_for_good or case.gone_at is None:
        return soonest
    return max(soonest, case.gone_at + RESTORED_WITHIN)
