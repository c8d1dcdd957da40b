"""Advice on one ticket for one agent: read the case, advance it, save it where it changed, and again if somebody was first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from guidance import followups
from guidance.conversations import empty_case, turns_of
from guidance.conversations.folding import visible_comments
from guidance.dispatch import Advancing
from guidance.errors import ConflictError, StoreUnavailableError
from guidance.hints import is_out_already, judged
from guidance.hints.strip import PROMISED
from guidance.model import (
    Advice,
    AgentHabits,
    Case,
    DraftTyped,
    Effect,
    FollowUpState,
    SignalsView,
    TicketKey,
)
from guidance.pipeline import Outcome, advance, bring
from guidance.sidebar.wiring import Wiring
from guidance.telemetry import DRAFTS

TRIES = 5


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
        for case, now in self._tries(key, agent_id):
            outcome = advance(case, None, self._wiring.rulebook(), now)
            effects = (*outcome.effects, bring(case.key, now)) if case.fetched_at is None else outcome.effects
            if self._is_kept(case, outcome.case, effects, now):
                return _told(outcome, now)
        raise _too_busy()

    @DRAFTS.time()
    def on_draft(self, key: TicketKey, agent_id: str, typed: DraftTyped, *, slot: str | None) -> Told:
        """Advice on what the agent is writing. The draft is not stored, only which hints it raised. A reply that has just gone out is no draft.

        Raises `ConflictError` where the draft belongs to a reply slot that has ended: a reply went out meanwhile.
        """
        for case, now in self._tries(key, agent_id):
            if slot is not None and slot != slot_of(case):
                raise ConflictError("A reply went out on this ticket meanwhile. Read the ticket again.")
            given = None if is_out_already(case, typed.draft, now) else typed
            outcome = advance(case, given, self._wiring.rulebook(), now)
            effects = (*outcome.effects, bring(case.key, now)) if not case.version else outcome.effects
            if self._is_kept(case, outcome.case, effects, now):
                return _told(outcome, now)
        raise _too_busy()

    def change(self, key: TicketKey, agent_id: str, change: Callable[[Case, datetime], Case]) -> Case:
        """Change a case by a pure function and save it. Raises what `change` raises."""
        for case, now in self._tries(key, agent_id):
            changed = change(case, now)
            if self._is_kept(case, changed, tuple(judged(case, changed, now)), now):
                return changed
        raise _too_busy()

    def _tries(self, key: TicketKey, agent_id: str) -> Iterator[tuple[Case, datetime]]:
        """The case and the time, read anew for each time that somebody else saved first."""
        for _ in range(TRIES):
            now = self._wiring.clock()
            yield self._handed_in(self._wiring.store.load(key) or empty_case(key), agent_id, now), now

    def _is_kept(self, before: Case, after: Case, effects: Sequence[Effect], now: datetime) -> bool:
        """Whether the case is now in the store as `after`; nothing is written where nothing changed."""
        return (before == after and not effects) or self._wiring.store.save(after, effects, now=now)

    def _handed_in(self, case: Case, agent_id: str, now: datetime) -> Case:
        """The case with what is kept elsewhere: the settings as they hold on this ticket, and this agent's habits."""
        settings = self._advancing.settings(case)
        habits = self._wiring.store.habits(case.key.account, agent_id, now=now)
        return replace(case, settings=settings, readers=(replace(habits, agent_name=_name_of(case, agent_id)),))


def _told(outcome: Outcome, now: datetime) -> Told:
    return Told(advice=outcome.advice, case=outcome.case, slot=slot_of(outcome.case), now=now)


def _too_busy() -> StoreUnavailableError:
    return StoreUnavailableError(f"a ticket changed {TRIES} times while it was being saved", retry_after=1)


def slot_of(case: Case) -> str:
    """The reply slot that the ticket is in: the id of the last confirmed public reply, or ``''``."""
    return turns_of(visible_comments(case)).slot


def reader_of(case: Case) -> AgentHabits:
    return case.readers[0] if case.readers else AgentHabits()


def advice_json(told: Told, *, seq: int | None = None) -> dict[str, Any]:
    """Advice as docs/wire.md has it, with what the sidebar needs beside it; every addition is optional to read.

    Promises are no facts here: they are told as `follow_ups`, and the panel says when on its agent's clock, in one wording.
    `facts` are for a panel that words none of them itself.
    """
    reader, case = reader_of(told.case), told.case
    in_shadow = not case.settings.speaks_on(case.conversation.ticket)
    mutes = [mute for mute in reader.muted if mute.until is None or mute.until > told.now]
    facts = () if in_shadow else tuple(one for one in told.advice.strip if one.kind != PROMISED)
    return {
        **msgspec.to_builtins(_shown_in_shadow(told.advice) if in_shadow else told.advice),
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
