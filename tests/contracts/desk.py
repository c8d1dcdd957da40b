"""The demo desk's two helpdesks over real HTTP, as stages for the contract."""

from __future__ import annotations

import socket
from functools import cache
from threading import Thread

import requests

from guidance.demo import DeskSettings, demo_accounts, make_desk_server, new_secrets
from guidance.integrations import integrations

secrets = cache(new_secrets)
"""The secrets of every desk of a run: a key pair takes longer to make than many a test runs."""


class DeskServer:
    """The desk on a port of its own; unless told where, its webhooks reach nobody."""

    def __init__(self, service_url="http://127.0.0.1:1", **settings):
        self.service_url = service_url
        self.told = settings

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        settings = DeskSettings(
            secrets=secrets(),
            desk_url=self.url,
            service_url=self.service_url,
            zendesk_retries=(),
            freshdesk_retries=(),
            **{"export_held_back": 0, **self.told},
        )
        self.settings = settings
        self.accounts = {account.helpdesk: account for account in demo_accounts(self.url, settings.secrets)}
        self.server = make_desk_server(settings, "127.0.0.1", port)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class DeskStage:
    """One of the desk's helpdesks. `ticket_id`: an open ticket of a customer's, with an assignee and an agent's comment."""

    def __init__(self, desk, helpdesk):
        self.desk, self.account = desk, desk.accounts[helpdesk]
        self.client = integrations()[helpdesk].connect(self.account)
        self.ticket_id = {"zendesk": "4821", "freshdesk": "318"}[helpdesk]
        fetched = self.client.fetch_conversation(self.ticket_id).conversation
        self.agent_id, self.customer_id = fetched.assignee.id, fetched.requester.id
        self.customer_email = fetched.requester.email

    def mails(self):
        return requests.get(f"{self.desk.url}/desk/api/outbox", timeout=5).json()["mails"]
