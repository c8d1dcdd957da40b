"""Faults on order: what the next calls to a pretend helpdesk shall suffer, so that tests can ask for bad weather."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from threading import Lock


class Fault(StrEnum):
    """What a call may be made to suffer.

    TOO_MANY: 429 with Retry-After; BROKEN: 500; TIME_OUT: an answer that takes `SLOW_FOR` seconds, nothing done;
    DROP_AFTER: the work is done and the answer is lost; CUT: half a JSON answer; CONFLICT: 409.
    """

    TOO_MANY = "429"
    BROKEN = "500"
    TIME_OUT = "time_out"
    DROP_AFTER = "drop_after"
    CUT = "cut"
    CONFLICT = "409"


class Faults:
    """A queue of faults for one helpdesk; each call to its API takes one."""

    def __init__(self) -> None:
        self._next: deque[Fault] = deque()
        self._lock = Lock()

    def order(self, faults: list[Fault]) -> None:
        """Queue faults for the calls to come; an empty list forgets those that are queued."""
        with self._lock:
            if not faults:
                self._next.clear()
            self._next.extend(faults)

    def take(self) -> Fault | None:
        """The fault of the call that is being answered now."""
        with self._lock:
            return self._next.popleft() if self._next else None
