"""The doors of follow-ups: what was promised on this ticket, by this agent or in a lead's groups, and their own word on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal

from flask import Blueprint, Response, request
from msgspec import Struct
from msgspec.structs import replace

from guidance.accounts import settings_of
from guidance.conversations import empty_case
from guidance.dispatch import Advancing
from guidance.dispatch.promised import MOST_HANDED_OVER, Promised, new_owner, on_open_tickets
from guidance.errors import HelpdeskError, MalformedError, NotAllowedError, NotFoundError, PastError
from guidance.followups import as_follow_up, there
from guidance.followups import told as told_of
from guidance.hours.business import BusinessTime
from guidance.model import AccountSettings, Case, FollowUp, FollowUpAccepted, FollowUpState
from guidance.network import may_see
from guidance.sidebar.advising import Advising
from guidance.sidebar.sessions import Session
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer
from guidance.web.bodies import read_json

_S = FollowUpState
_FARTHEST = timedelta(days=730)
_LONGEST_WORDS = 500


class FollowUpBody(Struct, frozen=True, kw_only=True):
    """The agent's word on one promise.

    `state`: kept, withdrawn, open again, or `not_yet` (it was not done after all). A new time (`due_at`) or a day (`due_on`,
    until it closes by the clock of whom it was promised to, or ends where it has closed), other `words`, another owner (`owner_id`, '' for the group).
    """

    state: Literal["kept", "withdrawn", "open", "not_yet"] | None = None
    due_at: datetime | None = None
    due_on: date | None = None
    words: str | None = None
    owner_id: str | None = None


class HandOverBody(Struct, frozen=True, kw_only=True):
    """Who is away, and who takes over their open promises: an agent's id, or '' for the group."""

    away: str
    to: str = ""


class FollowUps:
    """Lists and changes follow-ups; each ticket's are seen only by those who may open it."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._advancing = Advancing(wiring.store, wiring.accounts, wiring.rulebook, wiring.clock)
        self._promised = Promised(self._advancing)
        self._advising = Advising(wiring)

    def add_to(self, blueprint: Blueprint) -> None:
        rule = blueprint.add_url_rule
        rule("/api/v1/follow-ups", view_func=self.show, methods=["GET"])
        rule("/api/v1/follow-ups/hand-over", view_func=self.hand_over, methods=["POST"])
        hint = "/api/v1/tickets/<account_id>/<ticket_id>/hints/<hint>/follow-up"
        rule(hint, endpoint="accept_follow_up", view_func=self.accept, methods=["POST"])
        rule("/api/v1/follow-ups/<follow_up_id>", view_func=self.change, methods=["PATCH"])

    def show(self) -> Response:
        """The follow-ups of one ticket (`?ticket=`), else open ones by due time: this agent's own, or `?of=group` a lead's.

        `?when=late|today|week` narrows by due time; days and weeks are those of the account's hours.
        """
        session = self._wiring.sessions.of(request)
        ticket_id = request.args.get("ticket")
        if ticket_id:
            key = self._wiring.ticket_for(session, session.account, ticket_id)
            found = self._wiring.store.follow_ups(session.account, ticket_id=key.ticket_id)
            found = [one for one in found if one.moved_to is None]
        else:
            found = self._across_tickets(self._wiring.proven(session))
        subjects = {} if ticket_id else self._subjects(session, found)
        return answer({"follow_ups": [told_of(one) for one in found], "subjects": subjects})

    def _subjects(self, session: Session, found: Sequence[FollowUp]) -> dict[str, str]:
        """What these tickets are about, as far as this agent may open them; of one that is solved nothing is kept."""
        store = self._wiring.store
        roster = store.roster(session.account)
        reader = roster.get(session.agent_id) if roster else None
        cards = (store.card(session.account, ticket_id) for ticket_id in dict.fromkeys(one.ticket_id for one in found))
        return {card.ticket_id: card.subject for card in cards if card and card.subject and may_see(reader, card)}

    def _across_tickets(self, session: Session) -> list[FollowUp]:
        settings = settings_of(self._wiring.account_of(session))
        since, before = _span(request.args.get("when"), settings, self._wiring.clock())
        of_group = request.args.get("of") == "group"
        open_ones = partial(self._wiring.store.follow_ups, session.account, due_from=since, due_before=before)
        if not of_group:
            return open_ones(owner_id=session.agent_id)
        return self._opened(session, open_ones(groups=_groups_led(session, settings)))

    def _opened(self, session: Session, found: Sequence[FollowUp]) -> list[FollowUp]:
        return on_open_tickets(found, lambda ticket_id: self._may_open(session, ticket_id))

    def _may_open(self, session: Session, ticket_id: str) -> bool:
        try:
            self._wiring.ticket_for(session, session.account, ticket_id)
        except (NotAllowedError, NotFoundError, HelpdeskError):
            return False
        return True

    def change(self, follow_up_id: str) -> Response:
        """Correct, hand over, withdraw, keep or reopen one follow-up."""
        session = self._wiring.sessions.of(request)
        body = read_json(FollowUpBody)
        asked = request.args.get("ticket")
        if not asked:
            self._wiring.proven(session)
        known = self._wiring.store.follow_up(session.account, follow_up_id)
        if known is None or asked not in (None, "", known.ticket_id):
            raise NotFoundError("There is no such promise here.")
        key = self._wiring.ticket_for(session, session.account, known.ticket_id)
        case = self._wiring.store.load(key) or empty_case(key)
        case = replace(case, settings=self._advancing.settings(case))
        told = {**_told(body, known, case, self._wiring.clock()), **self._owner(session, body.owner_id)}
        if not told:
            raise MalformedError("Say what is to change: state, due_at, due_on, words or owner_id.")
        return answer({"follow_up": told_of(self._promised.change(known, told, by=session.agent_id))})

    def accept(self, account_id: str, ticket_id: str, hint: str) -> Response:
        """Plan what a hint proposes."""
        session = self._wiring.sessions.of(request)
        key = self._wiring.ticket_for(session, account_id, ticket_id)
        told = self._advising.as_it_stands(key, session.agent_id)
        found = next((one for one in told.advice.hints if one.id == hint), None)
        proposed = as_follow_up(told.case, found) if found else None
        if proposed is None:
            raise NotFoundError("This proposal is no longer here.")
        event = FollowUpAccepted(
            key=key, event_id=f"accepted:{proposed.id}", at=self._wiring.clock(), follow_up=proposed
        )
        case = self._advancing.take(key, [event])
        made = next(one for one in case.follow_ups if one.id == proposed.id)
        return answer({"follow_up": told_of(made)})

    def hand_over(self) -> Response:
        """A lead hands over what somebody of their groups has promised, for as long as they are away."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        body = read_json(HandOverBody)
        settings = settings_of(self._wiring.account_of(session))
        found = self._wiring.store.follow_ups(
            session.account, owner_id=body.away, groups=_groups_led(session, settings), count=MOST_HANDED_OVER
        )
        moved = self._promised.hand_over(
            self._opened(session, found), self._owner(session, body.to), by=session.agent_id
        )
        return answer({"follow_ups": [told_of(one) for one in moved]})

    def _owner(self, session: Session, agent_id: str | None) -> dict[str, Any]:
        if agent_id is None:
            return {}
        return new_owner(lambda: self._wiring.helpdesk(self._wiring.account_of(session)), agent_id)


def _groups_led(session: Session, settings: AccountSettings) -> tuple[str, ...]:
    groups = settings.leads.get(session.agent_id)
    if not groups:
        raise NotAllowedError("Only those who lead a group see its promises.")
    return groups


def _told(body: FollowUpBody, known: FollowUp, case: Case, now: datetime) -> dict[str, Any]:
    """The fields that the agent's word sets, its owner left out."""
    told = _due(body, case, now)
    if body.words is not None:
        told["words"] = words_told(body.words)
    if body.state is not None:
        told["state"] = _STATES[body.state](known)
    return told


_STATES: dict[str, Callable[[FollowUp], FollowUpState]] = {
    "kept": lambda _: _S.KEPT,
    "withdrawn": lambda _: _S.WITHDRAWN,
    "open": lambda known: known.state if known.is_open else _S.NOTED,
    "not_yet": lambda known: _S.LATE if known.state is _S.UNCONFIRMED else known.state if known.is_open else _S.NOTED,
}


def words_told(words: str) -> str:
    """The words of a promise as they may be kept. Raises `MalformedError`."""
    told = " ".join(words.split())
    if not told or len(told) > _LONGEST_WORDS:
        raise MalformedError(f"The words of a promise are 1 to {_LONGEST_WORDS} characters.", path="words")
    return told


def _due(body: FollowUpBody, case: Case, now: datetime) -> dict[str, Any]:
    if body.due_at is not None:
        return {"due_at": due_told(body.due_at, now), "due_kind": "time"}
    if body.due_on is not None:
        times = BusinessTime(case.settings.hours, there(case))
        return {"due_at": due_told(_end_of(body.due_on, times, now), now), "due_kind": "day"}
    return {}


def _end_of(day: date, times: BusinessTime, now: datetime) -> datetime:
    """Until when something is due on a day: its close, or where that has passed, the day's own end."""
    close = times.close_of(day)
    return close if close > now else times.end_of(day)


def due_told(due_at: datetime, now: datetime) -> datetime:
    """A due time as it may be planned. Raises `MalformedError`, and `PastError` for one that has passed."""
    if due_at.tzinfo is None:
        raise MalformedError("A time needs its offset, as in 2026-03-04T14:00:00Z.", path="due_at")
    if due_at <= now:
        raise PastError("That time has passed. Pick a later one.", path="due_at")
    if due_at >= now + _FARTHEST:
        raise MalformedError("A promise can be kept in the next two years.", path="due_at")
    return due_at


def _span(when: str | None, settings: AccountSettings, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until when a list reaches; None: without end."""
    if when is None:
        return None, None
    if when == "late":
        return None, now
    days = {"today": 1, "week": 7}.get(when)
    if days is None:
        raise MalformedError("`when` is one of: late, today, week.", path="when")
    today = now.astimezone(BusinessTime(settings.hours).zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return now, today + timedelta(days=days)
