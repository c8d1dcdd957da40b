"""Thirty updates of a ticket in ten minutes: the next one waits here, and Zendesk never has to refuse it."""

from __future__ import annotations

import pytest
import requests

from guidance.cli.opening import connected
from guidance.errors import HeldBackError
from guidance.integrations.zendesk.updates import MOST, TicketUpdates, updated_by
from tests.contracts.desk import DeskStage
from tests.edges import ACME


@pytest.fixture
def answered(monkeypatch):
    """The status of every update that reached the desk."""
    seen = []
    send = requests.Session.send

    def recording(self, request, **kwargs):
        answer = send(self, request, **kwargs)
        if request.method == "PUT":
            seen.append(answer.status_code)
        return answer

    monkeypatch.setattr(requests.Session, "send", recording)
    return seen


def test_two_processes_share_thirty_updates_of_a_ticket_and_zendesk_refuses_none(desk, store, answered):
    stage = DeskStage(desk, "zendesk")
    clients = [connected(stage.account, store) for _ in range(2)]
    held = 0
    for number in range(MOST + 10):
        try:
            clients[number % 2].add_tag("4823", "guidance_due_soon")
        except HeldBackError as error:
            held += 1
            assert error.retry_after > 0
    assert (answered, held) == ([200] * MOST, 10)
    clients[0].add_tag("4824", "guidance_due_soon")


class Watch:
    now = 0.0

    def __call__(self):
        return self.now


def test_what_zendesk_says_is_left_goes_before_our_own_count():
    watch = Watch()
    updates = TicketUpdates(ACME, monotonic=watch)
    updates.spend("4821")
    updates.hear("4821", {"zendesk-ratelimit-per-ticket-updates": "total=30; remaining=0; resets=468"})
    with pytest.raises(HeldBackError) as held:
        updates.spend("4821")
    assert held.value.retry_after == 468
    updates.spend("4822")
    watch.now = 469
    updates.spend("4821")


@pytest.mark.parametrize("path", ["tickets/4821.json", "tickets/4821/tags.json", "tickets/4821?include=users"])
def test_a_ticket_and_its_tags_are_counted_as_one(path):
    assert updated_by("PUT", path) == "4821"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "tickets/4821.json"), ("POST", "tickets.json"), ("PUT", "users/7")]
)
def test_nothing_else_is_counted(method, path):
    assert updated_by(method, path) is None
