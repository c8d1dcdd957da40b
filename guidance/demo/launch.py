"""Opens the sidebar as Zendesk does: a short-lived token signed with RS256, posted by a form into the iframe.

The claims follow developer.zendesk.com, "Authenticating with signed URLs".
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msgspec import Struct

from guidance.demo.settings import DeskSettings

KEY_ID = "demo-1"
LIVES_FOR = timedelta(seconds=60)
SIDEBAR = "ticket_sidebar"


class Launch(Struct, frozen=True):
    """Where to post the form, its one field, and the guid by which the frame and the page know each other."""

    url: str
    token: str
    app_guid: str


def issuer(desk_url: str) -> str:
    """`iss` of a helpdesk's tokens: its host, as `acme.zendesk.com` would be."""
    return urlsplit(desk_url).netloc


def audience(desk_url: str, helpdesk: str) -> str:
    """`aud` of a helpdesk's tokens: the app's installation."""
    return f"{desk_url}/{helpdesk}/api/v2/apps/installations/1.json"


def launch(settings: DeskSettings, *, helpdesk: str, agent_id: int, now: datetime, place: str = SIDEBAR) -> Launch:
    """A fresh token for an agent at a place of the helpdesk's, and where it goes."""
    guid = str(uuid.uuid4())
    query = urlencode({"origin": settings.desk_url, "app_guid": guid})
    claims = {
        "iss": issuer(settings.desk_url),
        "sub": f"{settings.desk_url}/{helpdesk}/api/v2/users/{agent_id}.json",
        "aud": audience(settings.desk_url, helpdesk),
        "iat": now,
        "nbf": now,
        "exp": now + LIVES_FOR,
        "jti": str(uuid.uuid4()),
        "context": {"product": "support", "location": place},
    }
    token = jwt.encode(claims, _read(settings.secrets.iframe_key), algorithm="RS256", headers={"kid": KEY_ID})
    return Launch(f"{settings.service_url}/sidebar/zendesk?{query}", token, guid)


@lru_cache(maxsize=4)
def _read(pem: str) -> RSAPrivateKey:
    """The key, read once: to read and check it takes longer than to sign."""
    key = load_pem_private_key(pem.encode(), None)
    assert isinstance(key, RSAPrivateKey)
    return key
