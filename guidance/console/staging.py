"""Stages, the holdout and the pause: what an account does with a rule, on which tickets hints are held back, and silence for everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from guidance.accounts.scopes import checked_scope
from guidance.console.doors import Door, signed
from guidance.console.pages import on_to
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.hints.holdout import MOST
from guidance.model import EVERYWHERE, Stage
from guidance.people.users import May

AS_SHIPPED, AS_ELSEWHERE = "as shipped", "as elsewhere"
_TRIES = 20


class Staging:
    """The doors that change what is shown where."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

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
        form = request.form
        stage = _stage(form.get("stage", ""))
        is_moved = put_stage(
            self._wiring,
            form.get("account", ""),
            rule_id,
            stage,
            scope=checked_scope(form.get("kind", ""), form.get("name", "")),
            was=form.get("was", ""),
            why=form.get("why", ""),
        )
        return on_to(f"/console/rules/{rule_id}", done="staged" if is_moved else "unchanged")

    def hold_out(self) -> Response:
        """Hold hints back on so many of a hundred tickets of one account; `was` is the share that the person saw."""
        form, percent = request.form, _percent(request.form.get("percent", ""))

        def held(settings: dict[str, Any]) -> dict[str, Any]:
            if form.get("was", "") != str(percent_of(settings)):
                raise ConflictError(
                    f"Somebody else set this holdout to {percent_of(settings)} % meanwhile. Look again, then decide."
                )
            return _with(settings, "holdout", percent / 100)

        account = form.get("account", "")
        what = f"holdout of {percent} %" if percent else "no holdout"
        is_changed = change_settings(
            self._wiring, account, held, what=what, subject=f"account:{account}", why=form.get("why", "")
        )
        return on_to("/console/numbers", done="settings" if is_changed else "unchanged")

    def show_estimate(self) -> Response:
        """Let agents of one account see the estimate, or no longer."""
        account, is_shown = request.form.get("account", ""), request.form.get("shown") == "yes"
        is_changed = change_settings(
            self._wiring,
            account,
            lambda settings: _with(settings, "estimate_shown", is_shown),
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
                lambda settings: _with(settings, "paused", paused),
                what="paused" if paused else "resumed",
                subject=f"account:{account.id}",
                why=request.form.get("why", ""),
            )
        return on_to("/console/rules", done="paused" if paused else "resumed")


def put_stage(
    wiring: Wiring,
    account_id: str,
    rule_id: str,
    stage: Stage | None,
    *,
    scope: str = EVERYWHERE,
    was: str | None = None,
    why: str = "",
) -> bool:
    """Put a rule into a stage of one account, or of one `scope` of it; None: as its pack, or its account, says. False: it is there.

    Raises `ConflictError` where it is not `was` any more.
    """

    def staged(settings: dict[str, Any]) -> dict[str, Any]:
        stages = _stages_kept(settings, scope)
        held = stages.pop(rule_id, "")
        if was is not None and held != was:
            raise ConflictError(
                f"Somebody else moved this rule to {held or AS_SHIPPED} meanwhile. Look again, then decide."
            )
        if held == (stage or ""):
            return settings
        return _with_stages(settings, scope, stages | ({rule_id: str(stage)} if stage else {}))

    where = f"{account_id}, {scope}" if scope else account_id
    what = f"{stage or (AS_ELSEWHERE if scope else AS_SHIPPED)} in {where}"
    return change_settings(wiring, account_id, staged, what=what, subject=f"rule:{rule_id}", why=why)


def _with(settings: dict[str, Any], name: str, value: float | bool) -> dict[str, Any]:
    """An account's settings with this one; without it where it is nothing."""
    rest = {one: kept for one, kept in settings.items() if one != name}
    return rest | ({name: value} if value else {})


def _stages_kept(settings: dict[str, Any], scope: str) -> dict[str, str]:
    """The stages that an account's settings have for all tickets, or for one group or brand."""
    kept = settings.get("stages_in", {}).get(scope.casefold(), {}) if scope else settings.get("stages", {})
    return dict(kept)


def _with_stages(settings: dict[str, Any], scope: str, stages: dict[str, str]) -> dict[str, Any]:
    if not scope:
        return settings | {"stages": stages}
    narrow = {**settings.get("stages_in", {}), scope.casefold(): stages}
    return settings | {"stages_in": {one: kept for one, kept in narrow.items() if kept}}


def percent_of(settings: dict[str, Any]) -> int:
    """On how many of a hundred tickets an account holds hints back."""
    share: float = settings.get("holdout", 0.0)
    return round(100 * share)


def _percent(given: str) -> int:
    most = round(100 * MOST)
    if not given.isdecimal() or len(given) > 3 or int(given) > most:
        raise MalformedError(f"A holdout is a whole number from 0 to {most}, in percent.", path="percent")
    return int(given)


def change_settings(
    wiring: Wiring,
    account_id: str,
    changed: Callable[[dict[str, Any]], dict[str, Any]],
    *,
    what: str,
    subject: str,
    why: str,
    before: str = "",
    after: str = "",
) -> bool:
    """Change an account's settings by a pure function, again where somebody was first; False: they were so already.

    Raises `NotFoundError` and `ConflictError`.
    """
    for _ in range(_TRIES):
        account = wiring.store.account(account_id)
        if account is None:
            raise NotFoundError("There is no such account.")
        settings = changed(account.settings)
        if settings == account.settings:
            return False
        change = wiring.change(signed().user.email, what, subject, why=why, before=before, after=after)
        if wiring.store.change_settings(account_id, settings, expected=account.settings, change=change):
            wiring.accounts.forget()
            return True
    raise ConflictError("These settings change faster than they can be saved. Try again in a moment.")


def _stage(given: str) -> Stage | None:
    if given in (AS_SHIPPED, AS_ELSEWHERE):
        return None
    try:
        return Stage(given)
    except ValueError:
        raise MalformedError(f"a stage is one of {', '.join(Stage)}", path="stage") from None
