"""One reader for each shard's out-stream, and the fan-out to all streams that are open in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread

import structlog
from msgspec import Struct

from guidance.errors import StoreUnavailableError
from guidance.model import SHARDS, TicketKey
from guidance.ports import Store, StreamEntry
from guidance.stream.connection import Connection
from guidance.stream.frames import RESET, encode, milliseconds_of
from guidance.telemetry import STREAMS

log = structlog.get_logger()

REACHES_BACK = timedelta(minutes=2)
"""As long as an agent's word on what they watch holds: who was meant by an older entry can't be known any more."""

OVERLAP = timedelta(seconds=5)
"""Shards are not in step with each other, so a reconnect reads a little before its last id; the sidebar drops repeats."""

MOST_STREAMS_PER_AGENT = 8
BLOCK_MS = 2_000
"""For news on a shard where there is none; the server must be given longer than that to answer (`connect.ANSWERS_WITHIN`)."""

_CATCHES_UP_WITHIN = 5.0
_BATCH = 256
_PAUSE = 0.3
_RESET_STEPS = 20


class _Sent(Struct, frozen=True):
    """An entry as it went out: when, to whom, and its bytes."""

    ms: int
    account: str
    agents: frozenset[str]
    frame: bytes


class Broadcaster:
    """Carries entries from the store to connections. Its threads are greenlets where the process is patched by gevent."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._clock = clock
        self._connections: dict[tuple[str, str], list[Connection]] = {}
        self._recent: deque[_Sent] = deque()
        self._lock = Lock()
        self._stopping = Event()
        self._began_ms = self._ms_ago(REACHES_BACK)
        self._behind = SHARDS
        self._caught_up = Event()

    def start(self) -> None:
        """Begin to read every shard. Returns at once."""
        for shard in range(SHARDS):
            Thread(target=self._read, args=(shard,), name=f"stream-{shard}", daemon=True).start()

    def close(self) -> None:
        """End all streams and readers; sidebars connect again elsewhere."""
        self._stopping.set()
        with self._lock:
            open_now = [one for connections in self._connections.values() for one in connections]
        for connection in open_now:
            connection.close()

    def open(self, account: str, agent_id: str, *, last_id: str | None = None) -> Connection:
        """A connection for one agent. With `last_id`: after what was missed since, or a `reset` where that can't be known."""
        is_known = last_id is None or self._caught_up.wait(_CATCHES_UP_WITHIN)
        connection = Connection(account, agent_id)
        with self._lock:
            if last_id is not None:
                self._replay(connection, milliseconds_of(last_id) if is_known else None)
            siblings = self._connections.setdefault((account, agent_id), [])
            siblings.append(connection)
            oldest = siblings.pop(0) if len(siblings) > MOST_STREAMS_PER_AGENT else None
        STREAMS.inc()
        if oldest:
            oldest.close()
        return connection

    def leave(self, connection: Connection) -> None:
        """The connection's stream has ended."""
        key = (connection.account, connection.agent_id)
        with self._lock:
            left = [one for one in self._connections.get(key, ()) if one is not connection]
            if left:
                self._connections[key] = left
            else:
                self._connections.pop(key, None)
        STREAMS.dec()

    def deliver(self, entry: StreamEntry) -> None:
        """Send an entry to the agents it is for: those who watch its ticket, or the one of them whom it names."""
        key = TicketKey(entry.account, entry.ticket_id)
        watching = frozenset(self._store.watchers(key, now=self._clock()))
        agents = watching & {entry.agent_id} if entry.agent_id else watching
        sent = _Sent(milliseconds_of(entry.id) or 0, entry.account, agents, encode(entry))
        with self._lock:
            self._recent.append(sent)
            while self._recent[0].ms < self._ms_ago(REACHES_BACK) and len(self._recent) > 1:
                self._recent.popleft()
            meant = [one for agent in agents for one in self._connections.get((entry.account, agent), ())]
        for connection in meant:
            connection.put(sent.frame)

    def reset(self) -> None:
        """Let every open sidebar ask anew: rules, stages or a pause have changed. Returns at once; all have heard within a second."""
        with self._lock:
            open_now = [one for connections in self._connections.values() for one in connections]
        Thread(target=self._reset, args=(open_now,), name="stream-reset", daemon=True).start()

    def _reset(self, connections: list[Connection]) -> None:
        """A few at a time, since each of them asks at once."""
        few = max(1, len(connections) // _RESET_STEPS)
        for start in range(0, len(connections), few):
            for connection in connections[start : start + few]:
                connection.put(RESET)
            if self._stopping.wait(1 / _RESET_STEPS):
                return

    def _replay(self, connection: Connection, last_ms: int | None) -> None:
        since = -1 if last_ms is None else last_ms - OVERLAP // timedelta(milliseconds=1)
        if since < max(self._began_ms, self._ms_ago(REACHES_BACK)):
            connection.put(RESET)
            return
        for sent in self._recent:
            if sent.ms >= since and sent.account == connection.account and connection.agent_id in sent.agents:
                connection.put(sent.frame)

    def _read(self, shard: int) -> None:
        """Read one shard for as long as the process runs; where the store is out of reach, go on from the same place later."""
        after, is_behind, was_away = f"{self._began_ms}-0", True, False
        while not self._stopping.is_set():
            try:
                waits = 0 if is_behind or was_away else BLOCK_MS
                entries = self._store.read_stream(shard, after, block_ms=waits, count=_BATCH)
                if was_away:
                    self._say_what_is_lost(shard, after)
                    was_away = False
                for entry in entries:
                    self._try(entry)
                    after = entry.id.partition("-")[2]
                if is_behind and len(entries) < _BATCH:
                    self._has_caught_up(shard)
                    is_behind = False
            except StoreUnavailableError:
                was_away = True
                self._stopping.wait(_PAUSE)
            except Exception:
                log.exception("stream.fault", shard=shard)
                self._stopping.wait(_PAUSE)

    def _try(self, entry: StreamEntry) -> None:
        """Deliver an entry. One on which we fail is left out, or all behind it would wait for it. Raises `StoreUnavailableError`."""
        try:
            self.deliver(entry)
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("stream.fault", entry=entry.id)

    def _say_what_is_lost(self, shard: int, after: str) -> None:
        """Let all sidebars ask anew where entries that nobody has read may have been trimmed while the store was out of reach."""
        if not self._store.stream_reaches_back(shard, int(after.partition("-")[0])):
            with self._lock:
                self._began_ms = self._ms_ago(timedelta())
            self.reset()

    def _has_caught_up(self, shard: int) -> None:
        reaches_back = self._store.stream_reaches_back(shard, self._began_ms)
        with self._lock:
            if not reaches_back:
                self._began_ms = self._ms_ago(timedelta())
            self._behind -= 1
        if not self._behind:
            self._caught_up.set()

    def _ms_ago(self, ago: timedelta) -> int:
        return int((self._clock() - ago).timestamp() * 1000)
