"""The load, in a process of its own: raw sockets, so that it costs less than what it measures.

`python -m bench.load PORT post PATH CONNECTIONS SECONDS`: as many requests as the answers allow; prints a JSON object.
`python -m bench.load PORT stream TOKENS EVENTS PER_SECOND`: opens a sidebar for each token in the file, sends webhooks,
and waits for each one's news.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import ClassVar, cast

from bench.desk import FIRST_TICKET, quantile, request, webhook

WAITS_FOR = 10.0
WARMS_UP = 40
"""Events that are not counted: the first texts that a worker reads make it load what it reads them with."""

_OPENING_AT_ONCE = 100
_EMPTY_BODY = b'{"a": "' + b"x" * 700 + b'"}'


class Caller(asyncio.Protocol):
    """One connection that sends its next request as soon as it has an answer."""

    sent: ClassVar = 0
    took: ClassVar[list[float]] = []
    refused: ClassVar = 0
    ends_at: ClassVar = 0.0

    def __init__(self, path: str) -> None:
        self.path = path
        self.answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.send()

    def send(self) -> None:
        Caller.sent += 1
        told = (
            request("POST", self.path, _EMPTY_BODY)
            if self.path == "/empty"
            else webhook(Caller.sent, Caller.sent % 997)
        )
        self.began = time.perf_counter()
        self.transport.write(told)

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, _, body = self.answer.partition(b"\r\n\r\n")
        if not body.endswith(b"}"):
            return
        Caller.took.append(time.perf_counter() - self.began)
        Caller.refused += not head.startswith(b"HTTP/1.1 200")
        self.answer = b""
        if time.perf_counter() < Caller.ends_at:
            self.send()
        else:
            self.transport.close()


async def post(port: int, path: str, connections: int, seconds: float) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    Caller.ends_at = time.perf_counter() + seconds
    for _ in range(connections):
        await loop.create_connection(lambda: Caller(path), "127.0.0.1", port)
    await asyncio.sleep(seconds + 0.5)
    took = Caller.took
    return {
        "per_second": len(took) / seconds,
        "p50_ms": quantile(took, 0.5) * 1000,
        "p99_ms": quantile(took, 0.99) * 1000,
        "refused": Caller.refused,
    }


class Sidebar(asyncio.Protocol):
    """One open stream. `waiting` maps a ticket to when its webhook was sent, and how to tell that the news came."""

    waiting: ClassVar[dict[str, tuple[float, asyncio.Future[float]]]] = {}
    resets: ClassVar = 0

    def __init__(self, token: str, opened: asyncio.Future[bool]) -> None:
        self.token = token
        self.opened = opened
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(
            request("GET", "/api/v1/stream", headers={"Authorization": f"Bearer {self.token}"})
        )

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        *blocks, self.pending = (self.pending + data).split(b"\n\n")
        if not self.opened.done() and (blocks or self.pending):
            self.opened.set_result((blocks or [self.pending])[0].startswith(b"HTTP/1.1 200"))
        for block in blocks:
            self.told(block, at)

    def told(self, block: bytes, at: float) -> None:
        Sidebar.resets += b"event: reset" in block
        if b"event: hint" not in block:
            return
        data = json.loads(block.partition(b"data: ")[2])
        sent_at, heard = Sidebar.waiting.pop(data["ticket"], (0.0, None))
        if heard and not heard.done():
            heard.set_result(at - sent_at)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_result(False)


async def stream(port: int, tokens: list[str], events: int, per_second: float) -> dict[str, float]:
    began = time.perf_counter()
    opened: list[bool] = []
    for start in range(0, len(tokens), _OPENING_AT_ONCE):
        opened += await asyncio.gather(*(_open(port, token) for token in tokens[start : start + _OPENING_AT_ONCE]))
    opening = time.perf_counter() - began
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = []
    starts_at = asyncio.get_running_loop().time()
    for number in range(WARMS_UP + events):
        await asyncio.sleep(max(0.0, starts_at + number / per_second - asyncio.get_running_loop().time()))
        heard.append(_send(writer, number, str(FIRST_TICKET + number * 7 % len(tokens))))
    await asyncio.wait(heard, timeout=WAITS_FOR)
    took = [one.result() for one in heard[WARMS_UP:] if one.done()]
    return {
        "open": sum(opened),
        "refused": len(tokens) - sum(opened),
        "opening_s": opening,
        "events": events,
        "missing": events - len(took),
        "resets": Sidebar.resets,
        "p50_ms": quantile(took, 0.5) * 1000,
        "p99_ms": quantile(took, 0.99) * 1000,
        "max_ms": max(took) * 1000,
    }


async def _open(port: int, token: str) -> bool:
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[bool] = loop.create_future()
    try:
        await loop.create_connection(lambda: Sidebar(token, opened), "127.0.0.1", port)
        return await asyncio.wait_for(opened, WAITS_FOR)
    except (OSError, TimeoutError):
        return False


def _send(writer: asyncio.StreamWriter, number: int, ticket: str) -> asyncio.Future[float]:
    heard: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    told = webhook(number, int(ticket))
    Sidebar.waiting[ticket] = (time.perf_counter(), heard)
    writer.write(told)
    return heard


def main() -> None:
    port, what, *told = sys.argv[1:]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if what == "post":
        found = asyncio.run(post(int(port), told[0], int(told[1]), float(told[2])))
    else:
        tokens = Path(told[0]).read_text().split()
        found = asyncio.run(stream(int(port), tokens, int(told[1]), float(told[2])))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
