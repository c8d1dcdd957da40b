"""One of the desk's helpdesks and the whole service on it, with real clients, under a clock that may run fast."""

from __future__ import annotations

import socket
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from threading import Thread

import requests
from msgspec.structs import replace
from werkzeug.serving import make_server

from guidance.app import create_app
from guidance.app.creating import broadcaster_of
from guidance.demo import DeskSettings, demo_accounts
from guidance.demo.app import create_desk
from guidance.demo.seeds import SeedComment, SeedTicket, place
from guidance.dispatch import warm_up
from guidance.integrations.zendesk.bodies import TRIGGER_TEMPLATE
from guidance.integrations.zendesk.setup import FOR_TRIGGERS
from guidance.model import TicketKey
from guidance.rules import shipped_rulebook
from guidance.settings import Settings
from guidance.sidebar import Sessions
from guidance.store import keys
from guidance.worker import Worker
from tests import edges
from tests.conftest import KEY
from tests.contracts.desk import secrets

LIMIT, SHARE = 50, 0.8
ACCOUNT = "freshdesk:demo"
ZENDESK = "zendesk:demo"
UPSET = "This is the third time I write and nothing has come. I am really disappointed. Where is it?"


class FastClock:
    """Time that runs `speed` times as fast as ours."""

    def __init__(self, speed):
        self.speed, self.began, self.start = speed, time.monotonic(), datetime.now(UTC)

    def __call__(self):
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * self.speed)


class Counted:
    """The desk's own limit, with a log of all that was asked of it."""

    def __init__(self, limit, clock):
        self.limit, self.clock, self.log, self.refused = limit, clock, deque(), 0

    def spend(self, key, credits_=1):
        allowance = self.limit.spend(key, credits_)
        self.log.append((self.clock(), credits_))
        self.refused += allowance.is_spent
        return allowance

    def most_in_a_minute(self):
        log = list(self.log)
        return max(sum(n for at, n in log if start <= at < start + timedelta(minutes=1)) for start, _ in log)


class Scene:
    """The desk, the whole service on it, and an agent with some of its tickets open."""

    def __init__(self, store, clock, tickets, *, account=ACCOUNT, thin=False, workers=1):
        self.store, self.clock, self.account = store, clock, account
        self.name = account.partition(":")[0]
        self.app = create_app(Settings(secret_key=KEY), store=store, clock=clock, rulebook=shipped_rulebook)
        self.service = make_server("127.0.0.1", 0, self.app, threaded=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        desk_settings = DeskSettings(
            secrets=secrets(),
            desk_url=f"http://127.0.0.1:{port}",
            service_url=f"http://127.0.0.1:{self.service.server_port}",
            requests_a_minute=LIMIT,
            freshdesk_retries=(),
            zendesk_retries=(),
            thin_webhooks=thin,
        )
        desk_app = create_desk(desk_settings, clock=clock)
        self.desk_server = make_server("127.0.0.1", port, desk_app, threaded=True)
        self.room = desk_app.extensions["guidance_desk"].rooms[self.name]
        self.calls = Counted(self.room.calls, clock)
        desk_app.extensions["guidance_desk"].rooms[self.name] = replace(self.room, calls=self.calls)
        self.helpdesk = self.room.helpdesk
        self._only_by_trigger(desk_app.extensions["guidance_desk"].zendesk_setup)
        self.parcels, self.desk_url = [], desk_settings.desk_url
        self._record(desk_app.extensions["guidance_desk"].sender)
        self.tickets = [self.ticket(number) for number in range(tickets)]
        accounts = demo_accounts(desk_settings.desk_url, desk_settings.secrets)
        known = next(one for one in accounts if one.id == account)
        store.put_account(replace(known, config=known.config | {"api_share": SHARE}))
        self.agent_id = str(self.tickets[0].assignee_id)
        self.workers = [Worker(store, shipped_rulebook, clock=clock) for _ in range(workers)]
        self.threads = [
            Thread(target=server.serve_forever, args=(0.02,)) for server in (self.service, self.desk_server)
        ]
        self.threads += [Thread(target=worker.run) for worker in self.workers]

    def _only_by_trigger(self, setup):
        """Zendesk tells of comments by our trigger alone, which names no comment: each one has to be fetched."""
        for webhook in setup.webhooks.values():
            webhook["subscriptions"] = [FOR_TRIGGERS]
            action = {"field": "notification_webhook", "value": [webhook["id"], TRIGGER_TEMPLATE]}
            setup.add_trigger({"actions": [action]})

    def _record(self, sender):
        """Keep every webhook that leaves."""
        send = sender.send

        def recorded(parcel):
            self.parcels.append(parcel)
            send(parcel)

        sender.send = recorded

    def agent_replies(self, ticket, text):
        self.helpdesk.write(ticket.id, actor_id=ticket.assignee_id, html=text, is_public=True)

    def repeat(self, parcel):
        return requests.post(parcel.url, parcel.body, headers=parcel.headers, timeout=5).status_code

    def tasks(self):
        return [one for one in self.helpdesk.tickets() if one.is_task]

    def is_idle(self):
        """Whether nothing waits to be worked off, and no ticket to be fetched."""
        waiting = [one for shard in keys.shards() for one in self.store.client.zrange(keys.due(shard), 0, -1)]
        return not self.store.waiting() and not any(one.startswith(b"fetch:") for one in waiting)

    def ticket(self, number):
        comments = [SeedComment(by="tomas", ago="2h", text=f"My order number {number} has not come.")]
        seed = SeedTicket(
            helpdesk=self.name, subject=f"Order {number}", requester="tomas", assignee="amir", comments=comments
        )
        return place(self.helpdesk, seed)

    def __enter__(self):
        warm_up(shipped_rulebook())
        broadcaster_of(self.app).start()
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.stop()
        broadcaster_of(self.app).close()
        for server in (self.service, self.desk_server):
            server.shutdown()
            server.server_close()
        edges.join(self.store, self.threads)

    def open(self, tickets):
        """An agent's stream, with these tickets open."""
        opened = Sessions(KEY, self.store, self.clock).open(
            self.account, self.agent_id, claimed=self.name == "freshdesk"
        )
        headers = {"Authorization": f"Bearer {opened.token}"}
        ids = [str(one.id) for one in tickets]
        for ticket_id in ids:
            self.store.remember(f"access:{self.account}:{self.agent_id}:{ticket_id}", b"yes", seconds=3600)
        self.store.watch(
            self.account, self.agent_id, ids, session=opened.session.id, now=self.clock() + timedelta(hours=1)
        )
        return edges.Sidebar(self.service.server_port, headers, timeout=20)

    def customer_writes(self, ticket, text):
        self.helpdesk.write(ticket.id, actor_id=ticket.requester_id, html=text, is_public=True)

    def is_whole(self, ticket):
        """Whether the service holds every public comment of the ticket, confirmed; its own notes are never taken in."""
        case = self.store.load(TicketKey(self.account, str(ticket.id)))
        held = {one.id for one in case.conversation.comments} if case else set()
        return {str(one.id) for one in self.helpdesk.ticket(ticket.id).comments[1:] if one.is_public} <= held


def hears(stream, ticket, clock, since):
    """Seconds, by the service's clock, until the sidebar has a hint on this ticket."""
    while True:
        told = stream.event()
        data = told["data"]
        if told["event"] == "hint" and data["ticket"] == str(ticket.id) and data["advice"]["hints"]:
            return (clock() - since).total_seconds()
