"""What tests of several areas share: a real Valkey, started once, and an empty store on it for each test."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from playwright.sync_api import sync_playwright
from werkzeug.routing import Rule

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


class Compiled(BytecodeCache):
    """Templates as they were compiled, by their text."""

    def __init__(self):
        self.known = {}

    def load_bytecode(self, bucket):
        if (code := self.known.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket):
        self.known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once():
    """What one application compiled of its pages serves the next one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": Compiled()})
        yield


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once():
    """Hundreds of tests make an application of their own, and most of that time goes into code that werkzeug writes and compiles
    for each of its addresses. It hangs on nothing but the address: what was compiled for one application serves the next."""
    known, compiled = {}, Rule._compile_builder

    def compiled_once(rule, append_unknown=True):
        if rule.defaults:
            return compiled(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled_once)
        yield


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
