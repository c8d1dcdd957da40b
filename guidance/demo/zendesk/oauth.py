"""`/oauth` of the pretend Zendesk: tokens for a client's own credentials, or for what an admin has allowed; and the page to allow it.

Refresh tokens are good once, as they are there. Lena, the admin, presses Allow as soon as she is asked.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from guidance.demo.answers import refuse
from guidance.demo.context import desk
from guidance.demo.seeds import bot_id, person_id
from guidance.demo.zendesk.door import room

CLIENT_ID = "guidance-demo"
TOKEN_LASTS_FOR = 1800
_ADMIN = "lena"


class Oauth:
    """Codes and refresh tokens that are out, each good once."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        self._refreshing: dict[str, str] = {}

    def add_routes(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/authorizations/new", view_func=self.allow)
        blueprint.add_url_rule("/tokens", view_func=self.token, methods=["POST"])

    def allow(self) -> AnyResponse:
        """Back to where the client wants it, with a code."""
        asked = request.args.to_dict()
        if asked.get("client_id") != CLIENT_ID or not asked.get("redirect_uri"):
            refuse(400, {"error": "invalid_request", "error_description": "Unknown client or address."})
        code = secrets.token_urlsafe(24)
        self._codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}")

    def token(self) -> Response:
        """JSON or form."""
        given = request.get_json() if request.is_json else request.form.to_dict()
        known = desk().settings.secrets.zendesk_client_secret
        knows = secrets.compare_digest(str(given.get("client_secret", "")), known)
        if given.get("client_id") != CLIENT_ID or not knows:
            refuse(401, {"error": "invalid_client", "error_description": "Client authentication failed."})
        grants = {"client_credentials": _own, "authorization_code": self._allowed, "refresh_token": self._refreshed}
        grant = grants.get(str(given.get("grant_type")))
        if grant is None:
            refuse(400, {"error": "unsupported_grant_type"})
        return jsonify(grant(given) | {"token_type": "bearer", "expires_in": TOKEN_LASTS_FOR})

    def _allowed(self, given: dict[str, Any]) -> dict[str, str]:
        asked = self._codes.pop(str(given.get("code")), None)
        digest = hashlib.sha256(str(given.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = asked and asked.get("code_challenge") == challenge and asked["redirect_uri"] == given.get("redirect_uri")
        if not asked or not fits:
            refuse(400, {"error": "invalid_grant"})
        return self._pair(asked.get("scope", "read"))

    def _refreshed(self, given: dict[str, Any]) -> dict[str, str]:
        scope = self._refreshing.pop(str(given.get("refresh_token")), None)
        if scope is None:
            refuse(400, {"error": "invalid_grant"})
        return self._pair(scope)

    def _pair(self, scope: str) -> dict[str, str]:
        refresh = secrets.token_urlsafe(24)
        self._refreshing[refresh] = scope
        access = room().passes.issue(person_id("zendesk", _ADMIN), scope)
        return {"access_token": access, "refresh_token": refresh, "scope": scope}


def _own(given: dict[str, Any]) -> dict[str, str]:
    scope = str(given.get("scope", "read write"))
    return {"access_token": room().passes.issue(bot_id("zendesk"), scope), "scope": scope}
