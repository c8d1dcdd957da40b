"""A panel of Zendesk's: the frame's token as Zendesk signs it, the page that it opens, and calls with its session."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from msgspec.structs import replace

from tests.edges import ACME, Served

ISSUER = "acme.zendesk.com"
AUDIENCE = "https://acme.zendesk.com/api/v2/apps/installations/7.json"
ORIGIN = "https://acme.zendesk.com"


@cache
def key(name="zendesk"):
    """A key pair by a name, made once: PEM private, PEM public."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


@cache
def loaded(private):
    """A private key that was read: jwt would read and check it anew for each token, which takes longer than to sign."""
    return serialization.load_pem_private_key(private.encode(), None)


def account(base=ACME, *, origins=(ORIGIN,), **settings):
    config = {"iframe_issuer": ISSUER, "iframe_audience": AUDIENCE, "public_key": key()[1]}
    return replace(base, config=config, origins=origins, settings=settings)


class Clock:
    """The service's clock, as a test turns it."""

    def __init__(self):
        self.now = datetime.now(UTC).replace(microsecond=0)

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)


class Panel:
    """One agent at one ticket, before a served application."""

    def __init__(self, served: Served, clock: Clock):
        self.served = served
        self.clock = clock

    def token(self, *, signed_with=None, algorithm="RS256", without=(), **claims):
        now = self.clock.now
        told = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "https://acme.zendesk.com/api/v2/users/12.json",
            "iat": now,
            "nbf": now,
            "exp": now + timedelta(minutes=2),
            "jti": str(uuid.uuid4()),
            "context": {"product": "support", "location": "ticket_sidebar"},
        } | claims
        told = {name: value for name, value in told.items() if name not in without}
        return jwt.encode(told, signed_with if signed_with is not None else loaded(key()[0]), algorithm=algorithm)

    def open(self, token):
        query = urlencode({"origin": ORIGIN, "app_guid": "g-1"})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.served.request("POST", f"/sidebar/zendesk?{query}", urlencode({"token": token}), headers)

    def session(self, **claims):
        """What the page keeps in its memory."""
        page = self.open(self.token(**claims)).body.decode()
        return json.loads(re.search(r'id="session">(.*?)</script>', page)[1])

    def call(self, method, path, body=None, *, session=None, headers=None):
        session = session or self.session()
        told = {"Authorization": f"Bearer {session['token']}", "Content-Type": "application/json"} | (headers or {})
        return self.served.request(method, path, None if body is None else json.dumps(body), told)
