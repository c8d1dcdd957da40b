"""Stages, the holdout and the pause: what an account does with a rule, on which tickets hints are held back, and silence for everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from guidance.accounts.scopes import checked_scope
from guidance.console.account_settings import (
    AS_ELSEWHERE,
    AS_SHIPPED,
    change_settings,
    percent_of,
    put_stage,
    with_setting,
)
from guidance.console.dashboard import Dashboard
from guidance.console.doors import Door
from guidance.console.pages import on_to
from guidance.console.places import check_place
from guidance.console.rules import Rules
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.hints.holdout import MOST
from guidance.model import Stage
from guidance.people.users import May


class Staging:
    """The doors that change what is shown where."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._rules = Rules(wiring)
        self._numbers = Dashboard(wiring)

    def doors(self) -> Sequence[Door]:
        return (
            Door("POST", "/console/rules/<rule_id>/stage", May.PUBLISH, self.stage),
            Door("POST", "/console/holdout", May.PUBLISH, self.hold_out),
            Door("POST", "/console/estimate", May.PUBLISH, self.show_estimate),
            Door("POST", "/console/pause", May.PUBLISH, self.pause),
        )

    def stage(self, rule_id: str) -> Response:
        """Move a rule to a stage in one account, or in one group or brand of it; `was` is the stage that the person saw."""
        if rule_id not in self._wiring.rulebook().rules:
            raise NotFoundError("There is no rule of that name in force.")
        stage = _stage(request.form.get("stage", ""))
        try:
            is_moved = self._moved(rule_id, stage)
        except (MalformedError, ConflictError) as error:
            return self._rules.show(rule_id, error.status, error)
        return on_to(f"/console/rules/{rule_id}", done="staged" if is_moved else "unchanged")

    def _moved(self, rule_id: str, stage: Stage | None) -> bool:
        form = request.form
        account, was = form.get("account", ""), form.get("was", "")
        scope = checked_scope(form.get("kind", ""), form.get("name", ""))
        if stage and not was:
            check_place(self._wiring, account, scope)
        return put_stage(self._wiring, account, rule_id, stage, scope=scope, was=was, why=form.get("why", ""))

    def hold_out(self) -> Response:
        """Hold hints back on so many of a hundred tickets of one account; `was` is the share that the person saw."""
        form, account = request.form, request.form.get("account", "")

        def held(settings: dict[str, Any]) -> dict[str, Any]:
            if form.get("was", "") != str(percent_of(settings)):
                raise ConflictError(
                    f"Somebody else set this holdout to {percent_of(settings)} % meanwhile. Look again, then decide."
                )
            return with_setting(settings, "holdout", percent / 100)

        try:
            percent = _percent(form.get("percent", ""))
            what = f"holdout of {percent} %" if percent else "no holdout"
            is_changed = change_settings(
                self._wiring, account, held, what=what, subject=f"account:{account}", why=form.get("why", "")
            )
        except (MalformedError, ConflictError) as error:
            return self._numbers.show(error.status, error)
        return on_to("/console/numbers", done="settings" if is_changed else "unchanged")

    def show_estimate(self) -> Response:
        """Let agents of one account see the estimate, or no longer."""
        account, is_shown = request.form.get("account", ""), request.form.get("shown") == "yes"
        is_changed = change_settings(
            self._wiring,
            account,
            lambda settings: with_setting(settings, "estimate_shown", is_shown),
            what="estimate shown to agents" if is_shown else "estimate hidden from agents",
            subject=f"account:{account}",
            why=request.form.get("why", ""),
        )
        return on_to("/console/numbers", done="settings" if is_changed else "unchanged")

    def pause(self) -> Response:
        """Silence every account, or end that."""
        paused = request.form.get("paused") == "yes"
        for account in self._wiring.store.accounts():
            change_settings(
                self._wiring,
                account.id,
                lambda settings: with_setting(settings, "paused", paused),
                what="paused" if paused else "resumed",
                subject=f"account:{account.id}",
                why=request.form.get("why", ""),
            )
        return on_to("/console/rules", done="paused" if paused else "resumed")


def _percent(given: str) -> int:
    most = round(100 * MOST)
    if not given.isdecimal() or len(given) > 3 or int(given) > most:
        raise MalformedError(f"A holdout is a whole number from 0 to {most}, in percent.", path="percent")
    return int(given)


def _stage(given: str) -> Stage | None:
    if given in (AS_SHIPPED, AS_ELSEWHERE):
        return None
    try:
        return Stage(given)
    except ValueError:
        raise MalformedError(f"a stage is one of {', '.join(Stage)}", path="stage") from None
