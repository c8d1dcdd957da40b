"""Freshdesk sends no id with its webhooks: what comes twice leaves conversation, hints and tasks as they were."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from guidance import worker as worker_module
from guidance.model import TicketKey
from tests.serving.scene import ACCOUNT, UPSET, FastClock, Scene, hears

pytestmark = pytest.mark.timeout(90)


def eventually(holds, what):
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.05)


@pytest.mark.parametrize("thin", [False, True], ids=["with text", "thin"])
def test_every_webhook_of_a_conversation_repeated_changes_nothing(store, monkeypatch, thin):
    monkeypatch.setattr(worker_module, "DUE_EVERY", 0.05)
    clock = FastClock(8)
    with Scene(store, clock, 1, thin=thin) as scene:
        account = store.account(ACCOUNT)
        store.put_account(replace(account, settings=account.settings | {"grace_for": 0}))
        (ticket,) = scene.tickets
        key = TicketKey(ACCOUNT, str(ticket.id))
        stream = scene.open([ticket])
        since = clock()
        scene.customer_writes(ticket, UPSET)
        hears(stream, ticket, clock, since)
        stream.close()
        scene.agent_replies(ticket, "Hi Tom\u00e1s, I am sorry for the long wait. I'll call you tomorrow at 3pm.")
        eventually(scene.tasks, "the promise became no task")
        eventually(lambda: scene.is_whole(ticket) and scene.is_idle(), "the service never came to rest")
        before, told = store.load(key), list(scene.parcels)
        assert len(told) >= 3
        assert [scene.repeat(one) for one in (*told, *reversed(told))] == [200] * (2 * len(told))
        eventually(scene.is_idle, "the repeated webhooks were never worked off")
        after = store.load(key)
        assert after.conversation.comments == before.conversation.comments
        assert after.follow_ups == before.follow_ups
        assert after.slots == before.slots
        assert after.provisional == ()
        assert len(scene.tasks()) == 1
