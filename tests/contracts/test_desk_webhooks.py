"""What the demo desk sends over HTTP is what the integrations take: verified, tamed, and of the ticket that it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

import pytest
import requests

from guidance.integrations import integrations
from guidance.model import Author, CommentAdded, Status, TaskChanged, TicketChanged
from tests.contracts.desk import DeskServer, DeskStage
from tests.contracts.test_helpdesk_port import task


class Sink(ThreadingHTTPServer):
    """Takes webhooks in, and keeps them in order."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Take)
        self.taken = Queue()


class _Take(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.put((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def sink():
    with Sink() as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def desk(sink):
    with DeskServer(f"http://127.0.0.1:{sink.server_port}") as served:
        yield served


@pytest.fixture(params=integrations())
def stage(request, desk, sink):
    while not sink.taken.empty():
        sink.taken.get()
    return DeskStage(desk, request.param)


def heard(stage, sink, wanted):
    """The first event of the kind that the desk's next webhooks tell of."""
    integration = integrations()[stage.account.helpdesk]
    for _ in range(6):
        path, headers, body = sink.taken.get(timeout=10)
        assert path == f"/webhooks/{stage.account.helpdesk}/demo"
        now = datetime.now(UTC)
        peek = integration.verify(headers, body, stage.account, now=now)
        events = integration.parse(body, stage.account, received_at=now)
        found = next((event for event in events if isinstance(event, wanted)), None)
        if found:
            return peek, found
    raise AssertionError(f"no {wanted.__name__} was heard")


def test_a_customers_message_is_a_comment_of_the_requester(stage, sink):
    words = {"account": stage.account.id, "ticket": stage.ticket_id, "text": "Any news?\nI wait."}
    assert requests.post(f"{stage.desk.url}/desk/api/customer", json=words, timeout=5).status_code == 201
    peek, event = heard(stage, sink, CommentAdded)
    assert peek.ticket_id == event.key.ticket_id == stage.ticket_id
    assert event.comment.author is Author.REQUESTER
    assert event.comment.text.split() == ["Any", "news?", "I", "wait."]
    assert event.comment.author_name == "Rana Haddad" or stage.account.helpdesk == "freshdesk"


def test_the_confirmed_comment_says_the_same_as_the_webhook(stage, sink):
    words = {"account": stage.account.id, "ticket": stage.ticket_id, "text": "One more thing: is it insured?"}
    requests.post(f"{stage.desk.url}/desk/api/customer", json=words, timeout=5)
    _, event = heard(stage, sink, CommentAdded)
    last = stage.client.fetch_conversation(stage.ticket_id).conversation.comments[-1]
    assert (last.text, last.author, last.author_name) == (
        event.comment.text,
        event.comment.author,
        event.comment.author_name,
    )
    assert stage.account.helpdesk == "freshdesk" or last.id == event.comment.id


def solve(stage, ticket_id):
    """Amir solves a ticket."""
    passes = requests.post(f"{stage.desk.url}/desk/api/sign-in", json={"agent": "amir"}, timeout=5).json()
    headers = {"Authorization": passes[stage.account.helpdesk]["authorization"]}
    change = {"zendesk": {"ticket": {"status": "solved"}}, "freshdesk": {"status": 4}}[stage.account.helpdesk]
    return requests.put(f"{stage.account.base_url}/api/v2/tickets/{ticket_id}", json=change, headers=headers, timeout=5)


def test_our_task_solved_is_heard_under_the_ticket_of_the_promise(stage, sink):
    made = stage.client.create_task(task(stage, 6))
    assert solve(stage, made.task_id).status_code == 200
    for _ in range(3):
        _, event = heard(stage, sink, TaskChanged)
        assert (event.key.ticket_id, event.task_id) == (stage.ticket_id, made.task_id)
        assert event.follow_up_id == task(stage, 6).follow_up_id
        if event.done:
            return
    raise AssertionError("the task was never heard to be done")


def test_a_ticket_that_was_solved_says_so(stage, sink):
    assert solve(stage, stage.ticket_id).status_code == 200
    _, event = heard(stage, sink, TicketChanged)
    assert event.ticket.status is Status.SOLVED
    assert "status" in event.fields
