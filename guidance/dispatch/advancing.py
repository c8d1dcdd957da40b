"""The one way in which a case changes: read it, advance it, save it by comparing versions, and again if somebody was first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from guidance.accounts import AccountBook, settings_of
from guidance.conversations import empty_case
from guidance.conversations.redacting import has_erased
from guidance.errors import StoreUnavailableError
from guidance.model import (
    AccountSettings,
    AgentHabits,
    AnyEvent,
    Case,
    Effect,
    Fetched,
    Person,
    TaskChanged,
    TaskMode,
    TicketChanged,
    TicketDeleted,
    TicketKey,
)
from guidance.pipeline import advance
from guidance.ports import Account, InboxEntry, Store
from guidance.rules import Rulebook

TRIES = 20

T = TypeVar("T")
Stepped = tuple[Case, Sequence[Effect], T]
"""A case as it is now, what the world has to do, and what is told to whoever asked."""

Readers = Callable[[Case, datetime], Iterable[AgentHabits]]
"""The agents to advise on a case at a moment."""


class Advancing:
    """Takes events into cases. `rulebook` is asked each time, since a new one may have come into force."""

    def __init__(
        self, store: Store, accounts: AccountBook, rulebook: Callable[[], Rulebook], clock: Callable[[], datetime]
    ) -> None:
        self.store = store
        self.accounts = accounts
        self.rulebook = rulebook
        self.clock = clock

    def take(
        self, key: TicketKey, events: Sequence[AnyEvent], *, entry: InboxEntry | None = None, known: bool = False
    ) -> Case:
        """Advance one ticket by these events and save it with all effects. Raises `StoreUnavailableError`.

        `known`: only a ticket that is kept. What was planned for one that was erased meanwhile brings nothing of it back.
        """
        if all(isinstance(event, TicketDeleted | TaskChanged) for event in events) and self.store.load(key) is None:
            return self._left_alone(key, events, entry)

        def step(case: Case, now: datetime) -> Stepped[Case]:
            if known and not case.version:
                return case, (), case
            effects: list[Effect] = []
            for event in events:
                outcome = advance(case, event, self.rulebook(), now)
                case = outcome.case
                effects += outcome.effects
            return case, effects, case

        return self.attempt(key, step, readers=partial(self._watching, events=events), entry=entry)

    def _left_alone(self, key: TicketKey, events: Sequence[AnyEvent], entry: InboxEntry | None) -> Case:
        """What is gone, or a task of ours, is no news of a ticket that was never here; the network may know of it all the same."""
        if any(isinstance(event, TicketDeleted) for event in events):
            self.store.learn(key.account, key.ticket_id, None, now=self.clock())
        self._leave_out(entry)
        return empty_case(key)

    def attempt(
        self,
        key: TicketKey,
        step: Callable[[Case, datetime], Stepped[T]],
        *,
        readers: Readers,
        entry: InboxEntry | None = None,
    ) -> T:
        """What `step` makes of a ticket, saved with its effects: the case, these, and what to answer. Where nothing changed nothing is.

        It is asked again where somebody else was first. Raises `StoreUnavailableError`, and what `step` raises.
        """
        for _ in range(TRIES):
            now = self.clock()
            before = self._handed_in(key, readers, now)
            after, effects, told = step(before, now)
            if not before.version and self.accounts.read(key.account) is None:  # it may have been wiped a moment ago
                self._leave_out(entry)
                return told
            if entry is None and after == before and not effects:
                return told
            if self.store.save(after, effects, entry=entry, now=now):
                if has_erased(before, after):
                    self.store.note_erasure()
                return told
        raise StoreUnavailableError(f"a ticket changed {TRIES} times while it was being saved", retry_after=1)

    def _leave_out(self, entry: InboxEntry | None) -> None:
        """Be done with an arrival of which nothing is taken in."""
        if entry is not None:
            self.store.acknowledge(entry)

    def opened(self, key: TicketKey, now: datetime) -> Case:
        """The case with the account's settings and the agents to advise handed in."""
        return self._handed_in(key, self._watching, now)

    def _handed_in(self, key: TicketKey, readers: Readers, now: datetime) -> Case:
        case = self.store.load(key) or empty_case(key)
        return replace(case, settings=self.settings(case), readers=tuple(readers(case, now)))

    def settings(self, case: Case) -> AccountSettings:
        """The account's settings, with the ticket's own hours where the helpdesk gave them. In shadow nothing is written."""
        settings = _settings(case, self.accounts.get(case.key.account))
        if not settings.speaks_on(case.conversation.ticket):
            # A pilot may have come here a moment ago, and a promise that is passed over now never gets its task.
            settings = _settings(case, self.accounts.read(case.key.account))
        if not settings.speaks_on(case.conversation.ticket):
            settings = replace(settings, task_mode=TaskMode.LEDGER)
        settings = self.accounts.with_known(settings)
        told = case.told_hours
        return replace(settings, hours=told) if told and told.weekly and not settings.own_hours else settings

    def _watching(self, case: Case, now: datetime, events: Sequence[AnyEvent] = ()) -> Iterator[AgentHabits]:
        """Those who have the ticket open, else whose it is once these events are known."""
        assignee = _assignee(case, events)
        agents = self.store.watchers(case.key, now=now) or ([assignee.id] if assignee.id else [])
        for agent_id in agents:
            habits = self.store.habits(case.key.account, agent_id, now=now)
            yield replace(habits, agent_name=assignee.name if agent_id == assignee.id else None)


def _assignee(case: Case, events: Sequence[AnyEvent]) -> Person:
    """Whose ticket it is once these events are known: of a new one nobody is known before."""
    for event in reversed(events):
        if isinstance(event, Fetched) and event.conversation.assignee.id:
            return event.conversation.assignee
        if isinstance(event, TicketChanged) and "assignee" in event.fields and event.assignee.id:
            return event.assignee
    return case.conversation.assignee


def _settings(case: Case, account: Account | None) -> AccountSettings:
    return settings_of(account) if account else AccountSettings(account=case.key.account)
