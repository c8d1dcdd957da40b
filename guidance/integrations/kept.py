"""Small facts of a helpdesk that seldom change, kept for a while: names of groups, a schedule, an agent."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

import structlog
from cachetools import TTLCache

from guidance.errors import SLOW_DOWN, HelpdeskError

T = TypeVar("T")

_MOST = 5_000
_NOT_THERE = frozenset({403, 404})
_OF_THE_WHOLE_ACCOUNT = frozenset({401, SLOW_DOWN})
_TROUBLE_LASTS = 300.0

log = structlog.get_logger()


class Kept:
    """Values by key, each for `seconds`. What is not there, or not for our eyes, is kept as None."""

    def __init__(self, *, seconds: float = 600.0) -> None:
        self._values: TTLCache[Hashable, Any] = TTLCache(_MOST, seconds)
        self._troubled: TTLCache[Hashable, bool] = TTLCache(_MOST, _TROUBLE_LASTS)
        self._lock = Lock()

    def get(self, key: Hashable, fetch: Callable[[], T]) -> T | None:
        """The value kept under `key`, else what `fetch` brings. Raises `HelpdeskError`."""
        with self._lock, suppress(KeyError):  # no look before it: between the two its time may be over
            kept: T | None = self._values[key]
            return kept
        value = _fetched(fetch)
        with self._lock:
            self._values[key] = value
        return value

    def spared(self, key: Hashable, fetch: Callable[[], T | None], *, account: str) -> T | None:
        """As `get`, for what one can go on without: None, too, where just this fails or has another shape; it is asked again later."""
        with self._lock:
            if key in self._troubled:
                return None
        try:
            return self.get(key, fetch)
        except HelpdeskError as error:
            if error.status in _OF_THE_WHOLE_ACCOUNT:
                raise
            log.warning("helpdesk.went_without", account=account, what=str(key), status=error.status)
        with self._lock:
            self._troubled[key] = True
        return None


def _fetched(fetch: Callable[[], T]) -> T | None:
    try:
        return fetch()
    except HelpdeskError as error:
        if error.status in _NOT_THERE:
            return None
        raise
