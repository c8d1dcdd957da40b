"""Sessions of the console: a cookie that no script can read, its token kept hashed, an end after half an hour of rest."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from flask import Request
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.errors import NotAllowedError, NotAuthenticError
from guidance.people.users import User, Users, known_as
from guidance.ports import Store

RESTS_FOR = timedelta(minutes=30)
LASTS_FOR = timedelta(hours=12)
COOKIE = "guidance_console"
KNOWN = "guidance_known"
KNOWN_FOR = timedelta(days=90)
TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
_TOO_MANY = "There were many attempts to sign in just now. Wait a quarter of an hour, then try again."


class _Kept(Struct, frozen=True):
    """What the store knows of a session."""

    email: str
    began_at: datetime


class Signed(Struct, frozen=True):
    """Somebody who is signed in: who, and the word that their forms must carry."""

    user: User
    csrf: str


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, key: bytes, store: Store, users: Users, clock: Callable[[], datetime]) -> None:
        self._key = hashlib.sha256(b"console|" + key).digest()
        self._store = store
        self._users = users
        self._clock = clock

    def sign_in(self, email: str, password: str, *, origin: str, known: str = "") -> str:
        """A new session's token. `origin`: where the attempt comes from; `known`: by what its browser was known before.

        Raises `NotAuthenticError`, the same for a wrong address and a wrong password, and `NotAllowedError` after ten wrong tries
        within a quarter of an hour for one address, or fifty from one place. Each browser by which somebody came in before has ten
        of its own, so that nobody who knows an address shuts its owner out.
        """
        within = int(TRIES_WITHIN.total_seconds())
        browser = self._browser(email, known)
        whose = f"own:{browser}" if browser else f"any:{_short(known_as(email))}"
        names = {f"signin:{whose}": TRIES, f"signin-from:{_short(origin)}": TRIES * 5}
        if any(self._store.tally(name, seconds=within) > most for name, most in names.items()):
            raise NotAllowedError(_TOO_MANY)
        user = self._users.verified(email, password)
        if user is None:
            raise NotAuthenticError("Address or password is wrong.")
        for name in names:
            self._store.untally(name)
        return self.begin(user.email)

    def known_by(self, email: str) -> str:
        """By what a browser shows from now on that somebody came in by it; it opens nothing, and no other browser has the same."""
        browser = secrets.token_hex(16)
        return f"{browser}.{self._mark(email, browser)}"

    def _browser(self, email: str, known: str) -> str:
        """The browser by which somebody came in before, as it shows; '' where they did not."""
        browser, _, mark = known.partition(".")
        return browser if hmac.compare_digest(mark.encode(), self._mark(email, browser).encode()) else ""

    def _mark(self, email: str, browser: str) -> str:
        return hmac.new(self._key, f"known|{browser}|{known_as(email)}".encode(), hashlib.sha256).hexdigest()[:40]

    def begin(self, email: str) -> str:
        """A session for somebody who has proven who they are; its token."""
        token = secrets.token_urlsafe(32)
        kept = msgspec.json.encode(_Kept(email, self._clock()))
        self._store.keep(_name(token), kept, seconds=int(RESTS_FOR.total_seconds()))
        return token

    def of(self, request: Request) -> Signed | None:
        """Who is signed in; None for a stranger, a session at its end, and a person who was changed since."""
        token = request.cookies.get(COOKIE, "")
        stored = self._store.recall(_name(token)) if token else None
        if stored is None:
            return None
        kept = msgspec.json.decode(stored, type=_Kept)
        user = self._users.get(kept.email)
        if user is None or user.changed_at > kept.began_at or self._clock() - kept.began_at > LASTS_FOR:
            self._store.release(_name(token))
            return None
        # Never kept anew: a page that asks just as somebody signs out would bring their session back.
        self._store.prolong(_name(token), seconds=int(RESTS_FOR.total_seconds()))
        return Signed(user, self.csrf_of(token))

    def end(self, request: Request) -> None:
        """Sign out, here and now."""
        if token := request.cookies.get(COOKIE):
            self._store.release(_name(token))

    def csrf_of(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()[:40]


def set_cookie(response: Response, token: str, *, is_secure: bool) -> None:
    """Hand a session over: to this site alone, out of reach of scripts."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=is_secure, path="/")


def set_known(response: Response, known: str, *, is_secure: bool) -> None:
    """Let a browser be known again by which somebody came in."""
    lasts = int(KNOWN_FOR.total_seconds())
    response.set_cookie(
        KNOWN, known, max_age=lasts, httponly=True, samesite="Strict", secure=is_secure, path="/console/sign-in"
    )


def drop_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")


def _name(token: str) -> str:
    return f"console:{_short(token)}"


def _short(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:40]
