"""The whole way of the data: a signed webhook over HTTP, the inbox on a real Valkey, a worker, the stream, the draft, the task."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from guidance.ports import TaskMade
from guidance.rules import shipped_rulebook
from guidance.worker import Worker
from tests.edges import ACME, Desk, Served, comment_added

ANGRY = "Third time I write. Still no parcel. This is ridiculous. Where is it?"


class TaskDesk(Desk):
    """A helpdesk that remembers the tasks it was asked for."""

    def __init__(self):
        super().__init__()
        self.tasks = []
        self.made = Event()

    def find_task(self, task):
        return next(
            (TaskMade(task_id=str(n)) for n, one in enumerate(self.tasks) if one.follow_up_id == task.follow_up_id),
            None,
        )

    def create_task(self, task):
        self.tasks.append(task)
        self.made.set()
        return TaskMade(task_id=str(len(self.tasks) - 1))


@contextmanager
def working(store, desk):
    """A worker on this store, for as long as it is needed."""
    worker = Worker(store, shipped_rulebook, connect=lambda _account: desk)
    thread = Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join()


@pytest.fixture
def desk():
    return TaskDesk()


@pytest.fixture
def served(store, desk):
    store.put_account(replace(ACME, settings={"grace_for": 0}))
    with Served(store, desk=desk) as server:
        yield server


def reply(text, event_id="ev-2"):
    """A public reply of agent 12, as an event subscription brings it, written just now."""
    told = json.loads(comment_added(event_id=event_id, text=text))
    told["event"]["comment"]["author"] = {"id": "12", "name": "Amir Khan", "is_staff": True}
    told["time"] = told["detail"]["updated_at"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps(told).encode()


def types(served, text, *, settled=True, seq=1):
    body = json.dumps({"text": text, "visibility": "public", "settled": settled, "seq": seq})
    headers = served.bearer() | {"Content-Type": "application/json"}
    return served.request("POST", "/api/v1/tickets/zendesk:acme/4821/draft", body, headers)


def heard(stream, kind):
    """The next event of a kind."""
    while (event := stream.event())["event"] != kind:
        continue
    return event["data"]


def test_an_angry_message_reaches_the_open_sidebar_and_the_draft_brings_its_hint(served, store, desk):
    with working(store, desk), served.streaming() as stream:
        served.watch("4821")
        assert served.webhook(comment_added(text=ANGRY)).status == 200
        told = heard(stream, "hint")
        assert told["ticket"] == "4821"
        answer = types(served, "Please send me your order number.", seq=7)
    advice = answer.json()
    assert (answer.status, advice["seq"]) == (200, 7)
    hints = {hint["rule"]: hint for hint in advice["hints"]}
    assert hints["three-as.acknowledge"]["evidence"][0]["text"] in ANGRY


def test_half_a_greeting_brings_no_hint_about_what_is_missing(served, store, desk):
    with working(store, desk), served.streaming() as stream:
        served.watch("4821")
        served.webhook(comment_added(text=ANGRY))
        heard(stream, "hint")
        assert types(served, "Hi Ra", settled=False).json()["hints"] == []


def test_a_promise_that_was_sent_becomes_one_task_with_its_due_time(served, store, desk):
    with working(store, desk), served.streaming() as stream:
        served.watch("4821")
        for _ in range(2):
            served.webhook(reply("Hello, I'll call you tomorrow at 3pm."))
        assert desk.made.wait(10)
        while heard(stream, "follow_up")["follow_up"]["state"] != "task_made":
            continue
    (task,) = desk.tasks
    assert (task.ticket_id, task.due_at.hour, task.assignee_id) == ("4821", 15, "12")
    assert store.follow_ups(ACME.id)[0].task_id == "0"


def test_a_body_that_lacks_a_field_lies_in_quarantine_with_the_path_and_can_be_retried(served, store, desk):
    broken = json.loads(comment_added())
    del broken["event"]["comment"]["id"]
    served.webhook(json.dumps(broken).encode())
    worker = Worker(store, shipped_rulebook, connect=lambda _account: desk)
    (entry,) = [entry for shard in range(16) for entry in store.claim(shard, "test")]
    worker.work(entry)
    (failure,) = store.failures()
    assert "comment" in failure.path
    assert store.retry(failure.id, now=datetime.now(UTC))
    arrived = [entry.arrival.kind for shard in range(16) for entry in store.claim(shard, "test")]
    assert (arrived, store.failures()) == (["event", "webhook"], [])
