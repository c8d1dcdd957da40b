"""The doors of follow-ups: what was promised on this ticket or by this agent, and the agent's own word on it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec
from flask import Blueprint, Response, request
from msgspec import Struct
from msgspec.structs import replace

from guidance.accounts import settings_of
from guidance.dispatch import Advancing
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.followups import grace_until
from guidance.hours.business import BusinessTime
from guidance.model import AccountSettings, FollowUp, FollowUpChanged, FollowUpState, TicketKey
from guidance.sidebar.answers import answer, read_body
from guidance.sidebar.sessions import Session
from guidance.sidebar.wiring import Wiring

_S = FollowUpState
_FARTHEST = timedelta(days=730)


class FollowUpBody(Struct, frozen=True, kw_only=True):
    """The agent's word: `state` kept, withdrawn, or open again; a new time (`due_at`) or a day (`due_on`, until it closes)."""

    state: Literal["kept", "withdrawn", "open"] | None = None
    due_at: datetime | None = None
    due_on: date | None = None


class FollowUps:
    """Lists and changes follow-ups; each ticket's are seen only by those who may open it."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._advancing = Advancing(wiring.store, wiring.accounts, wiring.rulebook, wiring.clock)

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/api/v1/follow-ups", view_func=self.list, methods=["GET"])
        blueprint.add_url_rule("/api/v1/follow-ups/<follow_up_id>", view_func=self.change, methods=["PATCH"])

    def list(self) -> Response:
        """The follow-ups of one ticket (`?ticket=`), else this agent's own open ones, by due time."""
        session = self._wiring.sessions.of(request)
        ticket_id = request.args.get("ticket")
        if ticket_id:
            key = self._wiring.ticket_for(session, session.account, ticket_id)
            found = self._wiring.store.follow_ups(session.account, ticket_id=key.ticket_id)
        else:
            agent_id = self._wiring.proven(session).agent_id
            own = self._wiring.store.follow_ups(session.account, owner_id=agent_id)
            found = [one for one in own if one.state.is_open]
        return answer({"follow_ups": [msgspec.to_builtins(one) for one in found]})

    def change(self, follow_up_id: str) -> Response:
        """Correct, withdraw, keep or reopen one follow-up; its ticket may be named (`?ticket=`) to find it sooner."""
        session = self._wiring.sessions.of(request)
        body = read_body(FollowUpBody)
        known = self._found(session, follow_up_id)
        key = self._wiring.ticket_for(session, session.account, known.ticket_id)
        event = self._event(session, key, known, body)
        case = self._advancing.take(key, [event])
        changed = next((one for one in case.follow_ups if one.id == follow_up_id), None)
        if changed is None or any(getattr(changed, name) != getattr(event.changed, name) for name in event.fields):
            raise ConflictError("This promise has moved on meanwhile. Read it again, then decide.")
        return answer({"follow_up": msgspec.to_builtins(changed)})

    def _found(self, session: Session, follow_up_id: str) -> FollowUp:
        ticket_id = request.args.get("ticket") or None
        if ticket_id is None:
            self._wiring.proven(session)
        for one in self._wiring.store.follow_ups(session.account, ticket_id=ticket_id):
            if one.id == follow_up_id:
                return one
        raise NotFoundError("There is no such promise here.")

    def _event(self, session: Session, key: TicketKey, known: FollowUp, body: FollowUpBody) -> FollowUpChanged:
        now = self._wiring.clock()
        settings = settings_of(self._wiring.account_of(session))
        told = _told(body, known, settings, now)
        return FollowUpChanged(
            key=key,
            event_id=f"agent:{known.id}:{now.timestamp():.6f}",
            at=now,
            changed=replace(known, **told),
            fields=tuple(told),
            by=session.agent_id,
        )


def _told(body: FollowUpBody, known: FollowUp, settings: AccountSettings, now: datetime) -> dict[str, Any]:
    """The fields that the agent's word sets. Raises `MalformedError` where there are none."""
    told = _due(body, settings, now)
    if body.state in ("kept", "withdrawn"):
        told["state"] = _S(body.state)
    elif body.state == "open" or (told and known.state is _S.NOTED):
        told |= _opened(replace(known, **told), settings, now)
    if not told:
        raise MalformedError("Say what is to change: state, due_at or due_on.")
    return told


def _due(body: FollowUpBody, settings: AccountSettings, now: datetime) -> dict[str, Any]:
    if body.due_at is not None:
        if body.due_at.tzinfo is None:
            raise MalformedError("A time needs its offset, as in 2026-03-04T14:00:00Z.", path="due_at")
        due_at, kind = body.due_at, "time"
    elif body.due_on is not None:
        due_at, kind = BusinessTime(settings.hours).close_of(body.due_on), "day"
    else:
        return {}
    if not now < due_at < now + _FARTHEST:
        raise MalformedError("A promise can be kept in the next two years, and not before now.", path="due_at")
    return {"due_at": due_at, "due_kind": kind}


def _opened(known: FollowUp, settings: AccountSettings, now: datetime) -> dict[str, Any]:
    """An open state that fits: with its task where there is one, planned where a time lies ahead, else noted."""
    if known.task_id:
        return {"state": _S.TASK_MADE}
    ends_at = grace_until(known.due_at, settings.grace_for, now)
    return {"state": _S.PLANNED, "grace_until": ends_at} if ends_at else {"state": _S.NOTED}
