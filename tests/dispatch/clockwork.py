"""One ticket, its tasks in a helpdesk that fails as told, and a clock that the test turns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing, Dispatcher
from guidance.errors import HelpdeskError, TaskClosedError
from guidance.model import FollowUpChanged, FollowUpState, Person
from guidance.ports import TaskMade
from guidance.rules import shipped_rulebook
from tests import cast
from tests.cast import KEY, NOW
from tests.edges import ACME

S = FollowUpState
CALL = "Hi Rana, I'll call you tomorrow at 3pm."
BEFORE = HelpdeskError("Zendesk answered 503: it is in trouble.", status=503)
AFTER = HelpdeskError("Zendesk took too long.", unclear=True)


class Died(BaseException):
    """A worker that was killed: nothing runs after it, not even error handling."""


class Helpdesk:
    """Makes tasks, and fails as told: `before` or `after` the work, or dies there."""

    def __init__(self):
        self.made, self.updates, self.notes, self.tags, self.gone = {}, [], [], [], set()
        self.closed, self.deleted = set(), set()
        self.faults = []

    def create_task(self, task):
        place, fault = self.faults.pop(0) if self.faults else (None, None)
        if place == "before":
            raise fault
        self.made.setdefault((task.follow_up_id, task.instead_of), []).append(task)
        if place == "after":
            raise fault
        return self.find_task(task)

    def find_task(self, task):
        named = (task.follow_up_id, task.instead_of)
        made = f"t{list(self.made).index(named)}" if named in self.made else None
        return TaskMade(task_id=made, url="u") if made and made not in self.deleted else None

    def agent(self, agent_id):
        return None if agent_id in self.gone else Person(id=agent_id, name="Amir Khan")

    def update_task(self, update):
        if self.faults:
            raise self.faults.pop(0)[1]
        if update.task_id in self.deleted:
            raise HelpdeskError("there is no such thing", permanent=True, status=404)
        if update.task_id in self.closed:
            raise TaskClosedError(f"task {update.task_id} is closed for good")
        self.updates.append(update)

    def write_note(self, note):
        self.notes.append(note)
        if self.faults:
            raise self.faults.pop(0)[1]

    def has_note(self, note):
        return any(note.mark == one.mark for one in self.notes)

    def add_tag(self, ticket_id, tag):
        self.tags.append((ticket_id, tag))


class Clockwork:
    """One ticket, one dispatcher, and a clock that the test turns."""

    def __init__(self, store, **settings):
        told = {"grace_for": 600, "hours": {"time_zone": "America/New_York"}} | settings
        store.put_account(replace(ACME, settings=told))
        self.store, self.now, self.watch = store, NOW, 0.0
        self.helpdesk = Helpdesk()
        self.advancing = Advancing(store, AccountBook(store), shipped_rulebook, lambda: self.now)
        self.begin()

    def begin(self):
        """A worker process begins: it remembers nothing."""
        self.dispatcher = Dispatcher(self.advancing, lambda _account: self.helpdesk)
        self.dispatcher._tasks._monotonic = lambda: self.watch

    def set(self, **settings):
        """Somebody changes the account's settings, and every process has noticed."""
        self.store.change_account(ACME.id, lambda one: replace(one, settings=one.settings | settings))
        self.advancing.accounts.forget()
        return self

    def promise(self, *texts):
        for number, text in enumerate(texts or [CALL]):
            event = cast.amir_says(text, 2 + number)
            self.advancing.take(KEY, [event])
        return self

    def later(self, **span):
        self.now += timedelta(**span)
        self.watch += timedelta(**span).total_seconds()
        return self

    def runs(self):
        """Do all that is due; a worker may die of it."""
        while self.dispatcher.run_due(KEY.shard):
            pass
        return self

    def dies(self):
        with pytest.raises(Died):
            self.runs()
        self.begin()
        return self

    def told(self, number=0, *, by="12", **fields):
        known = self.follow_ups[number]
        event = FollowUpChanged(
            key=KEY, event_id="a", at=self.now, changed=replace(known, **fields), fields=tuple(fields), by=by
        )
        self.advancing.take(KEY, [event])
        return self

    @property
    def follow_ups(self):
        return self.store.load(KEY).follow_ups

    @property
    def state(self):
        return self.follow_ups[0].state

    @property
    def tasks(self):
        return [task for tasks in self.helpdesk.made.values() for task in tasks]
