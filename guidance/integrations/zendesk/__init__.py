"""Zendesk. What it offers to the rest: `NAME`, `verify`, `parse` and `connect`; see `guidance.integrations.Integration`."""

from __future__ import annotations

from guidance.integrations.zendesk.auth import verify
from guidance.integrations.zendesk.events import parse
from guidance.ports import Account, Helpdesk

__all__ = ["NAME", "connect", "parse", "verify"]

NAME = "zendesk"


def connect(account: Account) -> Helpdesk:
    """A client for this account's API; it may be kept and shared by threads."""
    from guidance.integrations.zendesk.client import ZendeskClient  # noqa: PLC0415 - zenpy takes a while to load

    return ZendeskClient(account)
