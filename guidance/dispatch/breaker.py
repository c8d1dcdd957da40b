"""A circuit breaker per account: a helpdesk that is in trouble is left alone for a while, and whoever asks is told so at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, cast

import msgspec
from cachetools import LRUCache, cached
from msgspec.structs import replace

from guidance.accounts import check_opened
from guidance.errors import SLOW_DOWN, HeldBackError, HelpdeskError
from guidance.ports import RENEWED, Account, Helpdesk

OPENS_AFTER = 5
"""Failures in a row, of the kind that says that the helpdesk is in trouble."""

REST = 20.0
"""Seconds for which nothing is asked; then one call may try."""


class Breaker:
    """Counts failures in a row. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closes_at = 0.0

    def check(self) -> None:
        """Raise `HelpdeskError` while the helpdesk is left alone. The first call after that goes through, others wait for it."""
        with self._lock:
            left = self._closes_at - self._clock()
            if self._failures < OPENS_AFTER:
                return
            if left > 0:
                sentence = f"The helpdesk could not be reached just now; it is asked again in {left:.0f} seconds."
                raise HelpdeskError(sentence, retry_after=max(1.0, left))
            self._closes_at = self._clock() + REST

    def note(self, error: HelpdeskError | None) -> None:
        """Take the outcome of a call: None where it succeeded. A refusal shows that the helpdesk is there; a call not sent, nothing."""
        with self._lock:
            if isinstance(error, HeldBackError):
                self._closes_at = min(self._closes_at, self._clock())
                return
            if error is None or not _is_trouble(error):
                self._failures = 0
                return
            self._failures += 1
            if self._failures >= OPENS_AFTER:
                self._closes_at = self._clock() + REST


class _Guarded:
    """A client whose every method goes through a breaker."""

    def __init__(self, helpdesk: Helpdesk, breaker: Breaker) -> None:
        self._helpdesk = helpdesk
        self._breaker = breaker

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._helpdesk, name)
        return self._through(method) if callable(method) else method

    def _through(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            self._breaker.check()
            try:
                found = method(*args, **kwargs)
            except HelpdeskError as error:
                self._breaker.note(error)
                raise
            self._breaker.note(None)
            return found

        return call


def guarded(helpdesk: Helpdesk, breaker: Breaker) -> Helpdesk:
    """The same client behind a breaker."""
    return cast("Helpdesk", _Guarded(helpdesk, breaker))


def connecting(connect: Callable[[Account], Helpdesk]) -> Callable[[Account], Helpdesk]:
    """Clients by account, each behind its breaker, and kept while the account stays as it is: a changed secret makes a new one.

    One that the client renews by itself makes none: every half hour names, hours and the breaker's count would be lost.
    """

    @cached(LRUCache(maxsize=64), key=_fixed, lock=Lock())
    def connected(account: Account) -> Helpdesk:
        check_opened(account)
        return guarded(connect(account), Breaker())

    return connected


def _fixed(account: Account) -> bytes:
    """All of an account but the secrets that its client renews by itself; whether there are any stays."""
    secrets = {name: "" if name in RENEWED else secret for name, secret in account.secrets.items()}
    return msgspec.json.encode(replace(account, secrets=secrets))


def _is_trouble(error: HelpdeskError) -> bool:
    """No answer, a broken one that calls itself a success, or one that says so itself. Being asked to slow down is none: the wait is told with it."""
    if error.permanent or error.status == SLOW_DOWN:
        return False
    return error.status is None or error.status < 300 or error.status >= 500
