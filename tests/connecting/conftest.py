"""The whole service around a real store, the desk before anybody has connected it, and the command line."""

from __future__ import annotations

from threading import Thread

import pytest
import requests
from click.testing import CliRunner
from werkzeug.serving import make_server

from guidance.app import create_app
from guidance.app.creating import broadcaster_of, noticing_of
from guidance.cli import main
from guidance.demo.server import QuietHandler
from guidance.rules import shipped_rulebook
from guidance.settings import Settings
from guidance.worker import Worker
from tests.conftest import KEY
from tests.contracts.desk import DeskServer
from tests.edges import join


class Service:
    """The web process and a worker, on a port of its own, with the real clients of the helpdesks."""

    def __init__(self, store):
        self.store = store
        self.app = create_app(Settings(secret_key=KEY), store=store, rulebook=shipped_rulebook)
        self.server = make_server("127.0.0.1", 0, self.app, threaded=True, request_handler=QuietHandler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.worker = Worker(store, shipped_rulebook)
        self.work = Thread(target=self.worker.run)

    def __enter__(self):
        broadcaster_of(self.app).start()
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.work.start()
        return self

    def looks_anew(self):
        """Believe accounts to be as the store has them; else they are taken to be as they were for a moment."""
        for forget in (self.worker.advancing.accounts.forget, *noticing_of(self.app)._tell):
            forget()

    def ends_its_work(self):
        """The worker comes to its end; the web process stays."""
        self.worker.stop()
        join(self.store, [self.work])

    def __exit__(self, *_):
        self.ends_its_work()
        broadcaster_of(self.app).close()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def service(store):
    with Service(store) as running:
        yield running


@pytest.fixture
def desk(service):
    """Its calls a minute hold nobody back here; `tests/serving/test_rate_limited_account.py` is about a desk that does."""
    with DeskServer(service.url, is_connected=False, requests_a_minute=100_000) as served:
        yield served


@pytest.fixture
def run(valkey, service, monkeypatch):
    """Run a command line against this service and its store."""
    monkeypatch.setenv("GUIDANCE_REDIS_URL", valkey.url)
    monkeypatch.setenv("GUIDANCE_SECRET_KEY", KEY.decode())
    monkeypatch.setenv("GUIDANCE_PUBLIC_URL", service.url)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments, given=None: CliRunner().invoke(main, [str(one) for one in arguments], input=given)


class Admin:
    """Lena, who may set up everything in the desk's Zendesk."""

    def __init__(self, desk):
        self.base_url = f"{desk.url}/zendesk"
        passes = requests.post(f"{desk.url}/desk/api/sign-in", json={"agent": "lena"}, timeout=5).json()
        self.headers = {"Authorization": passes["zendesk"]["authorization"]}

    def get(self, path):
        return requests.get(f"{self.base_url}/api/v2/{path}", headers=self.headers, timeout=5).json()

    def call(self, method, path, body=None):
        answer = requests.request(method, f"{self.base_url}/api/v2/{path}", json=body, headers=self.headers, timeout=5)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def admin(desk):
    return Admin(desk)


def fields_that_hold(words, case):
    """The names of a case's fields in which these words stand: what is told of them where they should be gone."""
    return [name for name in case.__struct_fields__ if words in str(getattr(case, name))]
