"""Doing what fell due: waking tickets, fetching them, forwarding to other tickets, and what follow-ups need done."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec
import structlog

from guidance.accounts.listening import listening_since
from guidance.dispatch.advancing import Advancing
from guidance.dispatch.beginning import ENDS_US, MOST_BEGUN, Beginnings, safest_first
from guidance.dispatch.lanes import PARTS, Lanes
from guidance.dispatch.learning import learn
from guidance.dispatch.tasks import NotYetError, Tasks
from guidance.dispatch.timing import USUAL, Timing
from guidance.errors import NOT_ACCEPTED, SLOW_DOWN, GuidanceError, HelpdeskError, StoreUnavailableError
from guidance.integrations.budget import Asking, Rank, asking
from guidance.model import Fetched, TicketDeleted, TicketKey, Woken, Work
from guidance.ports import Account, Arrival, Failure, Helpdesk, Snapshot
from guidance.store.failures import failure_id
from guidance.store.inbox import OFTEN

log = structlog.get_logger()

GIVES_UP_AFTER = timedelta(hours=24)
FEWEST_ATTEMPTS = 10
_LONGEST_WAIT = 1800.0
_NO_ROSTER_WAIT = 60.0
_NOT_THERE = 404
_PAUSE = 30.0
_CALL_NOBODY = frozenset({"wake", "forward", "learn", "forget"})
_MAY_BE_UNDER_WAY = ("task_update", "link", "remind")
"""Kinds that write to the helpdesk without a claim of their own: a call outlives its worker, and only the lease waits for its end."""


class Dispatcher:
    """Performs due work. Every path may be cut off anywhere and taken up again: nothing is lost, nothing is done twice."""

    def __init__(
        self,
        advancing: Advancing,
        connect: Callable[[Account], Helpdesk],
        *,
        timing: Timing = USUAL,
        name: str = "",
        lanes: Lanes | None = None,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.advancing = advancing
        self.store = advancing.store
        self._connect = connect
        self._timing = timing
        self._name = name
        self._lanes = lanes or Lanes()
        self._is_stopping = is_stopping
        self.beginnings = Beginnings(self.store)
        self._tasks = Tasks(advancing, self._helpdesk_to_write, timing=timing)
        self._act: dict[str, Callable[[Work], None]] = {
            "wake": self._wake,
            "fetch": self._fetch,
            "forward": self._forward,
            "learn": self._learn,
            "forget": self._forget,
        }
        self._write: dict[str, Callable[[Work], None]] = {
            "task": self._tasks.make,
            "task_update": self._tasks.update,
            "link": self._tasks.link,
            "remind": self._tasks.remind,
        }

    def run_due(self, shard: int, *, count: int = 16) -> int:
        """Do what is due on one shard; how many pieces were claimed.

        What calls nobody is done here and now. What may wait for a helpdesk is done in lanes of its account; where these are taken, it is
        put off for a moment. Once we are to stop no call is begun any more, and what was claimed is put back.
        """
        if self._is_stopping():
            return 0
        began, waiting = time.monotonic(), defaultdict[Hashable, list[Work]](list)
        now = self.advancing.clock()
        claimed = self.store.due(shard, now=now, lease_for=self._timing.lease, count=count, worker=self._name)
        for work in safest_first(claimed, lambda work: work.attempt):
            if work.kind in _CALL_NOBODY and work.attempt <= OFTEN:
                self._begin(work)
            else:
                waiting[work.account, shard % PARTS, work.kind in self._write].append(work)
        for lane, pieces in waiting.items():
            if not self._lanes.take(lane, partial(self._work_off, pieces, began)):
                self._put_off(pieces, lane)
        return len(claimed)

    def _work_off(self, pieces: Sequence[Work], began: float) -> None:
        """One after the other. What can't be begun in time, or before we stop, is put back as it was."""
        for work in pieces:
            if self._is_stopping() or time.monotonic() - began > self._timing.start_within:
                self.store.postpone(work, at=self.advancing.clock(), counts=False)
            else:
                self._begin(work)

    def _put_off(self, pieces: Sequence[Work], lane: Hashable) -> None:
        for work in pieces:
            at = self.advancing.clock() + timedelta(seconds=self._lanes.wait(lane))
            self.store.postpone(work, at=at, counts=False)

    def _begin(self, work: Work) -> None:
        """Perform it, or put it aside where it ends whoever is at it."""
        if work.attempt <= OFTEN:
            self.perform(work)
            return
        with self.beginnings.begun(work.id) as times:
            if times <= MOST_BEGUN:
                self.perform(work)
            else:
                self._put_aside(work)

    def take_over(self, shard: int, ended: Sequence[str]) -> None:
        """Let what workers were at that have ended be due at once, as far as nothing of theirs can still be under way."""
        self.store.take_over_due(shard, ended, now=self.advancing.clock(), but=_MAY_BE_UNDER_WAY)

    def perform(self, work: Work) -> None:
        """Do one claimed piece of work, and settle it: done, again later, or given up into the failures."""
        try:
            self._do(work)
        except HelpdeskError as error:
            self._again_or_give_up(work, error)
        except StoreUnavailableError:
            raise
        except GuidanceError as error:
            self._give_up(work, str(error))
        except Exception as error:
            log.exception("work.fault", kind=work.kind, account=work.account)
            sentence = f"Something went wrong on our side ({type(error).__name__}); it is tried again."
            self._again_or_give_up(work, HelpdeskError(sentence, unclear=True))
        else:
            self.store.done(work)

    def _do(self, work: Work) -> None:
        """What writes to the helpdesk waits while everything is paused, and is passed over on tickets in shadow."""
        write = self._write.get(work.kind)
        if write is None:
            self._act[work.kind](work)
            return
        case = self.store.load(work.key)
        if case is None:
            return
        settings = self.advancing.settings(case)
        if settings.paused:
            raise NotYetError("everything is paused", retry_after=_PAUSE)
        if settings.speaks_on(case.conversation.ticket):
            write(work)

    def _again_or_give_up(self, work: Work, error: HelpdeskError) -> None:
        now = self.advancing.clock()
        if error.status == SLOW_DOWN and error.retry_after is not None:
            # Waiting in a queue is no attempt: however long the queue, nothing is given up for it.
            if work.kind == "task":
                self._tasks.tell_trouble(work, error)
            self.store.postpone(work, at=now + timedelta(seconds=error.retry_after), counts=False)
            return
        if isinstance(error, NotYetError):
            self.store.postpone(work, at=now + timedelta(seconds=wait_for(work, error, self._timing)), counts=False)
            return
        if self._is_hopeless(work, error, now):
            self._give_up(work, str(error), error)
            return
        wait = wait_for(work, error, self._timing)
        log.info(
            "work.postponed",
            kind=work.kind,
            account=work.account,
            attempt=work.attempt,
            seconds=round(wait, 1),
            status=error.status,
        )
        if work.kind == "task":
            self._tasks.tell_trouble(work, error)
        self.store.postpone(work, at=now + timedelta(seconds=wait))

    def _is_hopeless(self, work: Work, error: HelpdeskError, now: datetime) -> bool:
        """Whether nothing is to be expected of another try. Credentials that are refused say nothing of this piece: a promise outlasts them."""
        is_refused = error.status == NOT_ACCEPTED
        if is_refused and work.kind in self._write:
            return False
        is_old = work.attempt >= FEWEST_ATTEMPTS and now - work.at > GIVES_UP_AFTER
        return is_old or (error.permanent and not is_refused)

    def _give_up(self, work: Work, message: str, error: HelpdeskError | None = None) -> None:
        log.warning("work.given_up", kind=work.kind, account=work.account, attempt=work.attempt)
        if work.kind == "task":
            self._tasks.tell_trouble(work, error or HelpdeskError(message))
        self.store.give_up(work, self._failure(work, message))

    def _put_aside(self, work: Work) -> None:
        """Give it up, and only then tell anybody: that may end us, too."""
        log.error("work.ends_us", kind=work.kind, account=work.account)
        self.store.give_up(work, self._failure(work, ENDS_US))
        if work.kind == "task":
            self._tasks.tell_trouble(work, HelpdeskError(ENDS_US))

    def _failure(self, work: Work, message: str) -> Failure:
        return Failure(
            id=failure_id(work.lies_on, work.id.encode()),
            kind=work.kind,
            account=work.account,
            ticket_id=work.ticket_id,
            at=self.advancing.clock(),
            message=message,
            body=work.planned,
        )

    def _wake(self, work: Work) -> None:
        event = Woken(key=work.key, event_id=work.id, at=work.at, reason=str(work.data.get("reason", "")))
        self.advancing.take(work.key, [event], known=True)

    def _forward(self, work: Work) -> None:
        event = work.data["event"]
        arrival = Arrival(
            account=work.account,
            kind="event",
            body=msgspec.json.encode(event),
            received_at=self.advancing.clock(),
            ticket_id=work.ticket_id,
            mark=f"forward:{work.id}",
        )
        self.store.accept(arrival)

    def _fetch(self, work: Work) -> None:
        told_of = work.data.get("told_of")
        if told_of and self._holds_later(work, datetime.fromisoformat(told_of)):
            return
        asked_at = self.advancing.clock()
        is_open = not told_of and self.store.watchers(work.key, now=asked_at)
        with asking(Asking(rank=Rank.OPEN if is_open else Rank.CHANGED, name=work.id, since=work.at)):
            snapshot = self._snapshot(work)
        if snapshot is None:
            return
        shown = _shown(work.key, snapshot, asked_at, since=listening_since(self.store, work.account))
        self.advancing.take(work.key, [shown], known=True)

    def _snapshot(self, work: Work) -> Snapshot | None:
        """The ticket; None for one that was deleted there, or is not for our eyes: nobody here could do anything about it."""
        try:
            return self._helpdesk(work).fetch_conversation(work.ticket_id)
        except HelpdeskError as error:
            if error.status != _NOT_THERE:
                raise
            log.info("fetch.not_there", account=work.account)
            return None

    def _holds_later(self, work: Work, told_of: datetime) -> bool:
        case = self.store.load(work.key)
        return case is not None and case.fetched_at is not None and case.fetched_at > told_of

    def _learn(self, work: Work) -> None:
        if not learn(self.advancing, work.key):
            raise NotYetError("the agents of this account are not known yet", retry_after=_NO_ROSTER_WAIT)

    def _helpdesk_to_write(self, work: Work) -> Helpdesk:
        """From here on a write waits for others, and its answers are small: what ends us is a kill, and no promise is given up for that."""
        self.beginnings.end(work.id)
        return self._helpdesk(work)

    def _forget(self, work: Work) -> None:
        """Erase a ticket that is gone from the helpdesk; one that is back stays."""
        case = self.store.load(work.key)
        if case is not None and case.gone:
            self.store.forget(work.key)
            self.store.note_erasure()

    def _helpdesk(self, work: Work) -> Helpdesk:
        account = self.advancing.accounts.get(work.account)
        if account is None:
            raise HelpdeskError(f"the account {work.account} is not connected any more", permanent=True)
        return self._connect(account)


def wait_for(work: Work, error: HelpdeskError, timing: Timing = USUAL) -> float:
    """Seconds until the next attempt: longer each time, never less than the helpdesk asks or than an unclear call may take.

    Work of one helpdesk is spread out a little, so that a thousand pieces do not come back at once.
    """
    spread = 1 + int(hashlib.sha256(work.id.encode()).hexdigest()[:4], 16) / 0xFFFF / 4
    backoff = min(2.0 ** min(work.attempt, 20), _LONGEST_WAIT) * spread
    if isinstance(error, NotYetError):
        return (error.retry_after or 0.0) * spread
    return max(backoff, error.retry_after or 0.0, timing.unclear_wait if error.unclear else 0.0)


def _shown(
    key: TicketKey, snapshot: Snapshot, asked_at: datetime, *, since: datetime | None
) -> Fetched | TicketDeleted:
    event_id, at = f"fetch:{snapshot.updated_at.isoformat()}", snapshot.updated_at
    if snapshot.gone:
        return TicketDeleted(key=key, event_id=f"{event_id}:gone", at=at)
    return Fetched(
        key=key,
        event_id=event_id,
        at=at,
        conversation=snapshot.conversation,
        hours=snapshot.hours,
        asked_at=asked_at,
        listening_since=since,
    )
