"""The store: Redis, or the Valkey that we start ourselves, behind the Store port."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import redis

from guidance.ports import InboxEntry
from guidance.store.backup import Backup
from guidance.store.base import reachable
from guidance.store.budgets import Budgets
from guidance.store.cases import Cases
from guidance.store.connect import connect, server_facts
from guidance.store.counts import Counts
from guidance.store.due import Due
from guidance.store.editions import Editions
from guidance.store.inbox import Inbox
from guidance.store.mending import Mending
from guidance.store.network import Network
from guidance.store.people import People
from guidance.store.sealing import Seal
from guidance.store.streams import Streams
from guidance.store.tidying import Tidying


class RedisStore(Tidying, Backup, Counts, People, Network, Inbox, Due, Cases, Streams, Editions, Mending, Budgets):
    """Everything that lives, in one Redis (single, sentinel or cluster). Safe to share between threads and greenlets."""

    def __init__(self, client: redis.Redis, seal: Seal) -> None:
        super().__init__(client)
        self.seal = seal

    def _acknowledge(self, entry: InboxEntry) -> None:
        self.acknowledge(entry)

    @reachable
    def health(self) -> Mapping[str, Any]:
        return server_facts(self.client)

    def close(self) -> None:
        """Give all connections back."""
        self.client.close()


def open_store(url: str | None, *, data_dir: Path | None = None, key: bytes, max_connections: int = 64) -> RedisStore:
    """The store at a Redis URL, or that of the server which runs on `data_dir`. Raises `SetupError`."""
    from guidance.store.embedded import socket_url  # noqa: PLC0415

    return RedisStore(connect(url or socket_url(data_dir), max_connections=max_connections), Seal(key))
