"""A million open promises: how long it takes to find what is due, to list an agent's own, and what one costs in memory."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from guidance.conversations import empty_case
from guidance.followups import effects_of
from guidance.followups.plan import follow_up_id, timed
from guidance.model import SHARDS, AccountSettings, Case, FollowUp, Schedule, TicketKey, Work
from guidance.store import EmbeddedValkey, RedisStore, keys, open_store
from guidance.store.base import milliseconds
from guidance.store.cases import write_case

ACCOUNT = "zendesk:acme"
AGENTS = 500
FOUND_WITHIN_MS = 20.0
NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
WORDS = "I'll check with the warehouse in Leeds and write to you by Friday afternoon"


def planned(count: int) -> Iterator[Case]:
    """So many tickets with one open promise each, due over the next month."""
    for number in range(count):
        key = TicketKey(ACCOUNT, str(1_000_000 + number))
        case = replace(empty_case(key), settings=AccountSettings(grace_for=600))
        fresh = FollowUp(
            id=follow_up_id(key, "1", WORDS),
            account=ACCOUNT,
            ticket_id=key.ticket_id,
            comment_id="360001",
            words=WORDS,
            owner_id=str(12_000 + number % AGENTS),
            owner_name="Amir Khan",
            group="Delivery",
            noted_at=NOW,
        )
        due = NOW + timedelta(days=1, seconds=number % 2_500_000)
        yield replace(case, follow_ups=(timed(fresh, due, "time", case, NOW),))


def fill(store: RedisStore, count: int) -> None:
    """What `Store.save` writes for each, in bulk: the entry in lists, its task and its wake-up; the case itself is measured apart."""
    first = next(planned(1))
    works = [
        effect.work
        for effect in effects_of(replace(first, follow_ups=()), first, None, NOW)
        if isinstance(effect, Schedule)
    ]
    for begin in range(0, count, 5_000):
        hashes: dict[str, dict[str, bytes]] = defaultdict(dict)
        sets: dict[str, dict[str, int]] = defaultdict(dict)
        for number in range(begin, min(begin + 5_000, count)):
            _put(hashes, sets, number, first.follow_ups[0], works)
        pipe = store.client.pipeline(transaction=False)
        for name, fields in hashes.items():
            pipe.hset(name, mapping=fields)
        for name, scores in sets.items():
            pipe.zadd(name, scores)
        pipe.execute()


def _put(
    hashes: dict[str, dict[str, bytes]],
    sets: dict[str, dict[str, int]],
    number: int,
    one: FollowUp,
    works: list[Work],
) -> None:
    key = TicketKey(ACCOUNT, str(1_000_000 + number))
    name, shard, ahead = follow_up_id(key, "1", WORDS), key.shard, timedelta(seconds=number % 2_500_000)
    assert one.due_at is not None
    due_at = one.due_at + ahead
    mine = replace(one, id=name, ticket_id=key.ticket_id, owner_id=str(12_000 + number % AGENTS), due_at=due_at)
    due = milliseconds(due_at)
    hashes[keys.follow_ups(shard, ACCOUNT)][name] = msgspec.json.encode(mine)
    sets[keys.promised(shard, ACCOUNT)][name] = due
    sets[keys.owned(shard, ACCOUNT, mine.owner_id)][name] = due
    for work in works:
        own = work.id.replace(one.id, name).replace(one.ticket_id, key.ticket_id)
        at = work.at if work.kind == "task" else work.at + ahead
        data = work.data | ({"follow_up_id": name} if work.kind == "task" else {})
        planned_work = replace(work, id=own, ticket_id=key.ticket_id, at=at, data=data)
        sets[keys.due(shard)][own] = milliseconds(at)
        hashes[keys.work(shard)][own] = msgspec.msgpack.encode(planned_work)


def memory(store: RedisStore) -> int:
    return int(store.client.info("memory")["used_memory"])


def took(store: RedisStore, times: int, now: datetime) -> list[float]:
    """Milliseconds of one whole round over all shards, sorted; what was found stays due for the next round."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        for shard in range(SHARDS):
            store.due(shard, now=now, lease_for=0.0)
        taken.append((time.perf_counter() - started) * 1e3)
    return sorted(taken)


def run(*, soak: bool = False) -> bool:
    """Print the table; whether what is due is found in time."""
    count = 1_000_000 if soak else 100_000
    with tempfile.TemporaryDirectory(prefix="g-bench-") as folder:
        server = EmbeddedValkey(Path(folder))
        server.start()
        store = open_store(server.url, key=b"a key for benches only", max_connections=4)
        try:
            return _measured(store, count)
        finally:
            store.close()
            server.stop()


def _measured(store: RedisStore, count: int) -> bool:
    before = memory(store)
    fill(store, count)
    each = (memory(store) - before) / count
    nothing, some = took(store, 50, NOW - timedelta(days=1)), took(store, 50, NOW + timedelta(minutes=11))
    started = time.perf_counter()
    own = store.follow_ups(ACCOUNT, owner_id="12007")
    listed = (time.perf_counter() - started) * 1e3
    case = len(write_case(next(planned(1))))
    table = Table(title=f"{count:,} open promises", title_justify="left")
    for column in ("", "p50", "worst of 50"):
        table.add_column(column, justify="right" if column else "left")
    for name, taken in (("nothing is due, all 16 shards", nothing), ("256 of all of them are due", some)):
        table.add_row(name, f"{taken[len(taken) // 2]:.1f} ms", f"{taken[-1]:.1f} ms")
    table.add_row(f"an agent's own {len(own):,}", f"{listed:.1f} ms", "")
    table.add_row("memory for each, lists and clockwork", f"{each:,.0f} bytes", "")
    table.add_row("and its part of the ticket's case", f"{case:,} bytes", "")
    Console(width=100).print(table)
    return some[len(some) // 2] <= FOUND_WITHIN_MS and nothing[len(nothing) // 2] <= FOUND_WITHIN_MS


if __name__ == "__main__":
    run()
