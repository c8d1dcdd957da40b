"""The doors of one ticket: its advice, the draft being written, and what the agent makes of a hint."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from flask import Blueprint, Response, request
from msgspec import Struct

from guidance.errors import MalformedError, NotFoundError
from guidance.hints import dismiss, undo_dismissal
from guidance.hints.attention import hint_id
from guidance.hints.verdicts import REASONS
from guidance.hours.horizon import FIRST_YEAR, LAST_YEAR, is_within
from guidance.model import Author, Case, Comment, CountHabit, Draft, DraftTyped, Seen, TicketKey, Visibility
from guidance.sidebar.advising import Advising, advice_json
from guidance.sidebar.quiet import end_of_day
from guidance.sidebar.wiring import Wiring
from guidance.text.html import to_text
from guidance.web.answering import answer
from guidance.web.bodies import read_json

_MOST_TURNS = 50
_LONGEST_NAME = 80
DONE = "done"
"""The reason kept where the agent ticked a hint off: it does not return, and it is no complaint."""


class Turn(Struct, frozen=True, kw_only=True):
    """A live turn that the agent's browser saw; it serves this agent's advice only."""

    author: Author
    text: str | None = None
    html: str | None = None
    at: datetime | None = None
    name: str | None = None


class TakesOver(Struct, frozen=True, kw_only=True):
    """To whom the ticket goes with this reply, as the agent's form says; it serves this agent's advice only."""

    name: str = ""
    group: str | None = None


class DraftBody(Struct, frozen=True, kw_only=True):
    """What the agent is writing, as docs/wire.md has it. `seq` comes back with the advice; `slot` is that of the last advice."""

    text: str | None = None
    html: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    settled: bool = False
    seq: int = 0
    slot: str | None = None
    turns: tuple[Turn, ...] = ()
    attachments: tuple[str, ...] | None = None
    takes_over: TakesOver | None = None


class FeedbackBody(Struct, frozen=True, kw_only=True):
    """What the agent makes of a hint. `mute`: `today` keeps its rule silent until midnight on all tickets."""

    verdict: Literal["done", "dismissed"]
    reason: str | None = None
    mute: Literal["today"] | None = None


class Tickets:
    """Answers for one ticket; every door checks session and ticket access first."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._advising = Advising(wiring)

    def add_to(self, blueprint: Blueprint) -> None:
        ticket = "/api/v1/tickets/<account_id>/<ticket_id>"
        feedback = f"{ticket}/hints/<hint>/feedback"
        blueprint.add_url_rule(f"{ticket}/advice", view_func=self.advice, methods=["GET"])
        blueprint.add_url_rule(f"{ticket}/draft", view_func=self.draft, methods=["POST"])
        blueprint.add_url_rule(feedback, view_func=self.feedback, methods=["POST"])
        blueprint.add_url_rule(feedback, view_func=self.undo_feedback, methods=["DELETE"])

    def advice(self, account_id: str, ticket_id: str) -> Response:
        """Advice on the ticket as it stands."""
        agent_id, key = self._opened(account_id, ticket_id)
        return answer(advice_json(self._advising.as_it_stands(key, agent_id)))

    def draft(self, account_id: str, ticket_id: str) -> Response:
        """Advice on what the agent is writing, with the same `seq`; the draft is not stored."""
        agent_id, key = self._opened(account_id, ticket_id)
        body = read_json(DraftBody)
        told = self._advising.on_draft(key, agent_id, _typed(body, agent_id), slot=body.slot)
        return answer(advice_json(told, seq=body.seq))

    def feedback(self, account_id: str, ticket_id: str, hint: str) -> Response:
        """Take a hint as done or dismissed; it does not return in its slot."""
        agent_id, key = self._opened(account_id, ticket_id)
        body = read_json(FeedbackBody)
        reason = _reason(body)
        if body.mute:
            self._wiring.proven(self._wiring.sessions.of(request))

        def judged(case: Case, now: datetime) -> Case:
            seen = _seen(case, agent_id, hint)
            return dismiss(case, agent_id, seen.rule, seen.slot, reason, now)

        case = self._advising.change(key, agent_id, judged)
        if body.mute:
            self._mute(case, agent_id, _seen(case, agent_id, hint).rule)
        return answer({"hint": hint, "verdict": body.verdict, "reason": reason, "mute": body.mute})

    def undo_feedback(self, account_id: str, ticket_id: str, hint: str) -> Response:
        """Take the last word on a hint back, its mute with it."""
        agent_id, key = self._opened(account_id, ticket_id)

        def unjudged(case: Case, _now: datetime) -> Case:
            seen = _seen(case, agent_id, hint)
            return undo_dismissal(case, agent_id, seen.rule, seen.slot)

        rule = _seen(self._advising.change(key, agent_id, unjudged), agent_id, hint).rule
        now = self._wiring.clock()
        effect = CountHabit(id=_habit_id("unmute", rule, now), agent_id=agent_id, unmute=rule)
        self._wiring.store.count(account_id, [effect], now=now)
        return answer({"hint": hint, "verdict": None})

    def _opened(self, account_id: str, ticket_id: str) -> tuple[str, TicketKey]:
        session = self._wiring.sessions.of(request)
        return session.agent_id, self._wiring.ticket_for(session, account_id, ticket_id)

    def _mute(self, case: Case, agent_id: str, rule: str) -> None:
        now = self._wiring.clock()
        until = end_of_day(now, case.settings.hours)
        effect = CountHabit(id=_habit_id("mute", rule, now), agent_id=agent_id, mute=rule, until=until)
        self._wiring.store.count(case.key.account, [effect], now=now)


def _typed(body: DraftBody, agent_id: str) -> DraftTyped:
    text, from_html = _plain(body.text, body.html, "text")
    draft = Draft(
        text=text,
        visibility=body.visibility,
        author_id=agent_id,
        settled=body.settled,
        attachments=body.attachments,
        from_html=from_html,
        next_name=body.takes_over.name[:_LONGEST_NAME] if body.takes_over else None,
        next_group=(body.takes_over.group or "")[:_LONGEST_NAME] or None if body.takes_over else None,
    )
    return DraftTyped(draft=draft, agent_id=agent_id, turns=_comments(body.turns))


def _plain(text: str | None, html: str | None, path: str) -> tuple[str, bool]:
    if html is not None:
        return to_text(html), True
    if text is None:
        raise MalformedError("Either text or html must be given.", path=path)
    return text, False


def _comments(turns: tuple[Turn, ...]) -> tuple[Comment, ...]:
    """Live turns as provisional comments; their ids are made from their words, so that the same turn stays the same."""
    if len(turns) > _MOST_TURNS:
        raise MalformedError(f"At most {_MOST_TURNS} turns are read.", path="turns")
    return tuple(_comment(turn, place) for place, turn in enumerate(turns))


def _comment(turn: Turn, place: int) -> Comment:
    if turn.at is not None and turn.at.tzinfo is None:
        raise MalformedError("A time needs its offset, as in 2026-03-04T14:00:00Z.", path=f"turns[{place}].at")
    if turn.at is not None and not is_within(turn.at):
        raise MalformedError(f"A time lies in the years {FIRST_YEAR} to {LAST_YEAR}.", path=f"turns[{place}].at")
    text, from_html = _plain(turn.text, turn.html, f"turns[{place}].text")
    words = hashlib.sha256(f"{turn.author}|{turn.at}|{text}".encode()).hexdigest()[:16]
    return Comment(
        id=f"live-{words}",
        author=turn.author,
        text=text,
        author_name=turn.name,
        at=turn.at,
        provisional=True,
        from_html=from_html,
    )


def _reason(body: FeedbackBody) -> str | None:
    if body.verdict == DONE:
        return DONE
    if body.reason is not None and body.reason not in REASONS:
        raise MalformedError(f"The reason is one of: {', '.join(REASONS)}.", path="reason")
    return body.reason


def _seen(case: Case, agent_id: str, hint: str) -> Seen:
    """What this agent was shown under this hint's id. Raises `NotFoundError`."""
    seen = next((slot.seen for slot in case.slots if slot.agent_id == agent_id), ())
    for one in reversed(seen):
        if hint_id(case.key, one.slot, one.rule) == hint:
            return one
    raise NotFoundError("This hint is no longer here.")


def _habit_id(what: str, rule: str, now: datetime) -> str:
    return f"{what}:{rule}:{now.timestamp():.3f}"
