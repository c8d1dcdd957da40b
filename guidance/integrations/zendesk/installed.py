"""What an admin sees set up in Zendesk, as far as `connect` reads it: webhooks, triggers, the token's user, installed apps."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from guidance.integrations.taming import Id
from guidance.integrations.zendesk.records import Page, UserRecord


class WebhookRecord(Struct, frozen=True, kw_only=True):
    id: str | int
    endpoint: str
    status: str = "active"
    subscriptions: list[str] = []


class TriggerRecord(Struct, frozen=True, kw_only=True):
    id: str | int
    title: str = ""
    active: bool = True
    conditions: dict[str, Any] = {}
    actions: list[dict[str, Any]] = []


class WebhooksPage(Page, frozen=True, kw_only=True):
    webhooks: list[WebhookRecord]


class WebhookAnswer(Struct, frozen=True):
    webhook: WebhookRecord


class TriggersPage(Page, frozen=True, kw_only=True):
    triggers: list[TriggerRecord]


class Secret(Struct, frozen=True):
    secret: str


class SecretAnswer(Struct, frozen=True):
    signing_secret: Secret


class Tested(Struct, frozen=True):
    status_code: int | None = None


class TestAnswer(Struct, frozen=True):
    response: Tested


class MeAnswer(Struct, frozen=True):
    user: UserRecord


class App(Struct, frozen=True, kw_only=True):
    """The installed app: what its frames are signed for, and with which key."""

    app_id: str
    installation_id: str
    public_key: str


class Owned(Struct, frozen=True, kw_only=True):
    id: str | int
    name: str = ""


class OwnedApps(Struct, frozen=True):
    apps: list[Owned]


class InstallationSettings(Struct, frozen=True, kw_only=True):
    name: str = ""


class Installation(Struct, frozen=True, kw_only=True):
    id: str | int
    app_id: Id = None
    settings: InstallationSettings = InstallationSettings()
    enabled: bool = True


class Installations(Struct, frozen=True):
    installations: list[Installation]
