"""One open stream: what waits to be sent to one sidebar."""

from __future__ import annotations

from collections import deque
from threading import Condition

from guidance.stream.frames import RESET
from guidance.telemetry import STREAM_OVERFLOWS

LONGEST_QUEUE = 256


class Connection:
    """A bounded queue between the broadcaster and one sidebar. One that falls behind starts over; it never slows others."""

    def __init__(self, account: str, agent_id: str) -> None:
        self.account = account
        self.agent_id = agent_id
        self._frames: deque[bytes] = deque()
        self._changed = Condition()
        self._closed = False

    def put(self, frame: bytes) -> None:
        """Queue a frame. Where the queue is full, all of it gives way to one `reset`."""
        with self._changed:
            if len(self._frames) >= LONGEST_QUEUE:
                self._frames.clear()
                self._frames.append(RESET)
                STREAM_OVERFLOWS.inc()
            self._frames.append(frame)
            self._changed.notify()

    def take(self, *, within: float) -> bytes | None:
        """All that waits, at once; empty where nothing came within so many seconds; None once closed and sent."""
        with self._changed:
            self._changed.wait_for(lambda: self._frames or self._closed, timeout=within)
            if not self._frames:
                return None if self._closed else b""
            taken = b"".join(self._frames)
            self._frames.clear()
            return taken

    def close(self) -> None:
        """Let the stream end after what waits has been sent."""
        with self._changed:
            self._closed = True
            self._changed.notify()
