"""Changes of what an account has decided: one setting, or the stage of a rule in all of it or in one group or brand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guidance.console.doors import signed
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, NotFoundError
from guidance.model import EVERYWHERE, Stage

AS_SHIPPED, AS_ELSEWHERE = "as shipped", "as elsewhere"
_TRIES = 20


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


def with_setting(settings: dict[str, Any], name: str, value: float | bool) -> dict[str, Any]:
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
