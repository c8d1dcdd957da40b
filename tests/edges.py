"""A real HTTP server around the whole application, and what helpdesks and sidebars send to it."""

from __future__ import annotations

import http.client
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from threading import Thread

from werkzeug.serving import make_server

from guidance.app import create_app
from guidance.app.creating import broadcaster_of
from guidance.conversations import empty_case
from guidance.errors import HelpdeskError
from guidance.integrations.zendesk.auth import sign
from guidance.model import Conversation, FollowUp, KeepFollowUp, Person, Ticket, TicketKey
from guidance.ports import Account, Snapshot
from guidance.rules import shipped_rulebook
from guidance.settings import Settings
from guidance.sidebar import Sessions

SECRET = "acme's webhook secret"
ACME = Account(id="zendesk:acme", base_url="http://127.0.0.1:1/zendesk", secrets={"webhook": SECRET})
ACME_EU = Account(id="freshdesk:acme-eu", base_url="http://127.0.0.1:1/freshdesk", secrets={"webhook": SECRET})
SETTINGS = Settings(secret_key=b"a key for tests only")


class Desk:
    """A helpdesk where everybody may open every ticket but those in `closed`."""

    tickets_at = "https://acme.example/agent/tickets/"

    def __init__(self):
        self.closed = set()

    def may_open(self, agent_id, ticket_id):
        return ticket_id not in self.closed

    def fetch_conversation(self, ticket_id):
        conversation = Conversation(key=TicketKey(ACME.id, ticket_id), ticket=Ticket(id=ticket_id))
        return Snapshot(conversation=conversation, updated_at=datetime.now(UTC))

    def agent(self, agent_id):
        return Person(id=agent_id)

    def teams(self):
        raise HelpdeskError("It does not say which groups there are.")


class Integrated:
    """A helpdesk's own folder, but for the client, which must not be reached."""

    def __init__(self, name, desk):
        self.NAME = name
        self.verify = import_module(f"guidance.integrations.{name}.auth").verify
        self.parse = import_module(f"guidance.integrations.{name}.events").parse
        self.connect = lambda account: desk


class Served:
    """The application on a port of its own."""

    def __init__(self, store, *, clock=lambda: datetime.now(UTC), desk=None):
        self.store = store
        self.desk = desk or Desk()
        helpdesks = {name: Integrated(name, self.desk) for name in ("zendesk", "freshdesk")}
        self.app = create_app(SETTINGS, store=store, clock=clock, helpdesks=helpdesks, rulebook=shipped_rulebook)
        self.broadcaster = broadcaster_of(self.app)
        self.sessions = Sessions(SETTINGS.secret_key, store, clock)
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.port = self.server.server_port

    def __enter__(self):
        self.broadcaster.start()
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.broadcaster.close()
        self.server.shutdown()
        self.server.server_close()

    def request(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, dict(headers))
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def webhook(self, body, *, path="/webhooks/zendesk/acme", headers=None):
        return self.request("POST", path, body, signed(body) if headers is None else headers)

    def bearer(self, agent_id="12", account=ACME.id):
        return {"Authorization": f"Bearer {self.sessions.open(account, agent_id).token}"}

    def watch(self, *tickets, agent_id="12", account=ACME.id, bearer=None):
        """`bearer`: of the window that says so; None: of one that was just opened."""
        body = json.dumps({"tickets": tickets})
        return self.request("PUT", "/api/v1/stream/watch", body, bearer or self.bearer(agent_id, account))

    @contextmanager
    def streaming(self, agent_id="12", account=ACME.id, **headers):
        """An open stream of one agent's sidebar."""
        told = self.bearer(agent_id, account) | {name.replace("_", "-"): value for name, value in headers.items()}
        stream = Sidebar(self.port, told)
        try:
            yield stream
        finally:
            stream.close()


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Sidebar:
    """The reading end of a stream, as `fetch` in a browser sees it."""

    def __init__(self, port, headers, *, timeout=10.0):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.connection.request("GET", "/api/v1/stream", headers=headers)
        self.response = self.connection.getresponse()
        self.status, self.headers = self.response.status, self.response.headers

    def block(self):
        """The next block, up to its blank line, as a dict of fields; a comment stands under ''."""
        told = {}
        while line := self.response.readline().decode().rstrip("\n"):
            name, _, value = line.partition(":")
            told[name] = value.strip()
        return told

    def event(self):
        """The next event, comments left out."""
        while not (told := self.block()).get("event"):
            if not told:
                raise EOFError("the stream has ended")
        return told | {"data": json.loads(told["data"])}

    def close(self):
        self.response.close()
        self.connection.close()


def join(store, threads):
    """Wait for the end of threads that were told to stop; their waits for news at the store end at once, as if none had come."""
    while alive := [one for one in threads if one.is_alive()]:
        for client in store.client.client_list():
            if "b" in client["flags"]:
                store.client.client_unblock(int(client["id"]))
        alive[0].join(0.02)


def signed(body, *, secret=SECRET, at=None):
    """The headers of a Zendesk webhook."""
    stamp = (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "Content-Type": "application/json",
        "X-Zendesk-Webhook-Signature-Timestamp": stamp,
        "X-Zendesk-Webhook-Signature": sign(secret, stamp, body),
    }


def comment_added(ticket_id="4821", event_id="ev-1", text="Where is my parcel?"):
    """The body of an event subscription, as Zendesk sends it."""
    told = {
        "account_id": 18525119,
        "id": event_id,
        "subject": f"zen:ticket:{ticket_id}",
        "time": "2026-03-04T10:11:12.345678901Z",
        "type": "zen:event-type:ticket.comment_added",
        "zendesk_event_version": "2022-11-06",
        "detail": {"id": ticket_id, "status": "OPEN", "requester_id": "900", "updated_at": "2026-03-04T10:11:12Z"},
        "event": {
            "comment": {
                "id": f"c-{event_id}",
                "body": text,
                "is_public": True,
                "author": {"id": "900", "is_staff": False},
            }
        },
    }
    return json.dumps(told, indent=2).encode() + b"\n"


def crowd(store, account, group, *, count=1_001, due_at, owner_id="12", ticket="9999"):
    """So many open promises of a group on one ticket, in the lists across tickets."""
    key = TicketKey(account, ticket)
    listed = [
        FollowUp(
            id=f"f{key.shard}-{group}-{number}",
            account=account,
            ticket_id=ticket,
            comment_id="1",
            words="I'll look into it",
            group=group,
            owner_id=owner_id,
            due_at=due_at,
        )
        for number in range(count)
    ]
    case = store.load(key) or empty_case(key)
    assert store.save(case, [KeepFollowUp(follow_up=one) for one in listed], now=due_at)
