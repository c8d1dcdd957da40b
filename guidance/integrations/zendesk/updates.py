"""Thirty updates of a ticket in ten minutes are all that Zendesk takes from one user; the next one is held back here.

Counted in the store for all processes, and put right by what Zendesk's own header says. Source: Zendesk's reference on rate limits,
"Update Ticket"; header `zendesk-ratelimit-per-ticket-updates: total=30; remaining=29; resets=468`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock

import re2
from cachetools import TTLCache

from guidance.errors import HeldBackError
from guidance.ports import Account, Notebook

MOST = 30
WINDOW = 600
"""Seconds."""

_HEADER = "zendesk-ratelimit-per-ticket-updates"
_ASKS_AGAIN_AFTER = 60.0
_UPDATE = re2.compile(r"^tickets/(\d+)(?:/tags)?(?:\.json)?$")
_FIELD = re2.compile(r"(\w+)=(\d+)")


class TicketUpdates:
    """What one account's user may still write to each ticket. `monotonic` gives seconds that only grow."""

    def __init__(self, account: Account, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._account = account.id
        self._monotonic = monotonic
        self._notebook: Notebook | None = None
        self._spent_until: TTLCache[str, float] = TTLCache(10_000, WINDOW)
        self._lock = Lock()

    def keep_in(self, notebook: Notebook) -> None:
        """Count there from now on."""
        self._notebook = notebook

    def spend(self, ticket_id: str) -> None:
        """Count an update that is about to be sent. Raises `HeldBackError`."""
        with self._lock:
            left = self._spent_until.get(ticket_id, 0.0) - self._monotonic()
        if left > 0:
            raise _held_back(ticket_id, left)
        if self._notebook and self._notebook.tally(f"updates:{self._account}:{ticket_id}", seconds=WINDOW) > MOST:
            raise _held_back(ticket_id, _ASKS_AGAIN_AFTER)

    def hear(self, ticket_id: str, headers: Mapping[str, str]) -> None:
        """Take in what Zendesk says is left."""
        told = said(headers.get(_HEADER, ""))
        if told.get("remaining") == "0":
            with self._lock:
                self._spent_until[ticket_id] = self._monotonic() + float(told.get("resets", _ASKS_AGAIN_AFTER))


def updated_by(method: str, path: str) -> str | None:
    """The id of the ticket that a call updates; None for any other call."""
    found = _UPDATE.match(path.partition("?")[0]) if method.upper() in ("PUT", "POST", "DELETE") else None
    return str(found.group(1)) if found else None


def said(header: str) -> dict[str, str]:
    """What Zendesk says of one of its limits, as in `total=30; remaining=29; resets=468`."""
    return dict(_FIELD.findall(header))


def _held_back(ticket_id: str, seconds: float) -> HeldBackError:
    sentence = (
        f"Ticket {ticket_id} was updated {MOST} times within ten minutes; the next update waits {seconds:.0f} seconds."
    )
    return HeldBackError(sentence, retry_after=seconds)
