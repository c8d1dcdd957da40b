"""Rate limits as helpdesks count them: so many in a fixed window of time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from math import ceil
from threading import Lock

from msgspec import Struct


class Allowance(Struct, frozen=True):
    """What is left after a call. `is_spent`: this call was one too many; `resets_in` seconds."""

    total: int
    remaining: int
    resets_in: int
    is_spent: bool


class Limit:
    """`total` calls for each key in each window of `seconds`."""

    def __init__(self, total: int, *, seconds: int, clock: Callable[[], datetime]) -> None:
        self._total = total
        self._seconds = seconds
        self._clock = clock
        self._windows: dict[Hashable, tuple[float, int]] = {}
        self._lock = Lock()

    def spend(self, key: Hashable, credits_: int = 1) -> Allowance:
        """Count one call, or one that counts for more."""
        now = self._clock().timestamp()
        with self._lock:
            began_at, used = self._windows.get(key, (now, 0))
            if now - began_at >= self._seconds:
                began_at, used = now, 0
            self._windows[key] = (began_at, used + credits_)
        resets_in = ceil(began_at + self._seconds - now)
        return Allowance(self._total, max(0, self._total - used - credits_), resets_in, used + credits_ > self._total)
