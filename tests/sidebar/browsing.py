"""The panel in a real browser, framed by the smallest helpdesk there is: what several files of tests share."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread

from msgspec.structs import replace
from playwright.sync_api import expect

from guidance.accounts import AccountBook
from guidance.dispatch import Advancing
from guidance.model import TicketKey
from guidance.rules import shipped_rulebook
from tests import cast, edges
from tests.sidebar.panel import Panel, account

KEY = TicketKey("zendesk:acme", "4821")
PAGES = {
    "/": ("text/html", Path(__file__).with_name("desk.html")),
    "/zaf_sdk.js": ("text/javascript", Path(str(files("guidance.demo") / "static" / "zaf_sdk.js"))),
}


class Pages(BaseHTTPRequestHandler):
    """Serves the desk's two files."""

    def do_GET(self):
        kind, path = PAGES.get(self.path.partition("?")[0], ("text/plain", None))
        self.send_response(200 if path else 204)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(path.read_bytes() if path else b"")

    def log_message(self, *_):
        pass


class Now:
    """The clock as it is."""

    now = property(lambda self: datetime.now(UTC))

    def __call__(self):
        return self.now


@contextmanager
def desk_served():
    """The address of the desk's page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def service_for(store, desk_url, monkeypatch):
    """The real service, for panels that this desk frames."""
    monkeypatch.setattr(edges, "SETTINGS", replace(edges.SETTINGS, zaf_sdk_url=f"{desk_url}/zaf_sdk.js"))
    store.put_account(account(origins=(desk_url,), hours={"time_zone": "America/New_York"}))
    clock = Now()
    with edges.Served(store, clock=clock) as served:
        yield Panel(served, clock)


READ_SINCE_WATCHED = """() => {
  const answered = (end) => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(end));
  const [watch] = answered("/watch");
  return watch && answered("/advice").some((one) => one.startTime >= watch.responseEnd);
}"""

BY_KEY = 8
"""Characters that are typed key by key; the rest of a text comes at once, as what somebody dictates or pastes."""


def typed(page, text, delay=0):
    """A text where the cursor stands. With a delay, all of it key by key."""
    by_key = len(text) if delay else BY_KEY
    page.keyboard.type(text[:by_key], delay=delay)
    page.keyboard.insert_text(text[by_key:])


class Desk:
    """One browser with the desk open, and the ticket behind it."""

    def __init__(self, page, panel, url):
        self.page, self.panel, self.url = page, panel, url
        self.frame = page.frame_locator("iframe")
        self.root = self.frame.locator("#guidance")
        self.cards = self.frame.locator(".card")
        self.state = self.frame.locator(".state")
        self.asked = []
        self.stumbled = []
        self.hearing = {
            "request": lambda request: self.asked.append((request.method, request.url)),
            "pageerror": lambda error: self.stumbled.append(str(error)),
            "console": lambda told: self.stumbled.append(told.text) if "Content Security" in told.text else None,
        }
        for event, hear in self.hearing.items():
            page.on(event, hear)

    @property
    def service(self):
        return f"http://127.0.0.1:{self.panel.served.port}"

    def open(self, token=None, before="") -> Desk:
        self.page.goto(self.url)
        self.page.evaluate(f"() => {{ {before} }}")
        self.page.evaluate("([url, token]) => desk.launch(url, token)", [self.service, token or self.panel.token()])
        expect(self.frame.locator(".state[data-state]")).to_be_attached(timeout=15_000)
        return self

    def leave(self):
        """The window as it was before: nothing open, nothing held up, nobody listening, no other page beside it."""
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()
        self.page.unroute_all()
        self.page.context.set_offline(False)
        self.page.emulate_media(color_scheme="null")
        self.page.goto("about:blank")
        for event, hear in self.hearing.items():
            self.page.remove_listener(event, hear)

    def ready(self, state="open|empty|hints"):
        expect(self.state).to_have_attribute("data-state", re.compile(state))
        return self

    def watched(self):
        """Once the service watches the ticket, and the panel has read what came before that."""
        frame = next(one for one in self.page.frames if one.name == "panel")
        frame.wait_for_function(READ_SINCE_WATCHED)
        return self

    def types(self, text, delay=0):
        self.page.locator("#composer").click()
        self.page.keyboard.press("Control+End")
        typed(self.page, text, delay=delay)

    def writes(self, html):
        self.page.evaluate("html => desk.write(html)", html)

    def happens(self, *events):
        """Something happens on the ticket, as the worker takes it in."""
        store = self.panel.served.store
        Advancing(store, AccountBook(store), shipped_rulebook, self.panel.clock).take(KEY, events)

    def drafts(self):
        return [url for method, url in self.asked if method == "POST" and url.endswith("/draft")]

    def submits(self):
        self.page.click("#submit")
        expect(self.page.locator("#outcome")).not_to_be_empty(timeout=3_000)
        return self.page.locator("#outcome").inner_text()


def ago(event, minutes):
    return replace(event, comment=replace(event.comment, at=datetime.now(UTC) - timedelta(minutes=minutes)))


def rana(text, number=1, minutes=200):
    return ago(cast.rana_says(text, number), minutes)


def amir(text, number=2, minutes=100):
    return ago(cast.amir_says(text, number), minutes)


@contextmanager
def among_files(chromium, files_url, **context):
    """A page that can import the sidebar's own modules, and holds nothing else. `context`: what its browser is told."""
    opened = chromium.new_context(**context)
    page = opened.new_page()
    page.goto(f"{files_url}/strings/en.json")
    yield page
    opened.close()


@contextmanager
def modules_of(chromium, files_url):
    """Calls code with one of the sidebar's modules and what else it is told."""
    with among_files(chromium, files_url) as page:

        def ask(name, code, *told):
            return page.evaluate(f"async (told) => ({code})(await import('/{name}'), ...told)", list(told))

        yield ask
