"""What is set up in the pretend Zendesk: webhooks with their secrets, triggers, and the app's installation."""

from __future__ import annotations

import secrets
from typing import Any

APP_ID = 1


class Setup:
    """Webhooks and triggers by id, the webhooks' secrets, and installed apps."""

    def __init__(self) -> None:
        self.webhooks: dict[str, dict[str, Any]] = {}
        self.secrets: dict[str, str] = {}
        self.triggers: dict[int, dict[str, Any]] = {}
        self.installations: list[dict[str, Any]] = []

    def add_webhook(
        self, webhook: dict[str, Any], webhook_id: str | None = None, secret: str | None = None
    ) -> dict[str, Any]:
        """Keep a webhook, under a new id and with a new secret unless they are given."""
        known = webhook_id or f"01JDESK{secrets.token_hex(10).upper()}"[:26]
        self.webhooks[known] = {"id": known, **webhook}
        self.secrets[known] = secret or secrets.token_urlsafe(32)
        return self.webhooks[known]

    def add_trigger(self, trigger: dict[str, Any]) -> dict[str, Any]:
        """Keep a trigger under a new id."""
        trigger_id = 7000 + len(self.triggers) + 1
        self.triggers[trigger_id] = {"id": trigger_id, "active": True, **trigger}
        return self.triggers[trigger_id]

    def install(self, name: str, settings: dict[str, Any]) -> dict[str, Any]:
        """Install the app, as an admin does with its ZIP; once more replaces what was there."""
        self.installations = [
            {"id": 1, "app_id": APP_ID, "product": "support", "enabled": True, "settings": {"name": name, **settings}}
        ]
        return self.installations[0]
