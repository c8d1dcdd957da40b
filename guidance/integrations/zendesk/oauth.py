"""The token for Zendesk's API: one that never changes, or one that is fetched and renewed with a client's secret.

Source: Zendesk's OAuth documentation, grant type `client_credentials` of confidential clients.
"""

from __future__ import annotations

import base64
from threading import Lock

import requests
from msgspec import Struct

from guidance.errors import HelpdeskError, MalformedError
from guidance.integrations.calls import TIME_OUTS, Call, attempt, broken, check, read_json
from guidance.integrations.taming import tame
from guidance.ports import Account

SCOPE = "read tickets:write"
API_TOKENS_END = "30 April 2027"
"""When Zendesk's last API tokens stop working; since 27 October 2026 nobody can make a new one."""

_PATH = "/oauth/tokens"


class _Granted(Struct, frozen=True):
    access_token: str


class Tokens:
    """The token of one account, for all threads. One of them renews it; the others wait and use the new one.

    Three kinds, in this order: `api_token` with `config.email` (legacy, ends on 30 April 2027), `token` (a bearer token that
    never changes), `client_secret` with `config.client_id` (fetched, and renewed).
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._lock = Lock()
        self._fixed = account.secrets.get("api_token") or account.secrets.get("token", "")
        self._token = self._fixed

    def header(self, token: str) -> str:
        """What a call says in `Authorization`."""
        if not self._account.secrets.get("api_token"):
            return f"Bearer {token}"
        named = f"{self._account.config.get('email', '')}/token:{token}"
        return "Basic " + base64.b64encode(named.encode()).decode()

    def current(self) -> str:
        """The token to use now; fetched where there is none yet. Raises `HelpdeskError`."""
        with self._lock:
            if not self._token:
                self._token = self._fetch()
            return self._token

    def renew(self, refused: str) -> bool:
        """Take another token than the `refused` one. False: there is no other to be had. Raises `HelpdeskError`."""
        with self._lock:
            if self._fixed:
                return False
            if self._token == refused:
                self._token = self._fetch()
            return True

    def _fetch(self) -> str:
        secret, client = self._account.secrets.get("client_secret"), self._account.config.get("client_id")
        if not secret or not client:
            sentence = f"{self._account.id} has no token for Zendesk's API; connect the account with a token or an OAuth client."
            raise HelpdeskError(sentence, permanent=True)
        call = Call("Zendesk", "POST", _PATH)
        asked = {
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": secret,
            "scope": self._account.config.get("scope", SCOPE),
        }
        url = self._account.base_url.rstrip("/") + _PATH
        answer = attempt(call, lambda: requests.post(url, json=asked, timeout=TIME_OUTS, allow_redirects=False))
        check(call, answer)
        try:
            return tame(read_json(call, answer), _Granted).access_token
        except MalformedError:
            raise broken(call, answer.status_code) from None
