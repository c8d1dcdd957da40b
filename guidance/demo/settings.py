"""How the desk is set up: where it is, where the service is, and the secrets that both sides know."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from msgspec import Struct


class DeskSecrets(Struct, frozen=True, kw_only=True):
    """Everything secret on the desk, made anew at each start. `iframe_key`: an RSA private key as PEM."""

    zendesk_webhook: str
    zendesk_token: str
    zendesk_client_secret: str
    freshdesk_webhook: str
    freshdesk_api_key: str
    freshdesk_install: str
    iframe_key: str
    console_password: str = ""


class DeskSettings(Struct, frozen=True, kw_only=True):
    """`desk_url` and `service_url` are origins as a browser sees them, without a slash at the end.

    `webhook_time_out`: seconds that the service has to answer. The two retry lists are seconds between attempts.
    `is_connected`: both helpdesks know the service from the start; else an admin has yet to connect them.
    `ticket_lists`: how often a minute Freshdesk lists tickets, beside its limit of all calls.
    `export_held_back`: seconds by which Zendesk's incremental export lags behind.
    `thin_webhooks`: Freshdesk's carry ids and no text. `has_children`: this Freshdesk has parent and child tickets.
    """

    secrets: DeskSecrets
    desk_url: str = "http://127.0.0.1:8700"
    service_url: str = "http://127.0.0.1:8710"
    webhook_time_out: float = 12.0
    zendesk_retries: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 20.0)
    freshdesk_retries: tuple[float, ...] = (300.0, 1800.0, 3600.0)
    requests_a_minute: int = 700
    ticket_updates: int = 30
    ticket_lists: int = 200
    export_held_back: float = 60.0
    is_connected: bool = True
    thin_webhooks: bool = False
    has_children: bool = True


def new_secrets() -> DeskSecrets:
    """Fresh secrets; making the key takes some tenths of a second."""
    return DeskSecrets(
        zendesk_webhook=secrets.token_urlsafe(32),
        zendesk_token=secrets.token_urlsafe(32),
        zendesk_client_secret=secrets.token_urlsafe(32),
        freshdesk_webhook=secrets.token_urlsafe(32),
        freshdesk_api_key=secrets.token_urlsafe(15),
        freshdesk_install=secrets.token_urlsafe(32),
        iframe_key=_new_key(),
        console_password=secrets.token_urlsafe(9),
    )


def public_key(iframe_key: str) -> str:
    """The public half of a private key, both as PEM."""
    private = serialization.load_pem_private_key(iframe_key.encode(), password=None)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return public.decode()


def _new_key() -> str:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()
