"""An agent's open promises as a calendar that their own calendar program reads, behind a secret link that can be revoked.

It holds ticket numbers and due times only, no words and no names: calendars are shared and synchronised to places we don't know.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request

from guidance.errors import NotFoundError
from guidance.model import FollowUp
from guidance.people import has_left
from guidance.ports import Account
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer

PATH = "/calendar/"
"""Below it are secrets: no access log may hold such a path."""

_LASTS = timedelta(minutes=15)
_LONGEST = 64


class Calendar:
    """Gives an agent the link, takes it back, and serves what it shows."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def add_to(self, blueprint: Blueprint) -> None:
        link = "/api/v1/follow-ups/calendar"
        blueprint.add_url_rule(link, endpoint="open_calendar", view_func=self.open, methods=["POST"])
        blueprint.add_url_rule(link, endpoint="close_calendar", view_func=self.close, methods=["DELETE"])
        blueprint.add_url_rule(f"{PATH}<secret>.ics", endpoint="calendar", view_func=self.show, methods=["GET"])

    def open(self) -> Response:
        """A new link, shown this once; the one before ends."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        secret = secrets.token_urlsafe(32)
        self._wiring.store.open_feed(session.account, session.agent_id, secret)
        return answer({"path": f"{PATH}{secret}.ics"})

    def close(self) -> Response:
        """Revoke the link."""
        session = self._wiring.sessions.of(request)
        self._wiring.store.close_feed(session.account, session.agent_id)
        return answer({"path": None})

    def show(self, secret: str) -> Response:
        """The calendar. A link that was revoked, or whose agent has left, looks like one that never was."""
        account, agent_id = self._whose(secret)
        promises = self._wiring.store.follow_ups(account.id, owner_id=agent_id)
        response = Response(calendar(promises, now=self._wiring.clock()), content_type="text/calendar; charset=utf-8")
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _whose(self, secret: str) -> tuple[Account, str]:
        """The account and the agent whose calendar this is. Raises `NotFoundError`."""
        wiring = self._wiring
        account_id, agent_id = (wiring.store.feed(secret) if len(secret) <= _LONGEST else None) or ("", "")
        account = wiring.accounts.get(account_id)
        if account is None or has_left(wiring.store, wiring.helpdesk, account, agent_id):
            raise NotFoundError("There is no such calendar.")
        return account, agent_id


def calendar(promises: Iterable[FollowUp], *, now: datetime) -> str:
    """Open promises with a due time as iCalendar (RFC 5545), times in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//helpdesk-guidance//follow-ups//EN", "CALSCALE:GREGORIAN"]
    lines += ["X-WR-CALNAME:Promised", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"]
    for one in promises:
        if one.due_at is not None:
            lines += _event(one, one.due_at, now)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _event(one: FollowUp, due_at: datetime, now: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{one.id}@guidance", f"DTSTAMP:{_utc(now)}")
    yield from (f"DTSTART:{_utc(due_at - _LASTS)}", f"DTEND:{_utc(due_at)}")
    yield from (f"SUMMARY:Ticket {one.ticket_id}: promised by now", "TRANSP:TRANSPARENT", "END:VEVENT")


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
