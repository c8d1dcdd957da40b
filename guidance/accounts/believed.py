"""What is read often and changes seldom, believed for a moment to be as it was read."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 1_000


class Believed(Generic[T]):
    """Values by id, each `read` anew after so many `seconds`. `clock` gives seconds that only grow. Raises whatever `read` does."""

    def __init__(self, read: Callable[[str], T], *, seconds: float, clock: Callable[[], float]) -> None:
        self._read = read
        self._seconds = seconds
        self._clock = clock
        self._known: dict[str, tuple[float, T]] = {}
        self._lock = Lock()

    def get(self, of: str) -> T:
        """The value as it was within that time."""
        with self._lock:
            known = self._known.get(of)
        return known[1] if known is not None and self._clock() - known[0] < self._seconds else self.read(of)

    def read(self, of: str) -> T:
        """The value as it is at this moment."""
        now, value = self._clock(), self._read(of)
        with self._lock:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[of] = (now, value)
        return value

    def forget(self) -> None:
        """Read every value anew from here on."""
        with self._lock:
            self._known.clear()
