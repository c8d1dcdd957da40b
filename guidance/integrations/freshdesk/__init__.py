"""Freshdesk. What it offers to the rest: `NAME`, `verify`, `parse`, `connect` and `leave`; see `guidance.integrations.Integration`."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.integrations.freshdesk.auth import verify
from guidance.integrations.freshdesk.client import FreshdeskClient
from guidance.integrations.freshdesk.events import parse
from guidance.ports import Account, Helpdesk

__all__ = ["NAME", "connect", "leave", "parse", "verify"]

NAME = "freshdesk"


def connect(account: Account) -> Helpdesk:
    """A client for this account's API; it may be kept and shared by threads. Raises `HelpdeskError` without a key."""
    return FreshdeskClient(account)


def leave(account: Account, endpoint: str) -> Sequence[str]:
    """Nothing is taken out yet: what remains is said."""
    return [f"the automation rules of {account.id} that call {endpoint} stay in Freshdesk, under Admin, Automations"]
