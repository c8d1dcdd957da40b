"""The fan-out: one entry or one stream in trouble is no other's trouble."""

from datetime import UTC, datetime

import pytest

from guidance.errors import StoreUnavailableError
from guidance.ports import StreamEntry
from guidance.stream.broadcaster import MOST_STREAMS_PER_AGENT, Broadcaster

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)


class Shard:
    """A store whose first shard holds these entries; who watches is always Amir."""

    def __init__(self, *entries):
        self.entries = entries
        self.asked = []

    def read_stream(self, shard, after, *, block_ms=0, count=256):
        self.asked.append(after)
        return [one for one in self.entries if one.id.partition("-")[2] > after]

    def stream_reaches_back(self, shard, since_ms):
        return True

    def watchers(self, key, *, now):
        return ["12"]


def entry(number, data):
    return StreamEntry(id=f"0-{MS}-{number}", account="zendesk:acme", ticket_id="4821", kind="hint", data=data)


def test_an_entry_that_can_not_be_sent_holds_up_none_behind_it():
    broadcaster = Broadcaster(Shard(entry(1, {"say": object()}), entry(2, {"say": "Name the day."})), lambda: NOW)
    connection = broadcaster.open("zendesk:acme", "12")
    broadcaster.start()
    assert b"Name the day." in connection.take(within=2.0)
    broadcaster.close()


class Away(Shard):
    """A store that is out of reach once its first entry was read, for so long that the next one may have been trimmed, or not."""

    def __init__(self, trimmed_to):
        super().__init__(entry(1, {"say": "Name the day."}), entry(2, {"say": "Say when."}))
        self.trimmed_to, self.is_away = trimmed_to, True

    def read_stream(self, shard, after, **asked):
        found = super().read_stream(shard, after, **asked)
        if shard or len(found) == len(self.entries):
            return found[:1] if not shard else []
        if self.is_away:
            self.is_away = False
            raise StoreUnavailableError
        return found

    def stream_reaches_back(self, shard, since_ms):
        return shard > 0 or since_ms >= self.trimmed_to


def told(connection, until):
    found = b""
    while until not in found:
        frame = connection.take(within=5.0)
        assert frame
        found += frame
    return found


@pytest.mark.parametrize(("trimmed_to", "lost"), [(0, False), (MS + 60_000, True)])
def test_after_an_outage_that_the_stream_does_not_reach_back_over_all_sidebars_ask_anew(trimmed_to, lost):
    broadcaster = Broadcaster(Away(trimmed_to), lambda: NOW)
    connection = broadcaster.open("zendesk:acme", "12")
    broadcaster.start()
    frames = told(connection, b"event: reset") if lost else told(connection, b"Say when.")
    assert (b"event: reset" in frames) is lost
    broadcaster.close()


@pytest.fixture
def broadcaster():
    return Broadcaster(Shard(), lambda: NOW)


def test_streams_that_nobody_reads_any_more_do_not_keep_newer_ones_open_without_end(broadcaster):
    opened = [broadcaster.open("zendesk:acme", "12") for _ in range(3 * MOST_STREAMS_PER_AGENT)]
    broadcaster.deliver(entry(1, {"say": "Name the day."}))
    reached = [one for one in opened if one.take(within=0)]
    assert reached == opened[-MOST_STREAMS_PER_AGENT:]
    for one in opened:
        broadcaster.leave(one)
    assert broadcaster.open("zendesk:acme", "12").take(within=0) == b""
