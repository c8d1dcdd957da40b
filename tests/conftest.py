"""What tests of several areas share: a real Valkey, started once, and an empty store on it for each test."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import sync_playwright

from guidance.store import EmbeddedValkey, open_store
from tests.browser import installed

KEY = b"a key for tests only"


WAITING = ("browser_stories", "connecting", "serving", "soak")
"""Folders whose tests start processes of their own, and wait for them."""


def pytest_collection_modifyitems(items):
    """What waits comes first, then files by their number of tests: what is left at the end is short, and leaves no process alone with it."""
    counts = Counter(item.path for item in items)

    def place(item):
        waits = item.path.parent.name in WAITING or "in_browser" in item.path.name
        return not waits, -counts[item.path], str(item.path)

    items.sort(key=place)


@pytest.fixture(scope="session")
def valkey(tmp_path_factory):
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def store(valkey):
    """An empty store; the server may be killed, the next test finds it running again."""
    valkey.ensure_running()
    opened = open_store(valkey.url, key=KEY, max_connections=96)
    opened.client.flushall()
    yield opened
    opened.close()


CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    # What drops down from an address bar that nobody sees is a page of its own in each window, and costs more than ours.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
]


@pytest.fixture(scope="session")
def chromium():
    """The one real browser of the whole run."""
    path = installed()  # which may ask Playwright itself, and one at a time is all that it bears
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()
