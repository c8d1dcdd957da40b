"""Conversations fetched from a helpdesk, to be judged and forgotten: those that changed last, newest first.

The calls are made in spare time, so they never take what a ticket may need now. Each waits for its own turn, or a long conversation
would be begun again and again; a helpdesk that asks us to slow down is waited for, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.errors import HelpdeskError
from guidance.integrations.budget import Asking, Rank, Wait, asking
from guidance.model import AccountSettings, Case
from guidance.ports import Helpdesk, Snapshot

T = TypeVar("T")

FETCHED = "fetched"
"""What a job's `source` says where its conversations are fetched."""


def fetched(
    helpdesk: Helpdesk,
    count: int,
    *,
    wait: Wait,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[Snapshot]:
    """The last `count` tickets as the helpdesk holds them now, one by one; those that are gone meanwhile are left out.

    `wait` is called with seconds; it and `on_progress` (tickets done, and of how many) may raise to end it. Raises `HelpdeskError`.
    """
    listed = _patiently(lambda: helpdesk.recent_tickets(count), wait) or ()
    on_progress(0, len(listed))
    for done, ticket_id in enumerate(listed, 1):
        snapshot = _patiently(partial(helpdesk.fetch_conversation, ticket_id), wait)
        on_progress(done, len(listed))
        if snapshot is not None:
            yield snapshot


def case_of(snapshot: Snapshot, settings: AccountSettings) -> Case:
    """A fetched ticket as a case, with its own schedule where it has one."""
    return replace(
        empty_case(snapshot.conversation.key),
        conversation=snapshot.conversation,
        settings=replace(settings, hours=snapshot.hours or settings.hours),
    )


def _patiently(call: Callable[[], T], wait: Wait) -> T | None:
    """What a call brings; None for a ticket that has gone meanwhile."""
    while True:
        try:
            with asking(Asking(rank=Rank.SPARE, wait=wait)):
                return call()
        except HelpdeskError as error:
            if error.status == 404:
                return None
            if error.permanent or error.retry_after is None:
                raise
            wait(error.retry_after)
