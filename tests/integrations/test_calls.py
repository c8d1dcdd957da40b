"""Calls over a real line: their answers are read to the end, within their time."""

from __future__ import annotations

import gzip
import json
import socket
from contextlib import suppress
from threading import Event, Thread

import pytest

from guidance.dispatch.timing import USUAL
from guidance.errors import HelpdeskError
from guidance.integrations import calls
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.ports import Account

TICKET = json.dumps({"id": 1, "subject": "Parcel " * 5_000}).encode()


class Wire:
    """A server that answers each call on one connection with the same bytes, whole or in drips, and counts connections."""

    def __init__(self, headers, pieces):
        self.head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + b"\r\n"
        self.pieces, self.connections, self.is_over = pieces, 0, Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                self.connections += 1
                Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line):
        with line, suppress(OSError):
            while line.recv(65536):
                line.sendall(self.head)
                for piece in self.pieces:
                    line.sendall(piece)
                    if self.is_over.wait(self.apart):
                        return

    apart = 0.0

    def close(self):
        self.is_over.set()
        self._server.close()


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


WHOLE = {
    "in one piece": (b"Content-Length: %d\r\n" % len(TICKET), [TICKET]),
    "in two pieces": (b"Content-Length: %d\r\n" % len(TICKET), [TICKET[:100], TICKET[100:]]),
    "in chunks": (b"Transfer-Encoding: chunked\r\n", [chunk(TICKET[:9]), chunk(TICKET[9:]), chunk(b"")]),
    "packed": (b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(gzip.compress(TICKET)), [gzip.compress(TICKET)]),
}  # fmt: skip


@pytest.fixture
def answered():
    """An API whose every answer is these headers and pieces, so many seconds apart."""
    wires = []

    def made(headers, pieces, apart=0.0):
        wires.append(Wire(headers, pieces))
        wires[-1].apart = apart
        return wires[-1], FreshdeskApi(
            Account(id="freshdesk:acme", base_url=wires[-1].address, secrets={"api_key": "k"})
        )

    yield made
    for wire in wires:
        wire.close()


@pytest.mark.parametrize("how", WHOLE)
def test_an_answer_is_read_to_its_end_and_its_connection_used_again(answered, how):
    wire, api = answered(*WHOLE[how])
    assert [api.get("tickets/1", dict) for _ in range(3)] == [json.loads(TICKET)] * 3
    assert wire.connections == 1


def test_an_answer_that_drips_is_waited_for_only_so_long(answered, monkeypatch):
    monkeypatch.setattr(calls, "ANSWERED_WITHIN", 0.05)
    _, api = answered(b"Content-Length: 10000\r\n", [b" "] * 10_000, 0.01)
    with pytest.raises(HelpdeskError, match="took too long") as caught:
        api.post("tickets", {}, dict)
    assert caught.value.unclear


def test_a_call_that_is_waited_for_as_long_as_can_be_is_over_when_it_has_to_be():
    assert calls.ANSWERED_WITHIN + calls.TIME_OUTS[1] <= USUAL.call_ends_within


def test_an_answer_that_breaks_off_is_no_whole_one(answered):
    wire, api = answered(b"Content-Length: 10000\r\n", [b"{"])
    wire.is_over.set()
    with pytest.raises(HelpdeskError, match="broke off"):
        api.get("tickets/1", dict)
