"""What the benches of the running service share: its processes, a signed caller, and a load that costs little itself."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from guidance.ports import Account
from guidance.store import EmbeddedValkey, RedisStore, ending_with_parent, open_store

KEY = "a key for benches only"
SECRET = "a webhook secret for benches only"
ACME = Account(id="zendesk:acme", base_url="http://127.0.0.1:1/zendesk", secrets={"webhook": SECRET})
ANGRY = "Third time I write. Still no parcel. This is ridiculous. Where is it, and who calls me back?"
FIRST_TICKET = 1001
STARTS_WITHIN = 20.0


class Bench:
    """A store, and processes beside it that end with the bench."""

    def __init__(self, valkey: EmbeddedValkey, store: RedisStore) -> None:
        self.store = store
        self.port = free_port()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "GUIDANCE_REDIS_URL": valkey.url,
            "GUIDANCE_SECRET_KEY": KEY,
            "GUIDANCE_PORT": str(self.port),
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `python -m …` beside the store."""
        command = ending_with_parent([sys.executable, "-m", *arguments])
        process = subprocess.Popen(command, env=self._environment, stderr=subprocess.DEVNULL)
        self._processes.append(process)
        return process

    def start_web(self) -> None:
        """The web process, with an empty endpoint beside its own doors."""
        self.start("bench.web")
        _until(self._listens)

    def start_worker(self) -> None:
        """A worker, at work when this returns."""
        self.start("guidance.cli", "worker")
        _until(lambda: self.store.recall("alive:worker") is not None)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def load(self, *arguments: object) -> dict[str, float]:
        """Run the load in a process of its own; what it measured."""
        command = [sys.executable, "-m", "bench.load", str(self.port), *(str(one) for one in arguments)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        measured: dict[str, float] = json.loads(told.stdout)
        return measured

    def stop(self) -> None:
        for process in reversed(self._processes):
            process.send_signal(signal.SIGTERM)
        for process in reversed(self._processes):
            process.wait(20)


@contextmanager
def bench() -> Iterator[Bench]:
    """A fresh durable store with one account, thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="guidance-bench-") as folder:
        valkey = EmbeddedValkey(Path(folder) / "data")
        valkey.start()
        store = open_store(valkey.url, key=KEY.encode(), max_connections=8)
        store.put_account(ACME)
        running = Bench(valkey, store)
        try:
            yield running
        finally:
            running.stop()
            store.close()
            valkey.stop()


def _until(told: Callable[[], bool]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not told():
        if time.monotonic() > until:
            raise RuntimeError("a process of the bench did not start")
        time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def webhook(number: int, ticket: int) -> bytes:
    """A whole signed request: a customer's comment, as an event subscription brings it."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {
        "account_id": 18525119,
        "id": f"ev-{number}",
        "subject": f"zen:ticket:{ticket}",
        "time": now,
        "type": "zen:event-type:ticket.comment_added",
        "zendesk_event_version": "2022-11-06",
        "detail": {"id": str(ticket), "status": "OPEN", "requester_id": "900", "updated_at": now},
        "event": {
            "comment": {
                "id": f"c-{number}",
                "body": ANGRY,
                "is_public": True,
                "author": {"id": "900", "is_staff": False},
            }
        },
    }
    body = json.dumps(told).encode()
    seal = base64.b64encode(hmac.digest(SECRET.encode(), now.encode() + body, hashlib.sha256)).decode()
    signature = {"X-Zendesk-Webhook-Signature-Timestamp": now, "X-Zendesk-Webhook-Signature": seal}
    return request("POST", "/webhooks/zendesk/acme", body, signature)


def request(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """A request as bytes, on a connection that stays open."""
    told = {
        "Host": "127.0.0.1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **(headers or {}),
    }
    return (
        f"{method} {path} HTTP/1.1\r\n".encode()
        + b"".join(f"{k}: {v}\r\n".encode() for k, v in told.items())
        + b"\r\n"
        + body
    )


def quantile(values: Sequence[float], share: float) -> float:
    """The value under which this share of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
