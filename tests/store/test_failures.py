"""What failed is kept within bounds, told newest first, and none of it ends anything."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from guidance.errors import MalformedError
from guidance.ports import Arrival, Failure
from guidance.store import failures, keys
from tests.cast import KEY, NOW, minutes

SHARD = KEY.shard
ARRIVAL = Arrival(account=KEY.account, kind="webhook", body=b"{}", received_at=NOW, ticket_id=KEY.ticket_id)


def failed(name, at=NOW, **told):
    told = {"kind": "webhook", "body": b"x" * 10_000, "ticket_id": "1"} | told
    return Failure(id=f"{SHARD}-{name}", account=KEY.account, at=at, message="no", **told)


def quarantined(store, name, **told):
    """An arrival that could not be read."""
    store.accept(ARRIVAL)
    (entry,) = store.claim(SHARD, "a worker")
    store.quarantine(entry, failed(name, **told))


def of_an_earlier_version(store, *kept):
    """Failures without a list by time beside them."""
    store.client.hset(keys.failures(SHARD), mapping={one.id: msgspec.msgpack.encode(one) for one in kept})


def names(store, count=100):
    return [one.id.partition("-")[2] for one in store.failures(count=count)]


def test_of_webhooks_beyond_the_bound_one_failure_tells_and_it_holds_no_body(store, monkeypatch):
    monkeypatch.setattr(failures, "MOST_WEBHOOKS", 3)
    for number in range(6):
        quarantined(store, f"{number}-0", at=NOW + minutes(number))
    assert names(store) == ["more", "2-0", "1-0", "0-0"]
    more = store.failures()[0]
    assert (more.at, more.account, more.ticket_id, more.body) == (NOW + minutes(5), KEY.account, None, b"")
    assert "Their tickets were fetched" in more.message
    assert store.waiting() == 0
    with pytest.raises(MalformedError, match="nothing is kept"):
        store.retry(more.id, now=NOW)
    assert store.drop_failure(more.id)


def test_what_failed_otherwise_takes_none_of_the_room_of_webhooks(store, monkeypatch):
    monkeypatch.setattr(failures, "MOST_WEBHOOKS", 2)
    others = [failed(f"{number:012x}", kind="fetch") for number in range(1_500)]
    of_an_earlier_version(store, *others, failed("event-1-0", kind="event"))
    assert store.failure_count() == len(store.failures(count=2_000)) == 1_501
    for number in range(3):
        quarantined(store, f"{number}-0", at=NOW - minutes(9 - number))
    assert [name for name in names(store, count=2_000) if not name.startswith(("0000", "event"))] == [
        "more",
        "1-0",
        "0-0",
    ]


def test_what_no_helpdesk_tells_again_is_kept_however_much_there_is(store, monkeypatch):
    monkeypatch.setattr(failures, "MOST_WEBHOOKS", 1)
    for number in range(3):
        quarantined(store, f"{number}", kind="event", at=NOW + minutes(number))
    assert names(store) == ["2", "1", "0"]


def sent(store, act):
    """How many bytes the server sends for it."""
    before = store.client.info("stats")["total_net_output_bytes"]
    act()
    return store.client.info("stats")["total_net_output_bytes"] - before


def test_what_is_done_each_minute_reads_no_body(store):
    for number in range(100):
        quarantined(store, f"{number}")
    assert sent(store, lambda: store.tidy(now=NOW)) < 50_000
    assert sent(store, lambda: store.failures(count=2)) < 50_000


def test_those_of_an_earlier_version_have_their_time_and_place_too(store):
    of_an_earlier_version(store, failed("old", NOW - timedelta(days=31)), failed("new", NOW - minutes(1)))
    quarantined(store, "newest")
    assert names(store, count=2) == ["newest", "new"]
    assert store.tidy(now=NOW) == 1
    assert names(store) == ["newest", "new"]


def test_what_is_retried_dropped_or_erased_leaves_no_place_behind(store):
    for name in ("a", "b", "c"):
        quarantined(store, name, body=msgspec.msgpack.encode(ARRIVAL))
    assert store.retry(f"{SHARD}-a", now=NOW)
    assert store.drop_failure(f"{SHARD}-b")
    store.forget_arrivals(KEY.account, ticket_ids=("1",))
    assert (names(store), store.client.zcard(keys.failed(SHARD))) == ([], 0)


def test_one_that_can_not_be_read_ends_neither_the_list_nor_tidying_nor_erasure(store):
    quarantined(store, "a")
    store.client.hset(keys.failures(SHARD), f"{SHARD}-odd", b"\xc1 Olive Street")
    assert sorted(names(store)) == ["a", "odd"]
    assert "can't be read" in store.failure(f"{SHARD}-odd").message
    assert store.tidy(now=NOW) == 0
    with pytest.raises(MalformedError):
        store.retry(f"{SHARD}-odd", now=NOW)
    assert store.forget_arrivals(KEY.account, ticket_ids=(), words=["olive street"]) == 1
    assert names(store) == ["a"]
