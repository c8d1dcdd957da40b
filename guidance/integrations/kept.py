"""Small facts of a helpdesk that seldom change, kept for a while: names of groups, a schedule, an agent."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cachetools import TTLCache

from guidance.errors import HelpdeskError

T = TypeVar("T")

_MOST = 5_000
_NOT_THERE = frozenset({403, 404})


class Kept:
    """Values by key, each for `seconds`. What is not there, or not for our eyes, is kept as None."""

    def __init__(self, *, seconds: float = 600.0) -> None:
        self._values: TTLCache[Hashable, Any] = TTLCache(_MOST, seconds)
        self._lock = Lock()

    def get(self, key: Hashable, fetch: Callable[[], T]) -> T | None:
        """The value kept under `key`, else what `fetch` brings. Raises `HelpdeskError`."""
        with self._lock:
            if key in self._values:
                kept: T | None = self._values[key]
                return kept
        value = _fetched(fetch)
        with self._lock:
            self._values[key] = value
        return value


def _fetched(fetch: Callable[[], T]) -> T | None:
    try:
        return fetch()
    except HelpdeskError as error:
        if error.status in _NOT_THERE:
            return None
        raise
