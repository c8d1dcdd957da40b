"""The token for Zendesk's API: one that never changes, one that is fetched with a client's secret, or one that an admin allowed.

What an admin allowed comes with a refresh token that is good once: all processes share the newest pair in the store, and one of them
renews it. Source: Zendesk's OAuth documentation, grant types `client_credentials`, `authorization_code` (with PKCE), `refresh_token`.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Mapping
from threading import Lock
from urllib.parse import urlencode

import requests
from msgspec import Struct

from guidance.errors import NOT_ACCEPTED, HelpdeskError, MalformedError
from guidance.integrations.calls import TIME_OUTS, Call, attempt, broken, check, read_json
from guidance.integrations.taming import tame
from guidance.ports import Account, Vault

SCOPE = "read tickets:write"
AUTHORIZED_SCOPE = "read tickets:write webhooks:write triggers:write"
"""What an admin is asked to allow: what the service needs, and what `connect` needs. It is renewed as it was allowed."""

API_TOKENS_END = "30 April 2027"
"""When Zendesk's last API tokens stop working; since 27 October 2026 nobody can make a new one."""

_PATH = "/oauth/tokens"

_TOLD_TOO_LATE = 50
_LOOKS_EVERY = 0.2
_RENEWS_WITHIN = 30
"""Seconds after which another process may try to renew a pair: longer than a call takes."""


class Granted(Struct, frozen=True):
    """What Zendesk grants. `refresh_token`: only where an admin allowed it; `scope`: how far it reaches, '' where it is not said."""

    access_token: str
    refresh_token: str = ""
    scope: str = ""

    @property
    def secrets(self) -> dict[str, str]:
        return {"access_token": self.access_token, "refresh_token": self.refresh_token}


class Tokens:
    """The token of one account, for all threads. One of them renews it; the others wait and use the new one.

    Four kinds, in this order: `api_token` with `config.email` (legacy, ends on 30 April 2027), `token` (a bearer token that
    never changes), `access_token` with `refresh_token` (allowed by an admin, renewed), `client_secret` with
    `config.client_id` (fetched, and renewed). `scope`: how far a fetched one reaches, '' while that is not known.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._lock = Lock()
        self._fixed = account.secrets.get("api_token") or account.secrets.get("token", "")
        self._token = self._fixed or account.secrets.get("access_token", "")
        self.scope = ""
        self._vault: Vault | None = None
        self._unshared: tuple[str, Granted] | None = None

    def keep_in(self, vault: Vault) -> None:
        """Share renewed tokens there from now on."""
        self._vault = vault

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
        if self._account.secrets.get("refresh_token"):
            return self._renewed()
        secret, client = self._account.secrets.get("client_secret"), self._account.config.get("client_id")
        if not secret or not client:
            sentence = f"{self._account.id} has no token for Zendesk's API; connect the account with a token or an OAuth client."
            raise HelpdeskError(sentence, permanent=True)
        asked = {"grant_type": "client_credentials", "scope": self._account.config.get("scope", SCOPE)}
        granted = ask(self._account, asked)
        self.scope = granted.scope
        return granted.access_token

    def _renewed(self) -> str:
        """The newest token of the pair, renewed by us or by whoever was first."""
        if self._vault is None:
            return self._ask_again(self._account.secrets["refresh_token"]).access_token
        if self._unshared:
            return self._share(self._vault, *self._unshared)
        for _ in range(_TOLD_TOO_LATE):
            if newer := self._newer(self._vault):
                return newer
            if self._vault.remember(self._lock_name, b"1", seconds=_RENEWS_WITHIN):
                return self._renew_alone(self._vault)
            time.sleep(_LOOKS_EVERY)
        raise HelpdeskError("Another process has not finished renewing the token for Zendesk's API.", retry_after=5.0)

    def _renew_alone(self, vault: Vault) -> str:
        try:
            if newer := self._newer(vault):
                return newer
            account = vault.account(self._account.id)
            spent = account.secrets.get("refresh_token", "") if account else ""
            try:
                self._unshared = spent, self._ask_again(spent)
            except HelpdeskError as error:
                # The call may have taken so long that another process was let in.
                newer = self._newer(vault) if error.permanent else ""
                if not newer:
                    raise
                return newer
        finally:
            if self._unshared is None:
                vault.release(self._lock_name)
        return self._share(vault, *self._unshared)

    def _share(self, vault: Vault, spent: str, granted: Granted) -> str:
        """Keep a pair for all. What was spent for it is good no more, so it stays here, and nobody else may renew, until the store has it."""
        vault.swap_secrets(self._account.id, granted.secrets, expected={"refresh_token": spent})
        self._unshared = None
        vault.release(self._lock_name)
        return self._newer(vault) or granted.access_token

    def _newer(self, vault: Vault) -> str:
        """The token in the store where it is another one than the one that ran out, else ''."""
        account = vault.account(self._account.id)
        token = account.secrets.get("access_token", "") if account else ""
        return token if token != self._token else ""

    def _ask_again(self, refresh_token: str) -> Granted:
        try:
            return ask(self._account, {"grant_type": "refresh_token", "refresh_token": refresh_token})
        except HelpdeskError as error:
            if error.status not in (400, NOT_ACCEPTED):
                raise
            sentence = "Zendesk does not renew what an admin allowed any more; run `guidance connect zendesk … --authorize` again."
            # A spent token is a 400 at this endpoint; to whoever called it comes to the 401 for which it was to be renewed.
            raise HelpdeskError(sentence, permanent=True, status=NOT_ACCEPTED) from None

    @property
    def _lock_name(self) -> str:
        return f"renewing:{self._account.id}"


def authorize_url(account: Account, redirect_uri: str, state: str, verifier: str) -> str:
    """Where an admin allows the access, in their browser; Zendesk then sends them to `redirect_uri` with a code."""
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": str(account.config.get("client_id", "")),
        "redirect_uri": redirect_uri,
        "scope": AUTHORIZED_SCOPE,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{account.base_url.rstrip('/')}/oauth/authorizations/new?{urlencode(asked)}"


def exchange(account: Account, code: str, redirect_uri: str, verifier: str) -> Granted:
    """The tokens for a code. Raises `HelpdeskError`."""
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
    return ask(account, {**asked, "scope": AUTHORIZED_SCOPE})


def ask(account: Account, asked: Mapping[str, str]) -> Granted:
    """One call to Zendesk's token endpoint, as the account's client. Raises `HelpdeskError`."""
    call = Call("Zendesk", "POST", _PATH)
    client = {"client_id": account.config.get("client_id"), "client_secret": account.secrets.get("client_secret")}
    url = account.base_url.rstrip("/") + _PATH
    body = {**asked, **{name: value for name, value in client.items() if value}}
    answer = attempt(call, lambda: requests.post(url, json=body, timeout=TIME_OUTS, allow_redirects=False, stream=True))
    check(call, answer)
    try:
        return tame(read_json(call, answer), Granted)
    except MalformedError:
        raise broken(call, answer.status_code) from None
