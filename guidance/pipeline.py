"""The story, from one input to what is said about it.

`advance` is pure: the same case, input, rulebook and `now` always give the same outcome. A draft, a webhook, a backtest and
`guidance advise` all come through here; whoever called performs the effects.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from guidance import followups, hints, network
from guidance.conversations import fold
from guidance.conversations.folding import visible_comments
from guidance.conversations.gone import forgets
from guidance.model import (
    Advice,
    AgentHabits,
    Case,
    CommentAdded,
    DraftTyped,
    Effect,
    Input,
    Moment,
    Schedule,
    Slot,
    Status,
    TicketChanged,
    TicketKey,
    Woken,
    Work,
)
from guidance.rules import Rulebook
from guidance.signals import hear


class Outcome(Struct, frozen=True):
    """The case as it is now, what its first reader is told, and what the world has to do."""

    case: Case
    advice: Advice
    effects: tuple[Effect, ...] = ()


def advance(
    case: Case,
    given: Input,
    rulebook: Rulebook,
    now: datetime,
    *,
    moment: Moment | None = None,
    everything: bool = False,
) -> Outcome:
    """Take one input into a case and advise on it.

    `given`: a ticket event, a draft, or nothing (advise on the case as it stands). `case.readers` are the agents to advise,
    `moment` says outright which moment it is. `everything`: show all that fires, hold nothing back.
    """
    if isinstance(given, Woken):
        now = max(now, given.at)  # a clock that was put back must not lose what the wake-up was asked for
    before, draft = case, given if isinstance(given, DraftTyped) else None
    case = hear(_take_in(case, given, now), rulebook.ear)
    if draft is None:
        case = followups.take_stock(before, hints.close_slots(before, case, rulebook, now), given, now)
        case = hints.at_solving(before, case, rulebook, now)
    for now_is in (moment,) if moment else _moments_of(case, draft):
        told = [
            hints.advise(case, one, rulebook, now, now_is, draft=draft, everything=everything) for one in _readers(case)
        ]
        for _, seen in told:
            case = replace(case, slots=_slots_of(case, seen))
    if draft is not None:
        counts: tuple[Effect, ...] = (*hints.judged(before, case, now), *hints.capped(before, case, rulebook, now))
        return Outcome(case, told[0][0], counts)
    effects = (
        *followups.effects_of(before, case, given, now),
        *_fetches(case, given, now),
        *followups.accepted_by_setting(case, [advice for advice, _ in told], now),
        *hints.published(before, case, given, told),
        *hints.wakes(before, case, given, rulebook, now),
        *hints.counted(before, case, rulebook, now),
        *hints.capped(before, case, rulebook, now),
        *hints.practised(before, case, rulebook, now),
        *network.effects_of(before, case, now),
        *forgets(before, case, now),
    )
    return Outcome(hints.remember_shown(case, told), told[0][0], effects)


def _take_in(case: Case, given: Input, now: datetime) -> Case:
    if given is None or isinstance(given, DraftTyped):
        return case
    return fold(followups.take_in(case, given), given, now)


def _fetches(case: Case, given: Input, now: datetime) -> Iterable[Effect]:
    """A provisional comment, or news without its text, makes us fetch what the helpdesk holds.

    A list of changes tells of what we hold already, too; but helpdesks count in whole seconds, and more may have happened
    in the same one. So it is fetched once more, when no other ticket waits.
    """
    if isinstance(given, TicketChanged) and given.needs_fetch:
        yield (
            bring_again(case.key, given.at, now) if given.listed and _is_held(case, given.at) else bring(case.key, now)
        )
    elif isinstance(given, CommentAdded) and given.comment.provisional:
        yield bring(case.key, now)


def _is_held(case: Case, at: datetime) -> bool:
    return case.fetched_at is not None and at <= case.fetched_at


def bring(key: TicketKey, now: datetime) -> Schedule:
    """Fetch a ticket from the helpdesk. Asking twice fetches once."""
    return Schedule(work=Work(id=f"fetch:{key}:", kind="fetch", account=key.account, ticket_id=key.ticket_id, at=now))


def bring_again(key: TicketKey, told_of: datetime, now: datetime) -> Schedule:
    """Fetch a ticket once more, unless by then a change later than `told_of` was fetched, in the helpdesk's time."""
    work = bring(key, now).work
    moment = told_of.isoformat()
    return Schedule(work=replace(work, id=f"{work.id}{moment}", data={"told_of": moment}))


def _readers(case: Case) -> tuple[AgentHabits, ...]:
    """Those who watch the ticket, else the assignee."""
    assignee = case.conversation.assignee
    return case.readers or (AgentHabits(agent_id=assignee.id, agent_name=assignee.name),)


def _slots_of(case: Case, told: Case) -> tuple[Slot, ...]:
    """The slots after one reader was told: theirs as it is now, the others' untouched."""
    reader = told.readers[0].agent_id
    theirs = tuple(slot for slot in told.slots if slot.agent_id == reader)
    return (*(slot for slot in case.slots if slot.agent_id != reader), *theirs)


def _moments_of(case: Case, draft: DraftTyped | None) -> tuple[Moment, ...]:
    """The moments to judge, one after the other. What a wake-up brings lies beside what the ticket calls for as it stands."""
    if draft is not None:
        return (Moment.DRAFT,)
    return (Moment.TIMER, _moment_of(case)) if hints.is_rung(case) else (_moment_of(case),)


def _moment_of(case: Case) -> Moment:
    if case.conversation.ticket.status in (Status.SOLVED, Status.CLOSED):
        return Moment.SOLVED
    public = [c for c in visible_comments(case) if c.is_customer or c.is_public_reply]
    return Moment.SENT if public and public[-1].is_public_reply else Moment.CUSTOMER
