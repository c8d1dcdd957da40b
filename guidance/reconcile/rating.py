"""Asks each helpdesk at night what customers answered to its surveys, and takes it into the tickets that we hold.

The rating alone: no word that came with it, and nothing about who had the ticket. Calls wait until nobody else needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from guidance.accounts import settings_of
from guidance.hours.business import BusinessTime
from guidance.integrations.budget import Wait, at_once, in_spare_time
from guidance.model import AnyEvent, TicketKey
from guidance.ports import Account, Changes, Helpdesk, Store
from guidance.reconcile.asking import Reconciled, Rounds

NIGHT = range(2, 6)
"""The hours of the account's own zone in which it is asked."""

LOOKS_BACK = timedelta(days=30)
"""How far each night goes back: helpdesks list answers by when they were first given, and customers change their minds."""

_MOST_PAGES = 1_000
"""Oldest first: with fewer, the newest answers of a large desk would wait until the oldest are a month old."""

_ONE_NIGHT = 20 * 3600
_RESTS_FOR = 600
_REMEMBERED_FOR = 60 * 24 * 3600


class Ratings(Rounds):
    """Brings answers to surveys; any number of workers may share the nights. `wait` is how calls wait for their turn."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[Account], Helpdesk],
        take: Callable[[TicketKey, Sequence[AnyEvent]], object],
        clock: Callable[[], datetime],
        *,
        wait: Wait = at_once,
    ) -> None:
        super().__init__(store, connect, take, clock)
        self._wait = wait

    def run_if_due(self, account: Account) -> Reconciled | None:
        """Ask for an account that has night now, and was not asked in it yet. Raises `StoreUnavailableError`."""
        return self._nightly(account) if self._is_due(account) else None

    def run(self, account: Account) -> Reconciled:
        """Ask for an account now. Raises `StoreUnavailableError`."""
        with in_spare_time(self._wait):
            return super().run(account)

    def _nightly(self, account: Account) -> Reconciled:
        """A night that was cut short is taken up again after a rest."""
        found = self.run(account)
        if found.trouble is not None:
            self._store.release(self._night(account))
            self._store.remember(_rest(account), b"1", seconds=_RESTS_FOR)
        return found

    def _pages(self, account: Account) -> Iterator[Changes]:
        cursor, since = None, self._clock() - LOOKS_BACK
        for _ in range(_MOST_PAGES):
            page = self._connect(account).ratings(since=since, cursor=cursor)
            yield page
            if not page.more:
                return
            cursor = page.cursor

    def _end(self, account: Account, _changes: int) -> None:
        self._store.keep(asked_at(account.id), self._clock().isoformat().encode(), seconds=_REMEMBERED_FOR)

    def _is_due(self, account: Account) -> bool:
        if self._here(account).hour not in NIGHT or self._store.recall(_rest(account)):
            return False
        return self._store.remember(self._night(account), b"1", seconds=_ONE_NIGHT)

    def _here(self, account: Account) -> datetime:
        return self._clock().astimezone(BusinessTime(settings_of(account).hours).zone)

    def _night(self, account: Account) -> str:
        return f"rated:{account.id}:{self._here(account):%Y-%m-%d}"

    def _take(self, event: AnyEvent) -> bool:
        """An answer counts where it says anything new about a ticket that is held here."""
        case = self._store.load(event.key)
        if case is None or (case.rated_at is not None and event.at <= case.rated_at):
            return False
        self._take_in(event.key, [event])
        return True


def asked_at(account_id: str) -> str:
    """Under which name it is kept when an account was last asked."""
    return f"ratings:{account_id}"


def _rest(account: Account) -> str:
    return f"rating:{account.id}"
