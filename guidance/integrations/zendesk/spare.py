"""What is left of an account's calls this minute, as Zendesk says with every answer: what can wait leaves the rest to everybody else.

Sources: headers `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset`, and the older `x-rate-limit` and `x-rate-limit-remaining`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from guidance.errors import HeldBackError
from guidance.integrations.budget import SHARE, Rank, who_asks
from guidance.integrations.calls import counted
from guidance.ports import Account

TOTAL = ("ratelimit-limit", "x-rate-limit")
LEFT = ("ratelimit-remaining", "x-rate-limit-remaining")
_RESETS = ("ratelimit-reset",)
_MINUTE = 60


class SpareCalls:
    """Whether a call in spare time may be made now. `monotonic` gives seconds that only grow."""

    def __init__(self, account: Account, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._account = account.id
        self._share = float(account.config.get("api_share") or SHARE)
        self._monotonic = monotonic
        self._full_at = 0.0

    def await_turn(self) -> None:
        """Return at once for whoever can't wait; else once our share is not used up. Raises `HeldBackError`."""
        who = who_asks()
        if who.rank is not Rank.SPARE:
            return
        while (seconds := self._full_at - self._monotonic()) > 0:
            if who.wait(seconds):
                sentence = (
                    f"Our share of the calls to {self._account} is used up; this one waits {seconds:.0f} seconds."
                )
                raise HeldBackError(sentence, retry_after=seconds)

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take in what Zendesk says is left."""
        total, left = counted(headers, TOTAL), counted(headers, LEFT)
        if total is None or left is None or left > total * (1 - self._share):
            return
        resets_in = counted(headers, _RESETS)
        self._full_at = self._monotonic() + (_MINUTE if resets_in is None else resets_in)
