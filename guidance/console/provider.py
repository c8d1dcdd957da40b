"""Signing in with the company's own identity provider: OpenID Connect, code flow with PKCE (Authlib), the ID token checked here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import jwt
import msgspec
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from cachetools import TTLCache, cached
from msgspec import Struct

from guidance.errors import NotAuthenticError
from guidance.ports import Store
from guidance.settings import Oidc

WITHIN = 600
"""Seconds that somebody has to sign in at the provider."""

_TIMEOUT = 10
_LEEWAY = 60
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_NOT_NOW = "Your sign-in service does not answer as it should. Try again in a moment, or sign in with a password."
_NOT_SO = "That sign-in could not be checked. Begin again."


class Discovered(Struct, frozen=True):
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Begun(Struct, frozen=True):
    """A sign-in under way, kept by its state: what must come back, and where to go then."""

    nonce: str
    verifier: str
    back: str


class Provider:
    """One provider. Its own word on itself and its keys are believed for an hour."""

    def __init__(self, oidc: Oidc, redirect_uri: str, store: Store, clock: Callable[[], datetime]) -> None:
        self.name = oidc.name
        self._oidc = oidc
        self._redirect_uri = redirect_uri
        self._store = store
        self._clock = clock
        self._discovered = cached(TTLCache(1, 3600))(self._discover)
        self._keys = cached(TTLCache(1, 3600))(self._fetch_keys)

    def begin(self, back: str) -> tuple[str, str]:
        """The address to go to, and the state that the same browser must bring back. Raises `NotAuthenticError`."""
        begun = Begun(nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(48), back=back)
        url, state = self._client().create_authorization_url(
            self._discovered().authorization_endpoint, code_verifier=begun.verifier, nonce=begun.nonce
        )
        self._store.keep(_name(state), msgspec.json.encode(begun), seconds=WITHIN)
        return str(url), str(state)

    def finish(self, state: str, code: str) -> tuple[str, str]:
        """The e-mail address that the provider vouches for, and where to go on. Each state is good once.

        Raises `NotAuthenticError` for whatever is not exactly as it was begun.
        """
        kept = self._store.recall(_name(state))
        if kept is None:
            raise NotAuthenticError(_NOT_SO)
        self._store.release(_name(state))
        begun = msgspec.json.decode(kept, type=Begun)
        claims = self._claims(self._id_token(code, begun.verifier))
        if not secrets.compare_digest(str(claims.get("nonce", "")), begun.nonce):
            raise NotAuthenticError(_NOT_SO)
        if claims.get("email_verified") is not True or not claims.get("email"):
            raise NotAuthenticError("Your sign-in service does not vouch for your e-mail address.")
        return str(claims["email"]), begun.back

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self._oidc.client_id,
            self._oidc.client_secret,
            scope="openid email",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT,
        )

    def _id_token(self, code: str, verifier: str) -> str:
        try:
            with self._client() as client:
                told = client.fetch_token(self._discovered().token_endpoint, code=code, code_verifier=verifier)
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            raise NotAuthenticError(_NOT_SO) from error
        return str(told.get("id_token", ""))

    def _claims(self, token: str) -> dict[str, Any]:
        """The claims of an ID token that this provider signed for us, now. Our own clock is asked about its time."""
        options: Any = {"require": ["iss", "aud", "exp", "iat", "nonce"], "verify_exp": False, "verify_iat": False}
        audience, issuer = self._oidc.client_id, self._discovered().issuer
        try:
            claims: dict[str, Any] = jwt.decode(
                token, self._key(token), algorithms=_ALGORITHMS, audience=audience, issuer=issuer, options=options
            )
            now, exp, iat = self._clock().timestamp(), float(claims["exp"]), float(claims["iat"])
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise NotAuthenticError(_NOT_SO) from error
        if not iat - _LEEWAY <= now < exp + _LEEWAY or claims.get("azp", audience) != audience:
            raise NotAuthenticError(_NOT_SO)
        return claims

    def _key(self, token: str) -> jwt.PyJWK:
        """The key that a token names; the provider is asked once more where it has changed its keys."""
        wanted = jwt.get_unverified_header(token).get("kid")
        for again in (False, True):
            if again:
                self._keys.cache_clear()
            keys = self._keys().keys
            if found := [key for key in keys if wanted in (None, key.key_id)]:
                return found[0]
        raise jwt.InvalidKeyError("unknown key")

    def _discover(self) -> Discovered:
        told = self._fetched(f"{self._oidc.issuer}/.well-known/openid-configuration")
        try:
            found = msgspec.convert(told, Discovered)
        except msgspec.ValidationError as error:
            raise NotAuthenticError(_NOT_NOW) from error
        if found.issuer.rstrip("/") != self._oidc.issuer:
            raise NotAuthenticError(_NOT_NOW)
        return found

    def _fetch_keys(self) -> jwt.PyJWKSet:
        try:
            return jwt.PyJWKSet.from_dict(self._fetched(self._discovered().jwks_uri))
        except jwt.PyJWTError as error:
            raise NotAuthenticError(_NOT_NOW) from error

    def _fetched(self, url: str) -> dict[str, Any]:
        try:
            answer = requests.get(url, timeout=_TIMEOUT, allow_redirects=False)
            answer.raise_for_status()
            told: Any = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise NotAuthenticError(_NOT_NOW) from error
        if not isinstance(told, dict):
            raise NotAuthenticError(_NOT_NOW)
        return told


def _name(state: str) -> str:
    return f"oidc:{state}"
