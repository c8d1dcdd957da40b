from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from guidance.sidebar.page import STATIC
from tests.edges import Served
from tests.sidebar.browsing import modules_of
from tests.sidebar.panel import Clock, Panel, account


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def panel(store, clock):
    store.put_account(account())
    with Served(store, clock=clock) as served:
        yield Panel(served, clock)


class Quiet(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def files_url():
    """The sidebar's own files, as they are, for tests of single modules."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(STATIC)))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def module(chromium, files_url):
    """Asks single modules of the sidebar in a page of their own."""
    with modules_of(chromium, files_url) as ask:
        yield ask
