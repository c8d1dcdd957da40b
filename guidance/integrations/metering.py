"""A client's calls, each taken from its account's budget before it is sent, and what the helpdesk says of them heard."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress

import requests

from guidance.errors import StoreUnavailableError
from guidance.integrations.budget import CallBudget
from guidance.integrations.calls import Call, attempt
from guidance.ports import CallCount

CountOf = Callable[[requests.Response], CallCount]
"""What an answer says of the helpdesk's count, where one credit was taken for it."""


class Meter:
    """Sends calls, within a budget once there is one. All methods raise `HelpdeskError`, `HeldBackError` before anything is sent."""

    def __init__(self, count_of: CountOf) -> None:
        self._count_of = count_of
        self._budget: CallBudget | None = None

    def keep_within(self, budget: CallBudget) -> None:
        """Ask this budget before every call from now on."""
        self._budget = budget

    def reserved(self, credits_: int) -> AbstractContextManager[None]:
        """Calls for so many credits are made within, or none at all."""
        return self._budget.reserved(credits_) if self._budget else nullcontext()

    def send(self, call: Call, send: Callable[[], requests.Response]) -> requests.Response:
        """Send once, where there is a credit for it."""
        if self._budget is None:
            return attempt(call, send)
        self._budget.spend(1, is_write=call.is_write)
        answer = attempt(call, send)
        with suppress(StoreUnavailableError):  # what was done there is done; the next answer tells the count as well
            self._budget.hear(self._count_of(answer))
        return answer
