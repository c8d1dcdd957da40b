"""What an account of Zendesk's holds: the names of its secrets, and its `config` with what each may be."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

SECRETS = frozenset(
    {"webhook", "webhook_old", "token", "api_token", "client_secret", "access_token", "refresh_token"},
)


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`scope`: of the token that is fetched for `client_id`; `iframe_issuer` to `installation_id`: the app that was installed."""

    client_id: str | None = None
    email: str | None = None
    scope: str | None = None
    iframe_issuer: str | None = None
    iframe_audience: str | None = None
    public_key: str | None = None
    app_id: str | int | None = None
    installation_id: str | int | None = None
    bot_id: str | int | None = None
    bot_name: str | None = None
    old_until: datetime | None = None
    api_share: Annotated[float, Meta(ge=0.05, le=1.0)] | None = None
