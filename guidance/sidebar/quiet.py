"""Quiet: an agent asks for no hints at all for an hour or for today, sees what is quiet, and takes it back. Nobody else learns of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from flask import Blueprint, Response, request
from msgspec import Struct

from guidance.accounts import settings_of
from guidance.hours.zones import zone_of
from guidance.model import CountHabit, Hours
from guidance.rules import Rule
from guidance.sidebar.sessions import Session
from guidance.sidebar.wiring import Wiring
from guidance.web.answering import answer
from guidance.web.bodies import read_json

EVERYTHING = "all"


class QuietBody(Struct, frozen=True, kw_only=True):
    """For how long to say nothing."""

    span: Literal["hour", "today"] = "hour"


class MuteTold(Struct, frozen=True):
    """Something muted, what it is called, and until when."""

    what: str
    title: str
    until: datetime | None


class MutesTold(Struct, frozen=True):
    """Everything that an agent has muted."""

    muted: list[MuteTold]


class Quiet:
    """`PUT` asks for quiet, `GET` shows all that is quiet, `DELETE` ends it, or only `?what=`."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/api/v1/quiet", endpoint="show_quiet", view_func=self.show, methods=["GET"])
        blueprint.add_url_rule("/api/v1/quiet", view_func=self.begin, methods=["PUT"])
        blueprint.add_url_rule("/api/v1/quiet", view_func=self.end, methods=["DELETE"])

    def show(self) -> Response:
        """Everything that this agent has asked not to see, with the title of each rule."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        now = self._wiring.clock()
        muted = self._wiring.store.habits(session.account, session.agent_id, now=now).muted
        rules = self._wiring.rulebook().rules
        kept = [one for one in muted if one.until is None or one.until > now]
        return answer(MutesTold([MuteTold(one.what, _title(rules, one.what), one.until) for one in kept]))

    def begin(self) -> Response:
        """No hints for this agent until the hour, or the day, is over."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        hours = settings_of(self._wiring.account_of(session)).hours
        now = self._wiring.clock()
        until = end_of_day(now, hours) if read_json(QuietBody).span == "today" else now + timedelta(hours=1)
        self._count(session, now, mute=EVERYTHING, until=until)
        return answer({"until": until})

    def end(self) -> Response:
        """Hints for this agent again: all, or of one rule or principle."""
        session = self._wiring.proven(self._wiring.sessions.of(request))
        self._count(session, self._wiring.clock(), unmute=request.args.get("what") or EVERYTHING)
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


def _title(rules: Mapping[str, Rule], what: str) -> str:
    """What a mute is called: its rule's title; a principle's own name."""
    return rules[what].title if what in rules else what


def end_of_day(now: datetime, hours: Hours) -> datetime:
    """Midnight after `now` in the zone of the business hours, as aware UTC."""
    zone = zone_of(None, hours)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)
