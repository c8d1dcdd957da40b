"""Reads each account's macros and canned responses every few hours: what a team has approved is not judged as an agent's words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import structlog

from guidance.accounts import approved_name
from guidance.errors import HelpdeskError
from guidance.integrations.budget import Wait, at_once, in_spare_time
from guidance.ports import Account, Helpdesk, Store
from guidance.reconcile.keeping import keep_of
from guidance.text.approved import approved_sentences

log = structlog.get_logger()

EVERY = 4 * 3600
"""Seconds between two readings of an account, whatever the number of workers."""

_RESTS_FOR = 600
"""Seconds after trouble."""

_KEPT_FOR = 7 * 24 * 3600
"""Seconds for which the last reading holds where no other succeeds."""


class Approving:
    """Keeps the approved sentences of every account in the store."""

    def __init__(self, store: Store, connect: Callable[[Account], Helpdesk], *, wait: Wait = at_once) -> None:
        self._store = store
        self._connect = connect
        self._wait = wait

    def run_if_due(self, account: Account) -> None:
        """Read an account where it is time. Raises `StoreUnavailableError`."""
        if self._store.remember(_turn(account), b"1", seconds=EVERY):
            self.run(account)

    def run(self, account: Account) -> int:
        """Read an account now; how many sentences are approved. Trouble leaves what was read before."""
        try:
            with in_spare_time(self._wait):
                found = approved_sentences(self._connect(account).approved_texts())
        except HelpdeskError as error:
            log.info("approved.unread", account=account.id, status=error.status)
            self._store.keep(_turn(account), b"1", seconds=_RESTS_FOR)
            return 0
        sentences = msgspec.msgpack.encode(sorted(found))
        keep_of(self._store, account.id, approved_name(account.id), sentences, seconds=_KEPT_FOR)
        return len(found)


def _turn(account: Account) -> str:
    return f"approving:{account.id}"
