"""Stages and the pause: what an account does with a rule, and silence for everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from guidance.console.doors import Door, signed
from guidance.console.pages import on_to
from guidance.console.wiring import Wiring
from guidance.errors import ConflictError, MalformedError, NotFoundError
from guidance.model import Stage
from guidance.people.users import May

AS_SHIPPED = "as shipped"
_TRIES = 20


class Staging:
    """The doors that change what is shown where."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("POST", "/console/rules/<rule_id>/stage", May.PUBLISH, self.stage),
            Door("POST", "/console/pause", May.PUBLISH, self.pause),
        )

    def stage(self, rule_id: str) -> Response:
        """Move a rule to a stage in one account; `was` is the stage that the person saw."""
        if rule_id not in self._wiring.rulebook().rules:
            raise NotFoundError("There is no rule of that name in force.")
        form = request.form
        stage = _stage(form.get("stage", ""))
        put_stage(
            self._wiring, form.get("account", ""), rule_id, stage, was=form.get("was", ""), why=form.get("why", "")
        )
        return on_to(f"/console/rules/{rule_id}", done="staged")

    def pause(self) -> Response:
        """Silence every account, or end that."""
        paused = request.form.get("paused") == "yes"
        for account in self._wiring.store.accounts():
            change_settings(
                self._wiring,
                account.id,
                lambda settings: (
                    {k: v for k, v in settings.items() if k != "paused"} | ({"paused": True} if paused else {})
                ),
                what="paused" if paused else "resumed",
                subject=f"account:{account.id}",
                why=request.form.get("why", ""),
            )
        return on_to("/console/rules", done="paused" if paused else "resumed")


def put_stage(
    wiring: Wiring, account_id: str, rule_id: str, stage: Stage | None, *, was: str | None = None, why: str = ""
) -> None:
    """Put a rule into a stage of one account; None: as its pack says. Raises `ConflictError` where it is not `was` any more."""

    def staged(settings: dict[str, Any]) -> dict[str, Any]:
        stages = dict(settings.get("stages", {}))
        if was is not None and stages.get(rule_id, "") != was:
            raise ConflictError(
                f"Somebody else moved this rule to {stages.get(rule_id) or AS_SHIPPED} meanwhile. Look again, then decide."
            )
        stages.pop(rule_id, None)
        return settings | {"stages": stages | ({rule_id: str(stage)} if stage else {})}

    change_settings(
        wiring, account_id, staged, what=f"{stage or AS_SHIPPED} in {account_id}", subject=f"rule:{rule_id}", why=why
    )


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
) -> None:
    """Change an account's settings by a pure function, again where somebody was first. Raises `NotFoundError` and `ConflictError`."""
    for _ in range(_TRIES):
        account = wiring.store.account(account_id)
        if account is None:
            raise NotFoundError("There is no such account.")
        change = wiring.change(signed().user.email, what, subject, why=why, before=before, after=after)
        if wiring.store.change_settings(
            account_id, changed(account.settings), expected=account.settings, change=change
        ):
            wiring.accounts.forget()
            return
    raise ConflictError("These settings change faster than they can be saved. Try again in a moment.")


def _stage(given: str) -> Stage | None:
    if given == AS_SHIPPED:
        return None
    try:
        return Stage(given)
    except ValueError:
        raise MalformedError(f"a stage is one of {', '.join(Stage)}", path="stage") from None
