"""Asks each helpdesk for what has changed since it was asked last, and takes it in: fetches, deletions, tasks of ours.

Taking in is folding, so what webhooks brought already changes nothing. Zendesk's export leaves out its latest minute; with a
round every thirty seconds a lost webhook is made good within two minutes. After an outage, however long, the rounds go on where
they ended, a few pages each; where that place is lost, from the moment up to which all is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from msgspec import Struct

from guidance.accounts.listening import note_listening
from guidance.errors import HelpdeskError, StoreUnavailableError
from guidance.integrations.budget import Asking, Rank, asking
from guidance.model import AnyEvent, TaskChanged, TicketDeleted, TicketKey
from guidance.ports import Account, Arrival, Changes, Helpdesk, Notebook, Store
from guidance.store.retention import CASES_LIVE_FOR
from guidance.telemetry import RECONCILED

log = structlog.get_logger()

EVERY = 30.0
"""Seconds between two rounds of an account, whatever the number of workers."""

FIRST_LOOKS_BACK = timedelta(minutes=15)
"""How far the first round goes back: an account that was connected just now has no past to make good. And by how much others overlap."""

_MOST_PAGES = 4
"""A round: eight a minute, of the ten that Zendesk allows."""

_TURN = int(EVERY) - 1
TOLD = "told:"
"""How the mark of what a helpdesk told begins: it tells that of a ticket again with the ticket's next change."""

_NO_SUCH_PLACE = frozenset({400, 410, 422})
_PLACE_KEPT_FOR = int(CASES_LIVE_FOR.total_seconds())
_WHOLE_KEPT_FOR = 400 * 24 * 3600


class Reconciled(Struct, frozen=True):
    """What one round brought: how many changes the helpdesk told of, and the trouble that cut it short, if any.

    `more`: there are more than one round takes in.
    """

    account: str
    changes: int
    trouble: str | None = None
    more: bool = False


class Rounds:
    """Rounds over all accounts: each helpdesk is asked page by page, and what it tells is taken in.

    `take` folds events into a ticket and saves it. Any number of workers may share the rounds; one that was cut short is taken
    up again.
    """

    def __init__(
        self,
        store: Store,
        connect: Callable[[Account], Helpdesk],
        take: Callable[[TicketKey, Sequence[AnyEvent]], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._connect = connect
        self._take_in = take
        self._clock = clock

    def run_if_due(self, account: Account) -> Reconciled | None:
        """One round for an account where it is its turn. Raises `StoreUnavailableError`."""
        return self.run(account) if self._is_due(account) else None

    def run(self, account: Account) -> Reconciled:
        """One round for an account, now. Raises `StoreUnavailableError`."""
        changes, more = 0, False
        try:
            for page in self._pages(account):
                changes += sum(map(self._try, page.events))
                more = page.more
        except HelpdeskError as error:
            log.info("reconcile.cut_short", round=type(self).__name__, account=account.id, status=error.status)
            return Reconciled(account.id, changes, str(error))
        self._end(account, changes)
        return Reconciled(account.id, changes, more=more)

    def _try(self, event: AnyEvent) -> bool:
        """Take an event in. One on which we fail goes to its ticket's inbox, as a webhook would: the page goes on without it."""
        try:
            return self._take(event)
        except StoreUnavailableError:
            raise
        except Exception:  # else the same page would be asked for, and fail, for good
            log.exception("reconcile.fault", round=type(self).__name__, account=event.key.account)
            self._store.accept(arrival_of(event, self._clock()))
            return True

    def _is_due(self, account: Account) -> bool:
        """Whether it is this account's turn, and ours to take."""
        raise NotImplementedError

    def _pages(self, account: Account) -> Iterator[Changes]:
        """What the helpdesk tells, page by page; the next one is asked for when the last was taken in. Raises `HelpdeskError`."""
        raise NotImplementedError

    def _take(self, event: AnyEvent) -> bool:
        """Take one event in; whether anything came of it."""
        raise NotImplementedError

    def _end(self, account: Account, changes: int) -> None:
        """The round went through to its end."""
        raise NotImplementedError


class Reconciler(Rounds):
    """Makes good what was lost on the way."""

    def _is_due(self, account: Account) -> bool:
        return self._store.remember(_turn(account), b"1", seconds=_TURN)

    def _pages(self, account: Account) -> Iterator[Changes]:
        for number in range(_MOST_PAGES):
            began = self._clock()
            # A page may take long, and no other worker is to ask meanwhile.
            self._store.keep(_turn(account), b"1", seconds=_TURN)
            page = self._page(account, Rank.CHANGED if number else Rank.OPEN)
            yield page
            self._store.keep(_place(account), page.cursor.encode(), seconds=_PLACE_KEPT_FOR)
            if not page.more:
                self._store.keep(_whole(account.id), began.isoformat().encode(), seconds=_WHOLE_KEPT_FOR)
                note_listening(self._store, account.id, began)
                return

    def _page(self, account: Account, rank: Rank) -> Changes:
        """The next page. A place that is refused is given up, or every round to come would end there."""
        cursor = self._cursor(account)
        since = self._clock() if cursor else self._since(account)
        try:
            with asking(Asking(rank=rank)):
                return self._connect(account).changes(since=since, cursor=cursor)
        except HelpdeskError as error:
            if cursor and error.status in _NO_SUCH_PLACE:
                self._store.release(_place(account))
            raise

    def _since(self, account: Account) -> datetime:
        """Where to begin without a place: up to where all is known, but no further back than tickets are kept."""
        now, known = self._clock(), whole_until(self._store, account.id)
        if known is None:
            return now - FIRST_LOOKS_BACK
        kept_since = now - CASES_LIVE_FOR
        if known < kept_since:
            log.warning("reconcile.gap", account=account.id, since=known.isoformat(), until=kept_since.isoformat())
        since = max(known - FIRST_LOOKS_BACK, kept_since)
        log.info("reconcile.looks_back", account=account.id, since=since.isoformat())
        return since

    def _end(self, account: Account, changes: int) -> None:
        RECONCILED.labels(account.id).inc(changes)

    def _cursor(self, account: Account) -> str | None:
        kept = self._store.recall(_place(account))
        return kept.decode() if kept else None

    def _take(self, event: AnyEvent) -> bool:
        """What is gone, and was never here, changes nothing."""
        is_end = isinstance(event, TicketDeleted | TaskChanged)
        is_news = not is_end or self._store.load(event.key) is not None
        self._take_in(event.key, [event])
        return is_news


def whole_until(notebook: Notebook, account_id: str) -> datetime | None:
    """Up to when all is known that the account's helpdesk told of; None where it was never asked. Raises `StoreUnavailableError`."""
    kept = notebook.recall(_whole(account_id))
    return datetime.fromisoformat(kept.decode()) if kept else None


def arrival_of(event: AnyEvent, now: datetime) -> Arrival:
    """An event as it goes to its ticket's inbox."""
    return Arrival(
        account=event.key.account,
        kind="event",
        body=msgspec.json.encode(event),
        received_at=now,
        ticket_id=event.key.ticket_id,
        mark=f"{TOLD}{event.event_id}",
    )


def _turn(account: Account) -> str:
    return f"reconciling:{account.id}"


def _place(account: Account) -> str:
    return f"reconciled:{account.id}"


def _whole(account_id: str) -> str:
    return f"whole:{account_id}"
