"""Sends webhooks in the background, so that nobody on the desk waits for the service."""

from __future__ import annotations

import heapq
import itertools
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Condition, Thread

import requests
from msgspec import Struct
from msgspec.structs import replace

from guidance.demo.helpdesk import Pulse

KEPT = 60


class Parcel(Struct, frozen=True, kw_only=True):
    """One webhook on its way. `event` is a name for the log; `again_after` says how long to wait for the next attempt.

    `again_after(attempt, status, retry_after)`: attempts made so far, the HTTP status (None where no answer came), seconds
    of `Retry-After`; gives seconds, or None to give up.
    """

    helpdesk: str
    event: str
    ticket_id: int
    url: str
    body: bytes
    headers: Mapping[str, str]
    again_after: Callable[[int, int | None, float | None], float | None]
    attempt: int = 0


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of one attempt; `status` None: no answer."""

    helpdesk: str
    event: str
    ticket_id: int
    attempt: int
    status: int | None
    took_ms: int
    at: datetime


class Weather(Struct, kw_only=True):
    """Mishaps on order: drop the next so many parcels, send so many twice, hold so many back and send them in reverse."""

    drop: int = 0
    double: int = 0
    shuffle: int = 0


class Sender:
    """One thread and a queue by time. Parcels leave in the order in which they came, retries when they are due."""

    def __init__(self, *, clock: Callable[[], datetime], pulse: Pulse, time_out: float) -> None:
        self.weather = Weather()
        self.receipts: deque[Receipt] = deque(maxlen=KEPT)
        self._clock = clock
        self._pulse = pulse
        self._time_out = time_out
        self._queue: list[tuple[float, int, Parcel]] = []
        self._held: list[Parcel] = []
        self._order = itertools.count()
        self._changed = Condition()
        self._is_open = True
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)
        self._thread.start()

    def send(self, parcel: Parcel) -> None:
        """Queue a parcel, as the weather allows."""
        with self._changed:
            if self.weather.drop > 0:
                self.weather.drop -= 1
            elif self.weather.shuffle > 0:
                self._hold(parcel)
            else:
                self._queue_twice_or_once(parcel)

    def close(self) -> None:
        """Stop after the attempt that is under way; what is queued is lost."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()
        self._thread.join()

    def _hold(self, parcel: Parcel) -> None:
        self._held.append(parcel)
        self.weather.shuffle -= 1
        if self.weather.shuffle == 0:
            for held in reversed(self._held):
                self._queue_twice_or_once(held)
            self._held.clear()

    def _queue_twice_or_once(self, parcel: Parcel) -> None:
        self._push(parcel, seconds=0)
        if self.weather.double > 0:
            self.weather.double -= 1
            self._push(parcel, seconds=0)

    def _push(self, parcel: Parcel, *, seconds: float) -> None:
        with self._changed:
            heapq.heappush(self._queue, (time.monotonic() + seconds, next(self._order), parcel))
            self._changed.notify_all()

    def _run(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while (parcel := self._take()) is not None:
                self._attempt(session, parcel)

    def _take(self) -> Parcel | None:
        with self._changed:
            while self._is_open:
                wait = self._queue[0][0] - time.monotonic() if self._queue else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._queue)[2]
                self._changed.wait(wait)
        return None

    def _attempt(self, session: requests.Session, parcel: Parcel) -> None:
        began = time.monotonic()
        status, retry_after = self._post(session, parcel)
        made = parcel.attempt + 1
        receipt = Receipt(
            helpdesk=parcel.helpdesk,
            event=parcel.event,
            ticket_id=parcel.ticket_id,
            attempt=made,
            status=status,
            took_ms=round((time.monotonic() - began) * 1000),
            at=self._clock(),
        )
        self.receipts.append(receipt)
        self._pulse.beat()
        is_taken = status is not None and 200 <= status < 300
        wait = None if is_taken else parcel.again_after(made, status, retry_after)
        if wait is not None:
            self._push(replace(parcel, attempt=made), seconds=wait)

    def _post(self, session: requests.Session, parcel: Parcel) -> tuple[int | None, float | None]:
        try:
            answer = session.post(
                parcel.url,
                data=parcel.body,
                headers=dict(parcel.headers),
                timeout=self._time_out,
                allow_redirects=False,
            )
        except requests.RequestException:
            return None, None
        said = answer.headers.get("Retry-After", "")
        return answer.status_code, float(said) if said.isdigit() else None
