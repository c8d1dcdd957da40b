"""Zendesk. What it offers to the rest: `NAME`, `SECRETS`, `Config`, `verify`, `parse`, `knock`, `connect` and `leave`; see `guidance.integrations.Integration`."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.integrations.zendesk.auth import knock, verify
from guidance.integrations.zendesk.events import parse
from guidance.integrations.zendesk.holding import SECRETS, Config
from guidance.ports import Account, Helpdesk, Vault

__all__ = ["NAME", "SECRETS", "Config", "connect", "knock", "leave", "parse", "verify"]

NAME = "zendesk"


def connect(account: Account) -> Helpdesk:
    """A client for this account's API; it may be kept and shared by threads."""
    from guidance.integrations.zendesk.client import ZendeskClient  # noqa: PLC0415 - zenpy takes a while to load

    return ZendeskClient(account)


def leave(account: Account, endpoint: str, *, vault: Vault, dry_run: bool = False) -> Sequence[str]:
    """Delete our webhooks and triggers; the app is the admin's to remove."""
    from guidance.integrations.zendesk.setup import open_setup  # noqa: PLC0415 - seldom needed

    app = "the app stays installed in Zendesk until somebody removes it in Admin Center, under Apps and integrations"
    setup = open_setup(account, endpoint, vault=vault)
    return [*(setup.would_remove() if dry_run else setup.remove()), app]
