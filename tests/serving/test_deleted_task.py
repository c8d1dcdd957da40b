"""A task that somebody throws away in the helpdesk: heard of in its list of changes, made anew, and let go when it is thrown away again."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from guidance import worker as worker_module
from guidance.model import FollowUpState, TicketKey
from tests.serving.scene import ACCOUNT, ZENDESK, FastClock, Scene

pytestmark = pytest.mark.timeout(90)


@pytest.mark.parametrize("account", [ZENDESK, ACCOUNT], ids=["zendesk", "freshdesk"])
def test_a_task_that_is_thrown_away_comes_back_once(store, monkeypatch, account):
    monkeypatch.setattr(worker_module, "DUE_EVERY", 0.05)
    clock = FastClock(30)
    with Scene(store, clock, 1, account=account) as scene:
        known = store.account(account)
        store.put_account(replace(known, settings=known.settings | {"grace_for": 0}))
        (ticket,) = scene.tickets

        def promise():
            case = store.load(TicketKey(account, str(ticket.id)))
            return case.follow_ups[0] if case and case.follow_ups else None

        def comes(holds, what):
            until = time.monotonic() + 30
            while not ((one := promise()) and holds(one)):
                assert time.monotonic() < until, what
                scene.workers[0].reconciler.run(known)
                time.sleep(0.5)
            return one

        scene.agent_replies(ticket, "Hi Tomás, I am sorry for the long wait. I'll call you tomorrow at 3pm.")
        first = comes(lambda one: one.task_id, "the promise became no task").task_id
        scene.helpdesk.delete(int(first), actor_id=ticket.assignee_id)
        second = comes(lambda one: one.task_id not in (None, first), "no other task was made")
        assert second.state is FollowUpState.TASK_MADE
        scene.helpdesk.delete(int(second.task_id), actor_id=ticket.assignee_id)
        alone = comes(lambda one: one.task_id is None, "that it is gone was not heard of")
        assert (alone.state, scene.tasks()) == (FollowUpState.NOTED, [])
        assert "a new time makes another one" in alone.trouble
