"""Out-streams: what sidebars are told, one stream a shard, and who has which ticket open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guidance.model import TicketKey
from guidance.ports import StreamEntry
from guidance.store import keys, scripts
from guidance.store.base import Base, milliseconds, reachable, text
from guidance.store.inbox import pairs
from guidance.store.retention import STREAMS_REACH_BACK, WATCHING_LIVES_FOR

_LONGEST_LEASE_MS = 90_000
"""What is put off for longer lies with no worker, so that it may be due at once."""


class _Told(msgspec.Struct):
    account: str
    ticket_id: str
    kind: str
    data: dict[str, Any]
    agent_id: str | None = None


_decoder = msgspec.json.Decoder(_Told)


class Streams(Base):
    """The part of the store that carries news to sidebars."""

    @reachable
    def read_stream(self, shard: int, after: str, *, block_ms: int = 0, count: int = 256) -> list[StreamEntry]:
        read = self.client.xread({keys.out(shard): after}, count=count, block=block_ms or None)
        return [_entry(shard, entry_id, fields) for _, entries in pairs(read or []) for entry_id, fields in entries]

    def trim_streams(self, now: datetime) -> None:
        """Forget what is older than streams reach back, to the entry: a save trims no less than a whole node, and only where it adds one."""
        for shard in keys.shards():
            self.run(scripts.TRIM, [keys.out(shard), keys.trimmed(shard)], [milliseconds(now - STREAMS_REACH_BACK)])

    @reachable
    def stream_reaches_back(self, shard: int, since_ms: int) -> bool:
        trimmed = self.client.get(keys.trimmed(shard))
        return trimmed is None or int(float(trimmed)) <= since_ms

    @reachable
    def watch(self, account: str, agent_id: str, ticket_ids: Sequence[str], *, session: str, now: datetime) -> None:
        watching, watcher = keys.watching(account, agent_id, session), f"{session}|{agent_id}"
        before = {text(one) for one in self.client.smembers(watching)}
        for ticket_id in before - set(ticket_ids):
            self.client.hdel(keys.watchers(TicketKey(account, ticket_id)), watcher)
        life = int(WATCHING_LIVES_FOR.total_seconds())
        for ticket_id in ticket_ids:
            key = TicketKey(account, ticket_id)
            waits = () if ticket_id in before else (f"fetch:{key}:", _LONGEST_LEASE_MS)
            names = [keys.watchers(key), keys.due(key.shard)]
            self.run(scripts.WATCH, names, [watcher, milliseconds(now), life, *waits])
        self.client.delete(watching)
        if ticket_ids:
            self.client.sadd(watching, *ticket_ids)
            self.client.expire(watching, life)

    @reachable
    def watchers(self, key: TicketKey, *, now: datetime) -> list[str]:
        found = self.client.hgetall(keys.watchers(key))
        return sorted({_agent(watcher) for watcher, until in found.items() if int(until) > milliseconds(now)})


def _agent(watcher: bytes) -> str:
    """Who watches, of `session|agent`: an agent's windows have a session each, and each says what it has open."""
    return text(watcher).partition("|")[2]


def _entry(shard: int, entry_id: bytes, fields: dict[bytes, bytes]) -> StreamEntry:
    told = _decoder.decode(fields[b"e"])
    return StreamEntry(
        id=f"{shard}-{text(entry_id)}",
        account=told.account,
        ticket_id=told.ticket_id,
        kind=told.kind,
        data=told.data,
        agent_id=told.agent_id,
    )
