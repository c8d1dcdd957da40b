"""Sessions of the sidebar: one agent, one account, a quarter of an hour, renewed while the page is open.

Two signed tokens carry one session. The session token opens the API. The renewal token buys the next session token and
nothing else, so that a laptop may sleep over lunch. Both live in the page's memory, travel as a Bearer header, and end
with the session's id in the store: after ten hours, or when it is revoked.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from flask import Request, g
from msgspec import Struct

from guidance.errors import NotAuthenticError
from guidance.ports import Store

SESSION_LIVES_FOR = timedelta(minutes=15)
RENEWABLE_FOR = timedelta(hours=10)

_ALGORITHM = "HS256"
_AUDIENCE = "guidance-sidebar"
_CLAIMS = ("sub", "account", "sid", "use", "iat", "exp", "aud")


class Session(Struct, frozen=True, kw_only=True):
    """Who is asking. `claimed`: the helpdesk can't prove who the agent is, so they see this ticket's matters only."""

    agent_id: str
    account: str
    id: str
    claimed: bool = False


class Opened(Struct, frozen=True, kw_only=True):
    """A session as its page holds it. `expires_in` and `renewable_for` are in seconds."""

    session: Session
    token: str
    renewal: str
    expires_in: int
    renewable_for: int


class Sessions:
    """Opens, checks, renews and revokes sessions. `secret` is the installation's key; ours is derived from it."""

    def __init__(self, secret: bytes, store: Store, clock: Callable[[], datetime]) -> None:
        self._key = hmac.digest(secret, b"sidebar sessions, version 1", hashlib.sha256)
        self._store = store
        self._clock = clock

    def open(self, account_id: str, agent_id: str, *, claimed: bool = False) -> Opened:
        """Begin a session. The caller has proven who the agent is. Raises `StoreUnavailableError`."""
        session = Session(agent_id=agent_id, account=account_id, id=secrets.token_urlsafe(18), claimed=claimed)
        seconds = int(RENEWABLE_FOR.total_seconds())
        self._store.remember(_name(session.id), f"{account_id}|{agent_id}".encode(), seconds=seconds)
        return self._opened(session, self._clock() + RENEWABLE_FOR)

    def of(self, request: Request) -> Session:
        """The session of a request to the API. Raises `NotAuthenticError`, or `StoreUnavailableError`."""
        session, _ = self._checked(request, uses=("session",))
        g.sidebar_session = session
        return session

    def renew(self, request: Request) -> Opened:
        """A new session token for a session or renewal token that still holds; the session's last hour stays the same."""
        session, began = self._checked(request, uses=("session", "renewal"))
        g.sidebar_session = session
        return self._opened(session, began + RENEWABLE_FOR)

    def revoke(self, session_id: str) -> None:
        """End a session now, wherever its tokens are."""
        self._store.release(_name(session_id))

    def _opened(self, session: Session, ends_at: datetime) -> Opened:
        now = self._clock()
        expires_at = min(now + SESSION_LIVES_FOR, ends_at)
        began = ends_at - RENEWABLE_FOR
        return Opened(
            session=session,
            token=self._token(session, "session", began, expires_at),
            renewal=self._token(session, "renewal", began, ends_at),
            expires_in=int((expires_at - now).total_seconds()),
            renewable_for=int((ends_at - now).total_seconds()),
        )

    def _token(self, session: Session, use: str, began: datetime, expires_at: datetime) -> str:
        claims = {
            "aud": _AUDIENCE,
            "sub": session.agent_id,
            "account": session.account,
            "sid": session.id,
            "use": use,
            "claimed": session.claimed,
            "iat": began,
            "exp": expires_at,
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def _checked(self, request: Request, *, uses: tuple[str, ...]) -> tuple[Session, datetime]:
        claims = self._claims(_bearer(request))
        if claims["use"] not in uses or self._clock().timestamp() >= claims["exp"]:
            raise _ended()
        session = Session(
            agent_id=str(claims["sub"]),
            account=str(claims["account"]),
            id=str(claims["sid"]),
            claimed=bool(claims.get("claimed")),
        )
        if self._store.recall(_name(session.id)) != f"{session.account}|{session.agent_id}".encode():
            raise _ended()
        return session, datetime.fromtimestamp(claims["iat"], UTC)

    def _claims(self, token: str) -> dict[str, Any]:
        """The claims of a token that we signed. Our own clock is asked about its time, so that tests can turn it."""
        options: Any = {"require": list(_CLAIMS), "verify_exp": False, "verify_iat": False}
        try:
            return jwt.decode(token, self._key, algorithms=[_ALGORITHM], audience=_AUDIENCE, options=options)
        except jwt.InvalidTokenError as error:
            raise _ended() from error


def _name(session_id: str) -> str:
    return f"session:{session_id}"


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise _ended()
    return token


def _ended() -> NotAuthenticError:
    return NotAuthenticError("This panel's session has ended. Reload the page to open it again.")
