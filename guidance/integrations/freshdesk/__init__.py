"""Freshdesk. What it offers to the rest: `NAME`, `SECRETS`, `Config`, `verify`, `parse`, `knock`, `connect` and `leave`; see `guidance.integrations.Integration`."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.auth import knock, verify
from guidance.integrations.freshdesk.client import FreshdeskClient
from guidance.integrations.freshdesk.events import parse
from guidance.integrations.freshdesk.holding import SECRETS, Config
from guidance.integrations.freshdesk.setup import Setup
from guidance.ports import Account, Helpdesk, Vault

__all__ = ["NAME", "SECRETS", "Config", "connect", "knock", "leave", "parse", "verify"]

NAME = "freshdesk"


def connect(account: Account) -> Helpdesk:
    """A client for this account's API; it may be kept and shared by threads. Raises `HelpdeskError` without a key."""
    return FreshdeskClient(account)


def leave(account: Account, endpoint: str, *, vault: Vault, dry_run: bool = False) -> Sequence[str]:  # noqa: ARG001
    """Delete the automation rules that call `endpoint`; the app is for the admin to take out."""
    setup = Setup(FreshdeskApi(account), endpoint)
    told = setup.would_remove() if dry_run else setup.remove()
    return [*told, "the app stays in Freshdesk until it is uninstalled under Admin, Apps"]
