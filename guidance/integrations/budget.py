"""Calls to a helpdesk that counts them: held back here before the helpdesk has to refuse them.

Every process asks the same bucket in the store. What is open in a sidebar goes first, then what waits longest, and what can wait
for days only while the bucket is nearly full and others leave us our share; the last third is for writes alone, so that a flood
of messages never keeps a promised task from being made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import IntEnum
from typing import Protocol, runtime_checkable

from msgspec import Struct
from msgspec.structs import replace

from guidance.errors import HeldBackError
from guidance.ports import Account, CallAsk, CallBudgets, CallCount, Helpdesk, Store

SHARE = 0.5
"""Of the account's calls a minute, unless `config.api_share` says otherwise: others call there, too."""

FOR_WRITES = 0.3
"""Of the bucket, which no read takes."""

FOR_OPEN = 0.6
"""Of the bucket, which is for writes and for tickets that an agent has open."""

NEARLY_FULL = 0.8
"""Of the bucket, below which nothing is read that could be read at any other time as well."""

PATIENCE = 900.0
"""Seconds that a reading in spare time waits for its calls altogether before it is cut short."""

BEYOND = 3
"""Calls beyond those reserved that what is open may take from the part of writes: begun anew it would take all of them once more.

An account's first conversation needs as many, as its hours and people are not known yet.
"""

_MOST_RESERVED = 24
"""More than the longest conversation takes. What is more than the bucket holds is given when it is full."""

_MOST_KNOWN = 10_000

Wait = Callable[[float], bool | None]
"""Waits so many seconds; True where whoever waits is to give up."""


class Rank(IntEnum):
    """Who goes before whom, and what they leave in the bucket."""

    OPEN = 0
    """An agent has the ticket open, or a person waits for the answer."""
    CHANGED = 1
    """A ticket that nobody has open changed."""
    SPARE = 2
    """What has days: older tickets, macros, survey scores."""

    @property
    def floor(self) -> float:
        """The part of the bucket that such a read leaves alone."""
        return (FOR_WRITES, FOR_OPEN, NEARLY_FULL)[self]


def at_once(_seconds: float) -> bool:
    """The `Wait` of whoever has something better to do."""
    return True


class Asking(Struct, frozen=True, kw_only=True):
    """For whom calls are made. `name`: the place in the queue, '' for whoever takes none; `since`: from when it counts."""

    rank: Rank = Rank.OPEN
    name: str = ""
    since: datetime | None = None
    wait: Wait = at_once


class _Reserved:
    """Credits that were taken at once and are left, and calls beyond them that may be made all the same."""

    def __init__(self, left: int, beyond: int) -> None:
        self.left, self.beyond = left, beyond

    def give(self, credits_: int) -> bool:
        """Take from what is left, where it is enough."""
        if self.left < credits_:
            return False
        self.left -= credits_
        return True

    def may_go_beyond(self, credits_: int) -> bool:
        """Whether a call that is not covered may be made from what is kept for writes."""
        self.beyond -= credits_
        return self.beyond >= 0


_asking: ContextVar[Asking] = ContextVar("asking", default=Asking())  # noqa: B039 - it is frozen
_reserved: ContextVar[_Reserved | None] = ContextVar("reserved", default=None)


@contextmanager
def asking(who: Asking) -> Iterator[None]:
    """Make the calls within for `who`."""
    token = _asking.set(who)
    try:
        yield
    finally:
        _asking.reset(token)


def who_asks() -> Asking:
    """For whom calls are made here."""
    return _asking.get()


@contextmanager
def in_spare_time(wait: Wait) -> Iterator[None]:
    """Make each call within as soon as nobody else needs it. Beyond `PATIENCE` it is held back as any other."""
    left = PATIENCE

    def patient(seconds: float) -> bool:
        nonlocal left
        left -= seconds
        return left < 0 or bool(wait(seconds))

    with asking(Asking(rank=Rank.SPARE, wait=patient)):
        yield


def share_of(account: Account) -> float:
    """Our part of the account's calls a minute."""
    return float(account.config.get("api_share") or SHARE)


class CallBudget:
    """One account's calls. `clock` gives aware UTC; `usual`: calls a minute until the helpdesk says how many. All methods raise `HeldBackError` or `StoreUnavailableError`."""

    def __init__(self, budgets: CallBudgets, account: Account, clock: Callable[[], datetime], *, usual: int) -> None:
        self._budgets = budgets
        self._usual = usual
        self._account = account.id
        self._share = share_of(account)
        self._clock = clock
        self._needed: dict[str, int] = {}

    @contextmanager
    def reserved(self, credits_: int) -> Iterator[None]:
        """Take credits for several calls at once, in the queue's order, and give back what they did not need.

        Whoever ran out of them on the way begins anew with twice as many: with as few again it might never come to its end.
        """
        who = who_asks()
        taken = self._needed.get(who.name, credits_)
        self._take(taken, who.rank.floor, who)
        held = _Reserved(taken, BEYOND if who.rank is Rank.OPEN else 0)
        token = _reserved.set(held)
        try:
            yield
        except HeldBackError:
            self._note_need(who.name, min(2 * taken, _MOST_RESERVED))
            raise
        else:
            self._needed.pop(who.name, None)
        finally:
            _reserved.reset(token)
            if held.left:
                self._take(-held.left, 0.0, Asking())

    def _note_need(self, name: str, credits_: int) -> None:
        if len(self._needed) > _MOST_KNOWN:
            self._needed.clear()
        if name:
            self._needed[name] = credits_

    def spend(self, credits_: int, *, is_write: bool) -> None:
        """Take the credits of one call, from what is reserved where there is enough."""
        held = _reserved.get()
        if held is not None and held.give(credits_):
            return
        who = who_asks()
        is_free = is_write or (held is not None and held.may_go_beyond(credits_))
        self._take(credits_, 0.0 if is_free else who.rank.floor, replace(who, name=""))

    def hear(self, count: CallCount) -> None:
        """Take in what the helpdesk says of its count."""
        if count != CallCount():
            self._budgets.hear(self._account, count, share=self._share, now=self._clock())

    def _take(self, credits_: int, floor: float, who: Asking) -> None:
        ask = CallAsk(
            credits=credits_,
            floor=floor,
            share=self._share,
            usual=self._usual,
            name=who.name,
            order=who.rank,
            since=who.since,
            spare=who.rank is Rank.SPARE and floor > 0,
        )
        while seconds := self._budgets.spend(self._account, ask, now=self._clock()):
            if who.wait(seconds):
                raise HeldBackError(
                    f"The calls to {self._account} are used up for the moment; this one waits {seconds:.1f} seconds.",
                    retry_after=seconds,
                )


@runtime_checkable
class Metered(Protocol):
    """A client of a helpdesk that counts calls. `calls_at_least`: how many a minute its smallest accounts have."""

    calls_at_least: int

    def keep_within(self, budget: CallBudget) -> None:
        """Ask this budget before every call."""


@runtime_checkable
class Remembering(Protocol):
    """A client that finds things out about its account, once for all processes."""

    def keep_in(self, store: Store, /) -> None:
        """Remember there what was found out, and the tokens that were renewed."""


def within(helpdesk: Helpdesk, store: Store, account: Account, clock: Callable[[], datetime]) -> Helpdesk:
    """The same client, held to the account's budget where its helpdesk counts calls, and remembering in the store."""
    if isinstance(helpdesk, Metered):
        helpdesk.keep_within(CallBudget(store, account, clock, usual=helpdesk.calls_at_least))
    if isinstance(helpdesk, Remembering):
        helpdesk.keep_in(store)
    return helpdesk
