"""Advice on one ticket for one agent: the case, advanced, and saved where that changed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance import followups
from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.dispatch import Advancing
from guidance.dispatch.advancing import Stepped
from guidance.errors import ConflictError
from guidance.hints import is_out_already, judged
from guidance.hints.strip import PROMISED
from guidance.model import (
    Advice,
    AgentHabits,
    Case,
    DraftTyped,
    FollowUpState,
    SignalsView,
    TicketKey,
)
from guidance.pipeline import Outcome, advance, bring
from guidance.sidebar.wiring import Wiring
from guidance.telemetry import DRAFTS

T = TypeVar("T")


class Told(Struct, frozen=True, kw_only=True):
    """What one agent is told of one ticket now. `slot` is the reply slot that the advice is for."""

    advice: Advice
    case: Case
    slot: str
    now: datetime


class Advising:
    """Takes the sidebar's questions through `pipeline.advance`."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._advancing = Advancing(wiring.store, wiring.accounts, wiring.rulebook, wiring.clock)

    def as_it_stands(self, key: TicketKey, agent_id: str) -> Told:
        """Advice on the ticket as it stands. One that we never held whole is fetched from the helpdesk meanwhile."""

        def step(case: Case, now: datetime) -> Stepped[Told]:
            outcome = advance(case, None, self._wiring.rulebook(), now)
            return _stepped(outcome, now, bring_it=case.fetched_at is None)

        return self._attempt(key, agent_id, step)

    @DRAFTS.time()
    def on_draft(self, key: TicketKey, agent_id: str, typed: DraftTyped, *, slot: str | None) -> Told:
        """Advice on what the agent is writing. The draft is not stored, only which hints it raised. A reply that has just gone out is no draft.

        Raises `ConflictError` where the draft belongs to a reply slot that has ended: a reply went out meanwhile.
        """

        def step(case: Case, now: datetime) -> Stepped[Told]:
            if slot is not None and slot != slot_of(case):
                raise ConflictError("A reply went out on this ticket meanwhile. Read the ticket again.")
            given = None if is_out_already(case, typed.draft, now) else typed
            outcome = advance(case, given, self._wiring.rulebook(), now)
            return _stepped(outcome, now, bring_it=not case.version)

        return self._attempt(key, agent_id, step)

    def change(self, key: TicketKey, agent_id: str, change: Callable[[Case, datetime], Case]) -> Case:
        """Change a case by a pure function and save it. Raises what `change` raises."""

        def step(case: Case, now: datetime) -> Stepped[Case]:
            changed = change(case, now)
            return changed, tuple(judged(case, changed, now)), changed

        return self._attempt(key, agent_id, step)

    def _attempt(self, key: TicketKey, agent_id: str, step: Callable[[Case, datetime], Stepped[T]]) -> T:
        """A step on the case with this agent's habits handed in."""

        def readers(case: Case, now: datetime) -> tuple[AgentHabits]:
            habits = self._wiring.store.habits(key.account, agent_id, now=now)
            return (replace(habits, agent_name=_name_of(case, agent_id)),)

        return self._advancing.attempt(key, step, readers=readers)


def _stepped(outcome: Outcome, now: datetime, *, bring_it: bool) -> Stepped[Told]:
    case = outcome.case
    effects = (*outcome.effects, bring(case.key, now)) if bring_it else outcome.effects
    return case, effects, Told(advice=outcome.advice, case=case, slot=slot_of(case), now=now)


def slot_of(case: Case) -> str:
    """The reply slot that the ticket is in: the id of the last confirmed public reply, or ``''``."""
    return turns_of(visible_comments(case)).slot


def reader_of(case: Case) -> AgentHabits:
    return case.readers[0] if case.readers else AgentHabits()


def advice_json(told: Told, *, seq: int | None = None) -> dict[str, Any]:
    """Advice as docs/wire.md has it, with what the sidebar needs beside it; every addition is optional to read.

    Promises are no facts here: they are told as `follow_ups`, and the panel says when on its agent's clock, in one wording.
    `facts` are for a panel that words none of them itself. What holds for good leaves nothing to be noted, asked about or kept.
    """
    reader, case = reader_of(told.case), told.case
    in_shadow = not case.settings.speaks_on(case.conversation.ticket)
    mutes = [mute for mute in reader.muted if mute.until is None or mute.until > told.now]
    facts = () if in_shadow else tuple(one for one in told.advice.strip if one.kind != PROMISED)
    return {
        **msgspec.to_builtins(_shown_in_shadow(told.advice) if in_shadow else _to_be_kept(told.advice)),
        "facts": [one.says for one in facts],
        "strip": msgspec.to_builtins(facts),
        "slot": told.slot,
        "paused": case.settings.paused,
        "shadow": in_shadow,
        "complete": case.fetched_at is not None or bool(case.conversation.comments),
        "follow_ups": [] if in_shadow else [followups.told(one) for one in case.follow_ups if one.moved_to is None],
        "told_since": [] if in_shadow else _told_since(case),
        "muted": [{"what": mute.what, "until": mute.until} for mute in mutes],
        **({} if seq is None else {"seq": seq}),
    }


def _to_be_kept(advice: Advice) -> Advice:
    return replace(advice, promises=tuple(one for one in advice.promises if one.is_to_be_kept))


def _told_since(case: Case) -> list[str]:
    """Ids of promises past their time after which a public reply went out: the word is said, a new time is what is missing."""
    replies = [c.at for c in case.conversation.comments if c.is_public_reply and not c.provisional and c.at]
    late = [one for one in case.follow_ups if one.state is FollowUpState.LATE and one.late_at]
    return [one.id for one in late if one.late_at and any(at > one.late_at for at in replies)]


def _shown_in_shadow(advice: Advice) -> Advice:
    """Nothing: what is read and judged on such a ticket is for the pilot's report only."""
    return Advice(
        id=advice.id,
        moment=advice.moment,
        signals=SignalsView(last={}, draft={}),
        language_covered=advice.language_covered,
    )


def _name_of(case: Case, agent_id: str) -> str | None:
    """The agent's name as far as the ticket tells it."""
    if case.conversation.assignee.id == agent_id:
        return case.conversation.assignee.name
    return next((c.author_name for c in reversed(case.conversation.comments) if c.author_id == agent_id), None)
