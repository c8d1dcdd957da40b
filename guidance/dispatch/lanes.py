"""Lanes: whatever waits for one account's helpdesk is done aside, so that a slow one holds up nobody else's work."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from threading import Lock, Thread

import structlog

from guidance.errors import StoreUnavailableError

log = structlog.get_logger()

PARTS = 4
"""Threads that look for due work, and so many lanes an account has for what it reads and for what it writes."""

_SOON, _PACE, _LATEST = 0.2, 0.1, 60.0

Aside = Callable[[Callable[[], None]], None]
"""Does what it is given, now or beside whatever else is done."""


class Lanes:
    """Each does one thing at a time."""

    def __init__(self, aside: Aside = lambda do: do()) -> None:
        self._aside = aside
        self._lock = Lock()
        self._sent_away: dict[Hashable, int] = {}

    def take(self, name: Hashable, do: Callable[[], object]) -> bool:
        """Do this in the lane of that name. False: something else is done there."""
        with self._lock:
            if name in self._sent_away:
                return False
            self._sent_away[name] = 0
        try:
            self._aside(partial(self._do, name, do))
        except BaseException:
            self._leave(name)
            raise
        return True

    def wait(self, name: Hashable) -> float:
        """After how many seconds whoever found that lane taken comes again: the later, the more have been told since."""
        with self._lock:
            told = self._sent_away.get(name, 0)
            if name in self._sent_away:
                self._sent_away[name] = told + 1
        return min(_SOON + told * _PACE, _LATEST)

    def _do(self, name: Hashable, do: Callable[[], object]) -> None:
        try:
            do()
        finally:
            self._leave(name)

    def _leave(self, name: Hashable) -> None:
        with self._lock:
            self._sent_away.pop(name, None)


class Threads:
    """Does each thing that it is given in a thread of its own. What is claimed and not done when the store goes away waits for the end of its lease."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: list[Thread] = []

    def __call__(self, do: Callable[[], None]) -> None:
        thread = Thread(target=self._do, args=(do,), name="lane")
        with self._lock:
            self._running = [*(one for one in self._running if one.is_alive()), thread]
            thread.start()

    def join(self) -> None:
        """Wait for the end of all."""
        for thread in self._running:
            thread.join()

    def _do(self, do: Callable[[], None]) -> None:
        try:
            do()
        except StoreUnavailableError:
            return
        except Exception:
            log.exception("lane.fault")
