"""While everything is paused, and on tickets in shadow, nothing is written to the helpdesk: no task, no change of one, no note, no tag."""

from __future__ import annotations

from datetime import timedelta

import pytest

from guidance.model import Ticket, TicketChanged
from tests import cast
from tests.cast import KEY, NOW
from tests.dispatch.clockwork import Clockwork, S

SHADOW, PAUSED = {"live_in": []}, {"paused": True}


def written(clockwork):
    desk = clockwork.helpdesk
    return len(clockwork.tasks), len(desk.updates), len(desk.notes), len(desk.tags)


def a_task(clockwork):
    clockwork.promise().later(minutes=11)


def a_change(clockwork):
    clockwork.promise().later(minutes=11).runs().told(due_at=clockwork.now + timedelta(days=3), due_kind="time")


def a_link(clockwork):
    """The task is made, and its worker ends before the ticket names it."""
    clockwork.promise().later(minutes=11)
    (work,) = [one for one in clockwork.store.due(KEY.shard, now=clockwork.now, lease_for=60) if one.kind == "task"]
    clockwork.dispatcher.perform(work)


def a_reminder(clockwork):
    clockwork.promise().later(minutes=11).runs()
    clockwork.later(hours=26, minutes=30)


DUE = [a_task, a_change, a_link, a_reminder]


@pytest.fixture(params=["note", "tag"])
def clockwork(store, request):
    made = Clockwork(store, remind_in=request.param, live_in=["group:Delivery"])
    event = TicketChanged(key=KEY, event_id="g", at=NOW, ticket=Ticket(group="Delivery"), fields=("group",))
    made.advancing.take(KEY, [event])
    return made


@pytest.mark.parametrize("due", DUE)
def test_what_is_due_while_everything_is_paused_waits_and_is_written_after_it(clockwork, due):
    due(clockwork)
    before = written(clockwork)
    clockwork.set(**PAUSED).later(minutes=15).runs()
    assert written(clockwork.later(hours=1).runs()) == before
    assert clockwork.store.failures() == []
    clockwork.set(paused=False).later(minutes=1).runs()
    assert written(clockwork) != before


@pytest.mark.parametrize("due", DUE)
def test_what_is_due_on_a_ticket_that_is_back_in_shadow_is_not_written(clockwork, due):
    due(clockwork)
    before = written(clockwork)
    clockwork.set(**SHADOW).later(minutes=15).runs()
    assert written(clockwork.later(hours=1).runs()) == before
    assert clockwork.store.failures() == []


def test_a_promise_that_is_kept_in_shadow_leaves_its_task_alone(clockwork):
    clockwork.promise().later(minutes=11).runs().set(**SHADOW)
    clockwork.advancing.take(KEY, [cast.rana_says("Never mind, it is sorted now.", 30)])
    clockwork.told(state=S.WITHDRAWN).later(minutes=1).runs()
    assert clockwork.helpdesk.updates == []
