"""What a caller sends, read under a clock: a request that drips in is cut off, however regularly it drips."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import RawIOBase
from typing import Any

SILENT_FOR = 75.0
"""Seconds for which a caller may neither send nor take a byte; longer than the 60 that proxies keep a connection idle."""

HERE_WITHIN = 20.0
"""Seconds from a request's first byte to its last, and a second more for every so many bytes that have come:"""

SLOWEST = 4 << 10
"""what a poor mobile line carries, so that large uploads end in time."""

_AT_ONCE = 0.001
_IN_A_ROW = 1 << 18
"""Bytes after which all others have their turn: a proxy on this machine has the next ones there before these are read."""


class Received(RawIOBase):
    """The bytes that come in on a socket. `begin` before each request. Raises `TimeoutError` where one takes too long.

    `give_way` lets others have their turn.
    """

    def __init__(
        self, sock: Any, clock: Callable[[], float] = time.monotonic, give_way: Callable[[], object] = lambda: None
    ) -> None:
        self._sock = sock
        self._clock = clock
        self._give_way = give_way
        self._began_at: float | None = None
        self._count = 0

    def begin(self) -> None:
        """A request ends here, and the next one may take its time to begin."""
        self._began_at, self._count = None, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._patience())
        try:
            count: int = self._sock.recv_into(buffer)
        finally:
            self._sock.settimeout(SILENT_FOR)  # for what is sent, which has no end: a stream lives for hours
        if self._began_at is None:
            self._began_at = self._clock()
        if self._count // _IN_A_ROW != (self._count + count) // _IN_A_ROW:
            self._give_way()
        self._count += count
        return count

    def _patience(self) -> float:
        if self._began_at is None:
            return SILENT_FOR
        ends_at = self._began_at + HERE_WITHIN + self._count / SLOWEST
        return min(SILENT_FOR, max(ends_at - self._clock(), _AT_ONCE))
