"""Gathers what no webhook tells: an account's agents every half hour, and the tickets that we know nothing of.

These are listed at once for an account that was never gathered, and anew each night. What a night does not get through goes on by day.
The pace is a budget of its own: `BURST` tickets in the first minute, then `SLICE` every `SLICE_EVERY` seconds, so that an account that
allows two hundred calls a minute lends us a quarter of them once it goes on. Where the helpdesk holds us back, the rest waits.
Of a ticket that is fetched here nothing is kept but its card.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
import structlog
from msgspec.structs import replace

from guidance.accounts import settings_of
from guidance.conversations import empty_case
from guidance.errors import NOT_ACCEPTED, HelpdeskError
from guidance.hours.zones import zone_of
from guidance.integrations.budget import Rank, Wait, asking, at_once, in_spare_time, who_asks
from guidance.model import Roster, TicketKey
from guidance.network import card_of
from guidance.ports import Account, Helpdesk, Store
from guidance.reconcile.keeping import is_left, keep_of

log = structlog.get_logger()

ROSTER_EVERY = 1_800
MOST_A_NIGHT = 2_000
BURST, BURST_LASTS = 20, 60
SLICE, SLICE_EVERY = 3, 12
RESTS_FOR = 600

_NIGHT = range(1, 5)
_A_NIGHT_APART = 16 * 3_600
_BACKLOG_LIVES_FOR = 86_400
_KNOWN_FOR = 7 * 86_400


class Gatherer:
    """Brings rosters and cards of older tickets. Any number of workers may share it: each turn is taken by one."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[Account], Helpdesk],
        clock: Callable[[], datetime],
        *,
        wait: Wait = at_once,
    ) -> None:
        self._store = store
        self._connect = connect
        self._clock = clock
        self._wait = wait

    def run_if_due(self, account: Account) -> None:
        """What is due for an account. Raises `StoreUnavailableError`; a helpdesk's trouble waits for the next turn."""
        try:
            with in_spare_time(self._wait):
                self._run(account)
        except HelpdeskError as error:
            log.info("gather.cut_short", account=account.id, status=error.status)

    def bring_roster(self, account: Account) -> Roster:
        """List the account's agents anew; we ourselves are not among them. Raises `HelpdeskError`.

        It has no days, as cards have: who may see what hangs on it.
        """
        with asking(replace(who_asks(), rank=Rank.CHANGED)):
            listed = self._connect(account).colleagues()
        roster = Roster(at=self._clock(), colleagues=tuple(one for one in listed if one.id != account.own_user))
        self._store.keep_roster(account.id, roster)
        if is_left(self._store, account.id):
            self._store.drop_roster(account.id)
        return roster

    def begin_night(self, account: Account) -> int:
        """Put the tickets of which nothing is kept on the list; how many. Raises `HelpdeskError`."""
        recent = list(self._connect(account).recent_tickets(MOST_A_NIGHT))
        self._put_backlog(account, self._store.unknown(account.id, recent))
        return len(self._backlog(account))

    def bring_cards(self, account: Account, count: int) -> int:
        """Fetch so many tickets of the list and keep their cards; how many. Raises `HelpdeskError`, the rest stays listed.

        The ticket over which that happened goes to the end, so that it keeps none of the others waiting.
        """
        backlog = self._backlog(account)
        for done, ticket_id in enumerate(backlog[:count], 1):
            try:
                self._bring_card(account, ticket_id)
            except HelpdeskError:
                self._put_backlog(account, [*backlog[done:], ticket_id])
                raise
            self._put_backlog(account, backlog[done:])
        return len(backlog[:count])

    def _run(self, account: Account) -> None:
        if self._is_turn(account, "roster", ROSTER_EVERY):
            self._begin(account, "roster", self.bring_roster)
        if self._is_night(account) and self._is_turn(account, "night", _A_NIGHT_APART):
            self._begin(account, "night", self.begin_night)
            keep_of(self._store, account.id, f"gathered:{account.id}", b"1", seconds=_KNOWN_FOR)
            self._store.remember(_turn(account, "slice"), b"1", seconds=BURST_LASTS, replace=True)
            self.bring_cards(account, BURST)
        elif self._backlog(account) and self._is_turn(account, "slice", SLICE_EVERY):
            self.bring_cards(account, SLICE)

    def _begin(self, account: Account, what: str, begin: Callable[[Account], object]) -> None:
        """Begin what it is time for; where the helpdesk is in trouble, it is begun after a rest. Raises `HelpdeskError`."""
        try:
            begin(account)
        except HelpdeskError:
            self._store.remember(_turn(account, what), b"1", seconds=RESTS_FOR, replace=True)
            raise

    def _bring_card(self, account: Account, ticket_id: str) -> None:
        """One that is gone, or closed to us, is left out: the next night asks again."""
        if not self._store.unknown(account.id, [ticket_id]):
            return
        try:
            conversation = self._connect(account).fetch_conversation(ticket_id).conversation
        except HelpdeskError as error:
            if error.permanent and error.status != NOT_ACCEPTED:
                return
            raise
        key = TicketKey(account.id, ticket_id)
        case = replace(empty_case(key), conversation=conversation, settings=settings_of(account))
        if self._was_erased(key):
            return
        self._store.learn(account.id, ticket_id, card_of(case), now=self._clock())
        if self._was_erased(key):
            self._store.learn(account.id, ticket_id, None, now=self._clock())

    def _was_erased(self, key: TicketKey) -> bool:
        """Whether it was erased while it was fetched, by itself or with its account."""
        return self._store.was_forgotten(key) or is_left(self._store, key.account)

    def _is_night(self, account: Account) -> bool:
        """Whether it is night where the account works; an account that was never gathered is not kept waiting for it."""
        if self._store.recall(f"gathered:{account.id}") is None:
            return True
        return self._clock().astimezone(zone_of(None, settings_of(account).hours)).hour in _NIGHT

    def _is_turn(self, account: Account, what: str, seconds: int) -> bool:
        return self._store.remember(_turn(account, what), b"1", seconds=seconds)

    def _backlog(self, account: Account) -> list[str]:
        kept = self._store.recall(f"backlog:{account.id}")
        return msgspec.json.decode(kept, type=list[str]) if kept else []

    def _put_backlog(self, account: Account, ticket_ids: list[str]) -> None:
        listed = msgspec.json.encode(ticket_ids)
        keep_of(self._store, account.id, f"backlog:{account.id}", listed, seconds=_BACKLOG_LIVES_FOR)


def _turn(account: Account, what: str) -> str:
    return f"gathering:{what}:{account.id}"
