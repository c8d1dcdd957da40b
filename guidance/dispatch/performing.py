"""Doing what fell due: waking tickets, fetching them, forwarding to other tickets, making tasks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace

from guidance.dispatch.advancing import Advancing
from guidance.errors import GuidanceError, HelpdeskError, StoreUnavailableError
from guidance.followups import task_request
from guidance.integrations.budget import Asking, asking
from guidance.model import AnyEvent, Fetched, FollowUp, FollowUpChanged, FollowUpState, TicketKey, Woken, Work
from guidance.ports import Account, Arrival, Failure, Helpdesk, TaskMade

log = structlog.get_logger()

LEASE = 60.0
"""Seconds for which claimed work is left to its worker; longer than any call to a helpdesk may take."""

MOST_ATTEMPTS = 12
_LONGEST_WAIT = 3600.0
_SLOW_DOWN = 429
_UNCLEAR_WAIT = 15.0
"""Seconds after which a helpdesk can't be at work any more on a call that we gave up waiting for."""


class Dispatcher:
    """Performs due work. Every path may be cut off anywhere and taken up again: nothing is lost, nothing is done twice."""

    def __init__(self, advancing: Advancing, connect: Callable[[Account], Helpdesk]) -> None:
        self.advancing = advancing
        self.store = advancing.store
        self._connect = connect
        self._act: dict[str, Callable[[Work], None]] = {
            "wake": self._wake,
            "fetch": self._fetch,
            "forward": self._forward,
            "task": self._make_task,
        }

    def run_due(self, shard: int, *, count: int = 16) -> int:
        """Do what is due on one shard; how many pieces were claimed."""
        claimed = self.store.due(shard, now=self.advancing.clock(), lease_for=LEASE, count=count)
        for work in claimed:
            self.perform(work)
        return len(claimed)

    def perform(self, work: Work) -> None:
        """Do one claimed piece of work, and settle it: done, again later, or given up into the failures."""
        try:
            self._act[work.kind](work)
        except HelpdeskError as error:
            self._again_or_give_up(work, error)
        except StoreUnavailableError:
            raise
        except GuidanceError as error:
            self._give_up(work, str(error))
        else:
            self.store.done(work)

    def _again_or_give_up(self, work: Work, error: HelpdeskError) -> None:
        if error.status == _SLOW_DOWN and error.retry_after is not None:
            # Waiting in a queue is no attempt: however long the queue, nothing is given up for it.
            until = self.advancing.clock() + timedelta(seconds=error.retry_after)
            self.store.postpone(work, at=until, counts=False)
            return
        if error.permanent or work.attempt >= MOST_ATTEMPTS:
            self._give_up(work, str(error))
            return
        wait = error.retry_after or (_UNCLEAR_WAIT if error.unclear else min(2.0**work.attempt, _LONGEST_WAIT))
        log.info(
            "work.postponed",
            kind=work.kind,
            account=work.account,
            attempt=work.attempt,
            seconds=wait,
            status=error.status,
        )
        self.store.postpone(work, at=self.advancing.clock() + timedelta(seconds=wait))

    def _give_up(self, work: Work, message: str) -> None:
        key = TicketKey(work.account, work.ticket_id)
        failure = Failure(
            id=f"{key.shard}-{hashlib.sha256(work.id.encode()).hexdigest()[:12]}",
            kind=work.kind,
            account=work.account,
            ticket_id=work.ticket_id,
            at=self.advancing.clock(),
            message=message,
            body=msgspec.msgpack.encode(replace(work, attempt=0)),
        )
        log.warning("work.given_up", kind=work.kind, account=work.account, attempt=work.attempt)
        self.store.give_up(work, failure)
        if work.kind == "task":
            self._tell(work, {"trouble": message}, FollowUpState.PLANNED)

    def _wake(self, work: Work) -> None:
        self._deliver(
            work, Woken(key=_key(work), event_id=work.id, at=work.at, reason=str(work.data.get("reason", "")))
        )

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
        is_open = bool(self.store.watchers(_key(work), now=self.advancing.clock()))
        with asking(Asking(is_open=is_open, name=work.id, since=work.at)):
            snapshot = self._helpdesk(work).fetch_conversation(work.ticket_id)
        event = Fetched(
            key=_key(work),
            event_id=f"fetch:{snapshot.updated_at.isoformat()}",
            at=snapshot.updated_at,
            conversation=snapshot.conversation,
            hours=snapshot.hours,
        )
        self._deliver(work, event)

    def _make_task(self, work: Work) -> None:
        """Make the helpdesk task of a follow-up: `creating` is saved before the call, and an earlier attempt's task is looked for."""
        follow_up = self._follow_up(work)
        if (
            follow_up is None
            or follow_up.task_id
            or follow_up.state not in (FollowUpState.PLANNED, FollowUpState.CREATING)
        ) or self.advancing.is_in_shadow(_key(work)):
            return
        was_creating = follow_up.state is FollowUpState.CREATING
        self._tell(work, {"attempt": work.attempt}, FollowUpState.CREATING)
        helpdesk = self._helpdesk(work)
        request = task_request(follow_up, work.data.get("requester"))
        made: TaskMade | None = helpdesk.find_task(request) if was_creating else None
        made = made or helpdesk.create_task(request)
        self._tell(work, {"task_id": made.task_id, "trouble": None}, FollowUpState.TASK_MADE)

    def _follow_up(self, work: Work) -> FollowUp | None:
        case = self.store.load(_key(work))
        wanted = work.data["follow_up_id"]
        return next((one for one in case.follow_ups if one.id == wanted), None) if case else None

    def _tell(self, work: Work, told: dict[str, Any], state: FollowUpState) -> None:
        follow_up = self._follow_up(work)
        if follow_up is None:
            return
        now = self.advancing.clock()
        self._deliver(
            work,
            FollowUpChanged(
                key=_key(work),
                event_id=f"{work.id}:{work.attempt}:{state}",
                at=now,
                changed=replace(follow_up, state=state, **told),
                fields=("state", *told),
            ),
        )

    def _deliver(self, work: Work, event: AnyEvent) -> None:
        self.advancing.take(_key(work), [event])

    def _helpdesk(self, work: Work) -> Helpdesk:
        account = self.advancing.accounts.get(work.account)
        if account is None:
            raise HelpdeskError(f"the account {work.account} is not connected any more", permanent=True)
        return self._connect(account)


def _key(work: Work) -> TicketKey:
    return TicketKey(work.account, work.ticket_id)
