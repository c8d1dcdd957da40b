"""An account of fifty calls a minute, under a flood: nothing lost, nothing over budget, open tickets first.

The clock of the service and of the desk runs faster than ours in the small size, at ours in the soak.
"""

from __future__ import annotations

import time

import pytest

from guidance import worker as worker_module
from tests.serving.scene import ACCOUNT, LIMIT, SHARE, UPSET, ZENDESK, FastClock, Scene, hears


@pytest.mark.timeout(1500)
@pytest.mark.parametrize(
    ("account", "speed", "tickets", "messages", "opened", "thin"),
    [
        pytest.param(ACCOUNT, 8, 10, 40, 3, False, id="small"),
        pytest.param(ACCOUNT, 8, 6, 24, 2, True, id="small, thin webhooks"),
        pytest.param(ZENDESK, 8, 4, 16, 2, False, id="small, Zendesk"),
        pytest.param(ACCOUNT, 1, 40, 200, 5, False, id="soak", marks=pytest.mark.soak),
        pytest.param(ACCOUNT, 1, 40, 200, 5, True, id="soak, thin webhooks", marks=pytest.mark.soak),
        pytest.param(ZENDESK, 1, 40, 200, 5, False, id="soak, Zendesk", marks=pytest.mark.soak),
    ],
)
def test_a_flood_loses_nothing_never_exceeds_its_budget_and_open_tickets_are_served_at_once(
    store, monkeypatch, account, speed, tickets, messages, opened, thin
):
    monkeypatch.setattr(worker_module, "DUE_EVERY", 0.05)
    clock = FastClock(speed)
    with Scene(store, clock, tickets + opened, account=account, thin=thin, workers=2) as scene:
        watched, others = scene.tickets[:opened], scene.tickets[opened:]
        stream = scene.open(watched)
        waits = []
        for number in range(messages):
            scene.customer_writes(others[number % tickets], f"Is there any news on number {number}?")
            if number % (messages // opened) == messages // opened - 1:
                ticket, since = watched[len(waits)], clock()
                scene.customer_writes(ticket, UPSET)
                waits.append(hears(stream, ticket, clock, since))
            time.sleep(60 / speed / messages / 2)
        stream.close()
        until = time.monotonic() + 1200 / speed
        while not all(scene.is_whole(one) for one in scene.tickets):
            assert time.monotonic() < until, "something was lost, or came too late"
            time.sleep(0.1)
        print(
            f"\nhints after {[round(one, 2) for one in waits]} s, {scene.calls.most_in_a_minute()} calls in the fullest minute, whole after {(clock() - clock.start).total_seconds():.0f} s"
        )
        assert max(waits) < 5
        assert scene.calls.refused == 0
        assert scene.calls.most_in_a_minute() <= LIMIT * SHARE + 1
        assert store.failures() == []
