"""One web process on gevent's own server: thousands of open streams in one process, and a fast door for webhooks.

Measured beside gunicorn's gevent worker (`bench/webhooks.py`): about a quarter more requests a second, one process less.
Call `serve` where `gevent.monkey.patch_all` has patched the standard library before anything else was imported.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from io import BufferedReader
from threading import Event
from types import TracebackType
from typing import Any

import gevent
import gevent.event
import gevent.pool
import structlog
from flask import Flask
from gevent.pywsgi import Input, WSGIHandler, WSGIServer

from guidance.app.creating import broadcaster_of, create_app, noticing_of
from guidance.app.receiving import Received
from guidance.errors import GuidanceError, SetupError
from guidance.settings import Settings
from guidance.telemetry import LOOP_LAG

log = structlog.get_logger()

BACKLOG = 2048
MOST_CONNECTIONS = 10_000
STOPS_WITHIN = 2.0
_LINGERS_OVER = 4 << 20
"""Bytes of an unread body that are read all the same, so that an honest caller gets to see a refusal."""

_READ_AT_ONCE = 1 << 13
_LAG_EVERY = 0.1
_LAG_KEPT = 50


_TOO_SLOW = ("408", b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-length: 0\r\n\r\n")
_UNREADABLE = ("400", b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-length: 0\r\n\r\n")


class _Handler(WSGIHandler):  # type: ignore[misc]
    """Answers one connection. What goes wrong on it is logged in a line, without a word of what was sent."""

    wsgi_input: Input

    def __init__(self, sock: Any, address: Any, server: Any) -> None:
        self._received = Received(sock, give_way=gevent.sleep)
        super().__init__(sock, address, server, BufferedReader(self._received, _READ_AT_ONCE))

    def read_requestline(self) -> str:
        self._received.begin()
        line: str = super().read_requestline()
        return line

    def run_application(self) -> None:
        super().run_application()
        self._let_go_of_body()
        gevent.sleep(0)  # a caller whose next request is there already gives way to all others first

    def _let_go_of_body(self) -> None:
        """Read what is left of the body, but not without end, only to keep the connection."""
        left = _LINGERS_OVER
        try:
            while left > 0 and (read := len(self.wsgi_input.read(1 << 16))):
                left -= read
        except OSError:  # it comes too slowly, or not at all: where the next request begins can't be known
            self.close_connection = True
        if left <= 0:
            self.wsgi_input = Input(self.rfile, 0)
            self.close_connection = True

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        """What can't be read as a request, or takes too long to come. The server's own words print it, with a traceback for some."""
        if isinstance(error, TimeoutError):
            log.info("web.unreadable_request", reason="too slow")
            return _TOO_SLOW
        told = next(iter(error.args), "")
        reason = told.partition(":")[0].partition(";")[0] if isinstance(told, str) else type(error).__name__
        log.info("web.unreadable_request", reason=reason[:40])
        return _UNREADABLE

    def handle_error(self, kind: type[BaseException], _error: BaseException, _traceback: TracebackType | None) -> None:
        log.info("web.cut_off", error=kind.__name__)
        self.close_connection = True


class _Server(WSGIServer):  # type: ignore[misc]
    def handle(self, sock: Any, address: Any) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handle(sock, address)


def serve(settings: Settings, app: Flask | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then end all streams and finish what is under way. Raises `SetupError`."""
    _allow_many_files()
    app = app or create_app(settings, offload=offloaded)
    server = _listening(settings, app)
    stopping, noticed_enough = gevent.event.Event(), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, stopping.set)
    broadcaster = broadcaster_of(app)
    broadcaster.start()
    gevent.spawn(noticing_of(app).run, noticed_enough)
    gevent.spawn(_watch_lag)
    log.info("web.listening", host=settings.host, port=settings.port)
    stopping.wait()
    noticed_enough.set()
    server.close()
    broadcaster.close()
    server.stop(timeout=STOPS_WITHIN)
    log.info("web.stopped")


def offloaded(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call it in a thread of its own, beside the loop, which goes on serving meanwhile; its errors come back here."""
    found, refused = gevent.get_hub().threadpool.apply(_told, (call, args, kwargs))
    if refused:
        raise refused
    return found


def _told(call: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, GuidanceError | None]:
    """What it found, or why it refused. An error that leaves the thread by itself is printed as if something were broken."""
    try:
        return call(*args, **kwargs), None
    except GuidanceError as error:
        return None, error


def _listening(settings: Settings, app: Flask) -> WSGIServer:
    pool = gevent.pool.Pool(MOST_CONNECTIONS)
    server = _Server((settings.host, settings.port), app, backlog=BACKLOG, spawn=pool, log=None, handler_class=_Handler)
    try:
        server.start()
    except OSError as error:
        raise SetupError(
            f"{settings.listens_at} can't be listened on ({error.strerror}); set GUIDANCE_HOST or GUIDANCE_PORT"
        ) from error
    return server


def _allow_many_files() -> None:
    """Each stream is an open file, and 1,024 of them is a common limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _watch_lag() -> None:
    """Measure how late this process wakes up: whatever computes for long in it shows here."""
    late: deque[float] = deque(maxlen=_LAG_KEPT)
    while True:
        before = time.monotonic()
        gevent.sleep(_LAG_EVERY)
        late.append(time.monotonic() - before - _LAG_EVERY)
        LOOP_LAG.set(max(late))
