"""A desk to try the product on: a small stateful Zendesk and Freshdesk, and an agent page that hosts the sidebar.

Nothing is short-cut in process: changes leave as webhooks over HTTP, the service answers through REST, and the sidebar runs
in an iframe over Zendesk's own app protocol. It is for trying and testing only: it listens on this machine and has no users.
"""

from __future__ import annotations

from guidance.demo.accounts import demo_accounts
from guidance.demo.app import create_desk
from guidance.demo.owner import add_owner, add_partner
from guidance.demo.server import make_desk_server, serve_desk
from guidance.demo.settings import DeskSecrets, DeskSettings, new_secrets

__all__ = [
    "DeskSecrets",
    "DeskSettings",
    "add_owner",
    "add_partner",
    "create_desk",
    "demo_accounts",
    "make_desk_server",
    "new_secrets",
    "serve_desk",
]
