"""What an account of Freshdesk's holds: the names of its secrets, and its `config` with what each may be."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from guidance.integrations.freshdesk.shape import Shape
from guidance.model import Status

SECRETS = frozenset({"webhook", "webhook_old", "token", "api_key", "install", "install_old"})


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`statuses`: the account's own, by label or number; `task_fields`: what a new ticket must have there."""

    statuses: dict[str, Status] | None = None
    task_fields: dict[str, Any] | None = None
    tasks: Shape | None = None
    bot_id: str | int | None = None
    bot_name: str | None = None
    old_until: datetime | None = None
    api_share: Annotated[float, Meta(ge=0.05, le=1.0)] | None = None
