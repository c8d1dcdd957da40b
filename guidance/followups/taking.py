"""How one input changes the promises of a ticket: what acts on one of them, and what comments and time make of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from guidance.followups.clock import tick
from guidance.followups.hiding import hide
from guidance.followups.keeping import settle
from guidance.followups.life import change, follow_task, retire, revive
from guidance.followups.moving import adopt, follow_ticket, hand_over
from guidance.followups.plan import begin_answered, note
from guidance.followups.proposals import accept
from guidance.model import (
    Case,
    Fetched,
    FollowUpAccepted,
    FollowUpChanged,
    Input,
    PromiseMoved,
    PromiseTaken,
    TaskChanged,
    TicketDeleted,
    Woken,
)

_ACTS: dict[type, Callable[[Case, Any], Case]] = {
    FollowUpChanged: change,
    TaskChanged: follow_task,
    PromiseMoved: adopt,
    PromiseTaken: hand_over,
}


def take_in(case: Case, given: Input) -> Case:
    """The case after what acts on one promise by name; all other input leaves it as it is."""
    act = _ACTS.get(type(given))
    return act(case, given) if act else case


def take_stock(before: Case, case: Case, given: Input, now: datetime) -> Case:
    """The case after its comments, people and hours were looked at anew; comments must be read already."""
    case = hide(before, case)
    if case.gone:
        return retire(case, now) if isinstance(given, TicketDeleted) else case
    if isinstance(given, FollowUpAccepted):
        return accept(case, given, now)
    if before.gone:
        case = revive(case, now)
    case = follow_ticket(before, case)
    is_news = before.conversation.comments != case.conversation.comments or before.follow_ups != case.follow_ups
    if is_news or isinstance(given, Woken):
        since = given.listening_since if isinstance(given, Fetched) else None
        case = settle(begin_answered(note(before, case, now, since=since), now), now)
    return tick(case, now) if isinstance(given, Woken) else case
