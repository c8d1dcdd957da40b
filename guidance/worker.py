"""The worker: works off every shard's inbox, and does what falls due. Any number may run; none needs to know the others."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

import msgspec
import structlog
from msgspec import Struct

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing, Dispatcher, LiveRulebook, Noticing, Timing, connecting, warm_up
from guidance.dispatch.beginning import ENDS_US, MOST_BEGUN, safest_first
from guidance.dispatch.heard import Heard
from guidance.dispatch.lanes import PARTS, Lanes, Threads
from guidance.dispatch.living import say_alive
from guidance.errors import HelpdeskError, MalformedError, StoreUnavailableError, UnsupportedEventError
from guidance.integrations import connect, integrations
from guidance.integrations.budget import within
from guidance.model import SHARDS, AnyEvent, TicketChanged, TicketKey
from guidance.ports import Account, Arrival, Failure, Helpdesk, InboxEntry, Store
from guidance.reconcile import TOLD, Approving, Gatherer, Ratings, Reconciler
from guidance.reconcile.asking import arrival_of
from guidance.rules import Rulebook
from guidance.settings import Settings
from guidance.store import open_store
from guidance.store.failures import failure_id
from guidance.store.inbox import OFTEN
from guidance.telemetry import QUARANTINED, UNSUPPORTED, WORKED

log = structlog.get_logger()

BLOCK_MS = 1_000
IDLE_MS = 20_000
"""An entry that lies with another worker for so long is taken over, whether that is known to have ended or not: longer than any one entry takes."""

GIVES_UP_AFTER = 5
"""Attempts after which an entry on which we fail is put aside for people."""

DUE_EVERY = 0.2
LOOKS_EVERY = 5.0
"""Seconds between looks at whose turn it is; rounds are `reconcile.EVERY` apart, signs of life `living.EVERY`."""

_events = msgspec.json.Decoder(AnyEvent)


class _Kind(Struct):
    event: str = ""


def name_of(pid: int) -> str:
    """The name under which the worker in this process of this machine claims entries."""
    return f"{socket.gethostname()}-{pid}"


class Worker:
    """Works off inboxes and due work. `stop` ends all its threads after the calls that they are at.

    `after`: names of workers that have ended for sure; what they had claimed is taken over at once.
    """

    def __init__(
        self,
        store: Store,
        rulebook: Callable[[], Rulebook],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        connect: Callable[[Account], Helpdesk] = connect,
        timing: Timing | None = None,
        after: Sequence[str] = (),
    ) -> None:
        self.store = store
        self.name = name_of(os.getpid())
        self._after = dict.fromkeys(range(SHARDS), after) if after else {}
        self._due_after = dict(self._after)
        self.advancing = Advancing(store, AccountBook(store), rulebook, clock)
        self.stopping = Event()
        self._aside = Threads()
        self._rounds, self._readings = Lanes(self._aside), Lanes(self._aside)
        self._connect = connecting(lambda account: within(connect(account), store, account, clock))
        self.dispatcher = Dispatcher(
            self.advancing,
            self._connect,
            timing=timing or Timing(),
            name=self.name,
            lanes=Lanes(self._aside),
            is_stopping=self.stopping.is_set,
        )
        self.reconciler = Reconciler(store, self._unless_stopping, self.advancing.take, clock)
        self.heard = Heard(store)
        self._claimed: dict[int, list[InboxEntry]] = {}
        self.gatherer = Gatherer(store, self._unless_stopping, clock, wait=self.stopping.wait)
        self.approving = Approving(store, self._unless_stopping, wait=self.stopping.wait)
        self.ratings = Ratings(store, self._unless_stopping, self.advancing.take, clock, wait=self.stopping.wait)

    def run(self) -> None:
        """Work until stopped: a thread a shard for its inbox, a few for due work, and one each to say so, for what was missed, and for what has time.

        What waits for a helpdesk is done beside these, in lanes of its account.
        """
        threads = [
            Thread(target=self._loop, args=(self._inbox, shard), name=f"inbox-{shard}") for shard in range(SHARDS)
        ]
        threads += [Thread(target=self._loop, args=(self._due, part), name=f"due-{part}") for part in range(PARTS)]
        threads.append(Thread(target=self._when_stopped, name="stop"))
        threads.append(Thread(target=self._loop, args=(self._say_alive, 0), name="alive"))
        threads.append(Thread(target=self._loop, args=(self._reconcile, 0), name="reconcile"))
        threads.append(Thread(target=self._loop, args=(self._read_in_spare_time, 0), name="spare"))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._aside.join()

    def stop(self) -> None:
        self.stopping.set()

    def _unless_stopping(self, account: Account) -> Helpdesk:
        """The helpdesk, for what goes on in the next worker as it does after any trouble. Raises `HelpdeskError` once we are to stop."""
        if self.stopping.is_set():
            raise HelpdeskError("This worker stops; the next one goes on.")
        return self._connect(account)

    def _when_stopped(self) -> None:
        """Whoever stops us may not have the patience for what hangs in a call: that ends us then, and no fault of its own."""
        self.stopping.wait()
        with suppress(StoreUnavailableError):
            self.dispatcher.beginnings.end_all()

    def _loop(self, step: Callable[[int], None], number: int) -> None:
        """Take step after step; a store out of reach is waited for, and no fault ends the thread."""
        while not self.stopping.is_set():
            try:
                step(number)
            except StoreUnavailableError:
                self.stopping.wait(0.3)
            except Exception:  # a thread that ends would leave its shard to nobody
                log.exception("worker.fault", step=step.__name__, number=number)
                self.stopping.wait(1.0)

    def _inbox(self, shard: int) -> None:
        """Work off what is claimed. What one that can't be saved now was claimed with goes on at the next step, and it comes last."""
        entries = self._claimed.pop(shard, None) or safest_first(self._claim(shard), lambda entry: entry.deliveries)
        for place, entry in enumerate(entries, 1):
            try:
                self._try(entry)
            except StoreUnavailableError:
                self._claimed[shard] = [*entries[place:], entry]
                raise

    def _claim(self, shard: int) -> list[InboxEntry]:
        return self._left_by_those_before(shard) or self.store.claim(
            shard, self.name, block_ms=BLOCK_MS, idle_ms=IDLE_MS
        )

    def _left_by_those_before(self, shard: int) -> list[InboxEntry]:
        """What they had claimed, asked for once."""
        ended = self._after.pop(shard, ())
        try:
            return self.store.take_over(shard, self.name, ended) if ended else []
        except StoreUnavailableError:
            self._after[shard] = ended
            raise

    def _try(self, entry: InboxEntry) -> None:
        """Work off an entry. One that ends whoever is at it is put aside before it is read, and its ticket fetched after that."""
        if entry.deliveries <= OFTEN:
            self._work_or_leave(entry)
            return
        with self.dispatcher.beginnings.begun(f"{entry.shard}-{entry.entry_id}") as times:
            if times <= MOST_BEGUN:
                self._work_or_leave(entry)
                return
            self._quarantine(entry, ENDS_US, instead=_a_look_at_the_ticket(entry))

    def _work_or_leave(self, entry: InboxEntry) -> None:
        """Work off an entry. A fault of ours in one holds up none that were claimed with it; it is tried again, then put aside."""
        try:
            self.work(entry)
        except StoreUnavailableError:
            raise
        except Exception as error:
            fault = type(error).__name__
            log.exception("worker.fault", step="work", number=entry.shard, attempt=entry.deliveries)
            if entry.deliveries >= GIVES_UP_AFTER:
                self._quarantine(entry, f"Something went wrong on our side ({fault}), {entry.deliveries} times.")

    def _due(self, part: int) -> None:
        shards = range(part, SHARDS, PARTS)
        for shard in shards:
            self._take_over_due(shard)
        found = sum(self.dispatcher.run_due(shard) for shard in shards)
        if not found:
            self.stopping.wait(DUE_EVERY)

    def _take_over_due(self, shard: int) -> None:
        """What of due work they were at, asked for once."""
        if shard in self._due_after:
            self.dispatcher.take_over(shard, self._due_after[shard])
            del self._due_after[shard]

    def _say_alive(self, _number: int) -> None:
        """By a thread of its own: a helpdesk that is slow is no sign of death."""
        say_alive(self.store, self.name, self.advancing.clock())
        self.stopping.wait(LOOKS_EVERY)

    def _reconcile(self, _number: int) -> None:
        for account in self.store.accounts():
            self._rounds.take(account.id, partial(self.reconciler.run_if_due, account))
        self.stopping.wait(LOOKS_EVERY)

    def _read_in_spare_time(self, _number: int) -> None:
        """Each account's in lanes of its own: a reading may wait for its calls for a quarter of an hour."""
        for account in self.store.accounts():
            for reading in (self.gatherer, self.approving, self.ratings):
                self._readings.take((account.id, reading), partial(reading.run_if_due, account))
        self.stopping.wait(LOOKS_EVERY)

    def work(self, entry: InboxEntry) -> None:
        """Work off one entry: taken into its ticket, counted as nothing for us, or put into quarantine with the place that failed.

        The ticket of one in quarantine is fetched where its id is plain, so that nothing is lost but the reading of this body.
        """
        started = time.perf_counter()
        try:
            events = self.tame(entry)
        except UnsupportedEventError as error:
            UNSUPPORTED.labels(entry.arrival.account, error.kind[:60]).inc()
            self.store.acknowledge(entry)
            return
        except MalformedError as error:
            self._quarantine(entry, str(error), error.path, instead=_a_look_at_the_ticket(entry))
            return
        self._take(entry, events)
        self.heard.note(entry.arrival)
        WORKED.observe(time.perf_counter() - started)

    def _take(self, entry: InboxEntry, events: list[AnyEvent]) -> None:
        tickets: dict[TicketKey, list[AnyEvent]] = {}
        for event in events:
            tickets.setdefault(event.key, []).append(event)
        if not tickets:
            self.store.acknowledge(entry)
            return
        *others, last = tickets
        for key in others:
            self.advancing.take(key, tickets[key])
        self.advancing.take(last, tickets[last], entry=entry)

    def tame(self, entry: InboxEntry) -> list[AnyEvent]:
        """What an arrival says, in our own words. Raises `MalformedError` or `UnsupportedEventError`."""
        arrival = entry.arrival
        if arrival.kind == "event":
            if self.advancing.accounts.read(arrival.account) is None:  # it may have been wiped a moment ago
                raise UnsupportedEventError("account disconnected")
            try:
                return [_events.decode(arrival.body)]
            except msgspec.MsgspecError as error:
                raise MalformedError(str(error)) from error
        account = self.advancing.accounts.get(arrival.account)
        if account is None:
            raise UnsupportedEventError("account disconnected")
        return list(integrations()[account.helpdesk].parse(arrival.body, account, received_at=arrival.received_at))

    def _quarantine(self, entry: InboxEntry, message: str, path: str = "", *, instead: Arrival | None = None) -> None:
        arrival = entry.arrival
        QUARANTINED.labels(arrival.account).inc()
        log.warning("webhook.quarantined", account=arrival.account, path=path)
        self.store.quarantine(
            entry,
            Failure(
                id=_failure_id(entry),
                kind=arrival.kind,
                account=arrival.account,
                at=self.advancing.clock(),
                message=message,
                ticket_id=arrival.ticket_id,
                path=path,
                body=msgspec.msgpack.encode(arrival),
            ),
            instead=instead,
        )


def _a_look_at_the_ticket(entry: InboxEntry) -> Arrival | None:
    """What an odd webhook was to tell stands in its ticket: it is fetched at once, not at the next look for what was missed."""
    arrival = entry.arrival
    if arrival.kind != "webhook" or not arrival.ticket_id:
        return None
    key, name = TicketKey(arrival.account, arrival.ticket_id), f"odd:{entry.shard}-{entry.entry_id}"
    event = TicketChanged(key=key, event_id=name, at=arrival.received_at, needs_fetch=True)
    return arrival_of(event, arrival.received_at)


def _failure_id(entry: InboxEntry) -> str:
    """What a helpdesk tells of a ticket again takes the place of what it told before, else each change would be one failure more."""
    arrival = entry.arrival
    if arrival.kind != "event":
        return f"{entry.shard}-{entry.entry_id}"
    if not (arrival.mark or "").startswith(TOLD):
        return f"{entry.shard}-event-{entry.entry_id}"
    told = f"told:{_kind_of(arrival.body)}:{arrival.account}:{arrival.ticket_id}"
    return failure_id(entry.shard, told.encode())


def _kind_of(body: bytes) -> str:
    """Which kind of event it is, '' for one that can't be read."""
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(body, type=_Kind).event
    return ""


def run(settings: Settings, *, after: Sequence[str] = (), on_start: Callable[[Worker], None] = lambda _: None) -> None:
    """Run a worker until it is told to stop. `after`: the workers that it comes after, which have ended."""
    store = open_store(
        settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=SHARDS * 2 + 16
    )
    rulebook = LiveRulebook(store, settings.rules_dir)
    rulebook.look()
    warm_up(rulebook())
    worker = Worker(store, rulebook, after=after)
    noticing = Noticing(store, rulebook, [worker.advancing.accounts.forget])
    Thread(target=noticing.run, args=(worker.stopping,), name="noticing", daemon=True).start()
    on_start(worker)
    worker.run()
