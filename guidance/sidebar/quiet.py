"""Quiet: an agent asks for no hints at all for an hour or for today, and takes it back. Nobody else learns of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Literal

from flask import Blueprint, Response, request
from msgspec import Struct

from guidance.accounts import settings_of
from guidance.hours.zones import zone_of
from guidance.model import CountHabit, Hours
from guidance.sidebar.answers import answer, read_body
from guidance.sidebar.sessions import Session
from guidance.sidebar.wiring import Wiring

EVERYTHING = "all"


class QuietBody(Struct, frozen=True, kw_only=True):
    """For how long to say nothing."""

    span: Literal["hour", "today"] = "hour"


class Quiet:
    """`PUT` asks for quiet, `DELETE` ends it."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/api/v1/quiet", view_func=self.begin, methods=["PUT"])
        blueprint.add_url_rule("/api/v1/quiet", view_func=self.end, methods=["DELETE"])

    def begin(self) -> Response:
        """No hints for this agent until the hour, or the day, is over."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        hours = settings_of(self._wiring.account_of(session)).hours
        now = self._wiring.clock()
        until = end_of_day(now, hours) if read_body(QuietBody).span == "today" else now + timedelta(hours=1)
        self._count(session, now, mute=EVERYTHING, until=until)
        return answer({"until": until})

    def end(self) -> Response:
        """Hints for this agent again."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        self._count(session, self._wiring.clock(), unmute=EVERYTHING)
        return answer({"until": None})

    def _count(
        self,
        session: Session,
        now: datetime,
        *,
        mute: str | None = None,
        unmute: str | None = None,
        until: datetime | None = None,
    ) -> None:
        name = f"quiet:{'begin' if mute else 'end'}:{now.timestamp():.3f}"
        effect = CountHabit(id=name, agent_id=session.agent_id, mute=mute, unmute=unmute, until=until)
        self._wiring.store.count(session.account, [effect], now=now)


def end_of_day(now: datetime, hours: Hours) -> datetime:
    """Midnight after `now` in the zone of the business hours, as aware UTC."""
    zone = zone_of(None, hours)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)
