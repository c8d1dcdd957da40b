"""Freshdesk. What it offers to the rest: `NAME`, `verify`, `parse` and `connect`; see `guidance.integrations.Integration`."""

from __future__ import annotations

from guidance.integrations.freshdesk.auth import verify
from guidance.integrations.freshdesk.client import FreshdeskClient
from guidance.integrations.freshdesk.events import parse
from guidance.ports import Account, Helpdesk

__all__ = ["NAME", "connect", "parse", "verify"]

NAME = "freshdesk"


def connect(account: Account) -> Helpdesk:
    """A client for this account's API; it may be kept and shared by threads. Raises `HelpdeskError` without a key."""
    return FreshdeskClient(account)
