"""The Zendesk app's own look at whether the service can be reached, in a real Chromium, before a client that tests play."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

SCRIPT = (files("guidance.integrations.zendesk") / "app" / "assets" / "offline.js").read_text("utf8")
CLIENT = """(service) => {
  globalThis.notices = [];
  globalThis.again = null;
  const sooner = globalThis.setTimeout;
  globalThis.setTimeout = (act, ms) => (ms > 60_000 ? (again = act) : sooner(act, ms));
  globalThis.registered = null;
  globalThis.ZAFClient = { init: () => ({
    on: (_, listener) => (registered = listener),
    metadata: async () => ({ settings: { service_url: service } }),
    get: async () => ({ currentUser: { locale: "en" } }),
    invoke: (_, words) => notices.push(words),
  }) };
}"""


class Proxy(BaseHTTPRequestHandler):
    """What stands before a service that is down."""

    def do_GET(self):
        self.send_response(502)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def proxy():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def noticed(chromium, files_url):
    """What agents are told once the app has looked at a service three times."""
    context = chromium.new_context()
    page = context.new_page()

    def looked_at(service):
        page.goto(f"{files_url}/strings/en.json")
        page.evaluate(CLIENT, service)
        page.evaluate(SCRIPT)
        page.evaluate("() => registered()")
        for _ in range(2):
            page.wait_for_function("again")
            page.evaluate("() => { const look = again; again = null; look(); }")
        page.wait_for_function("again")
        return page.evaluate("notices")

    yield looked_at
    context.close()


def test_a_proxy_that_answers_for_a_service_that_is_down_does_not_count_as_the_service(noticed, proxy):
    assert len(noticed(proxy)) == 1


def test_a_service_that_is_up_is_left_unmentioned(noticed, panel):
    assert noticed(f"http://127.0.0.1:{panel.served.port}") == []
