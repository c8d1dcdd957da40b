"""Whose overlays somebody may write: an editor any, a lead those of their own groups, in accounts where their agent id is known."""

from __future__ import annotations

from guidance.people.users import May, User


def may_overlay(user: User, account_id: str, scope: str) -> bool:
    """Whether a person may say what is other in this part of an account: `group:<name>`, `brand:<name>`, or all of it."""
    if user.may(May.PUBLISH):
        return True
    kind, _, name = scope.partition(":")
    led = {group.casefold() for group in user.groups}
    return user.may(May.OVERLAY) and account_id in user.agents and kind == "group" and name.casefold() in led
