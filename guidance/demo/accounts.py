"""The desk's two helpdesks as accounts of the service."""

from __future__ import annotations

from typing import Any

from guidance.demo.launch import audience, issuer
from guidance.demo.seeds import bot_id
from guidance.demo.settings import DeskSecrets, public_key
from guidance.demo.zendesk.oauth import CLIENT_ID
from guidance.ports import Account

_NINE_TO_FIVE = [["09:00", "17:00"]]
HOURS = {
    "time_zone": "America/New_York",
    "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _NINE_TO_FIVE),
    "country": "US",
}


def demo_accounts(desk_url: str, secrets: DeskSecrets) -> list[Account]:
    """`zendesk:demo` and `freshdesk:demo`, ready for `Store.put_account`. Promises become tasks without delay."""
    return [
        Account(
            id="zendesk:demo",
            base_url=f"{desk_url}/zendesk",
            secrets={
                "webhook": secrets.zendesk_webhook,
                "token": secrets.zendesk_token,
                "client_secret": secrets.zendesk_client_secret,
            },
            config={
                "iframe_issuer": issuer(desk_url),
                "iframe_audience": audience(desk_url, "zendesk"),
                "public_key": public_key(secrets.iframe_key),
                "bot_id": str(bot_id("zendesk")),
                "client_id": CLIENT_ID,
            },
            origins=(desk_url,),
            settings=_settings("zendesk"),
        ),
        Account(
            id="freshdesk:demo",
            base_url=f"{desk_url}/freshdesk",
            secrets={
                "webhook": secrets.freshdesk_webhook,
                "api_key": secrets.freshdesk_api_key,
                "install": secrets.freshdesk_install,
            },
            config={"bot_id": str(bot_id("freshdesk"))},
            origins=(desk_url,),
            settings=_settings("freshdesk"),
        ),
    ]


def _settings(helpdesk: str) -> dict[str, Any]:
    return {
        "account": f"{helpdesk}:demo",
        "grace_for": 0,
        "default_stage": "live",
        "bot_id": str(bot_id(helpdesk)),
        "hours": HOURS,
    }
