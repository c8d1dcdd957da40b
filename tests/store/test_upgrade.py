"""What an earlier version stored is read by this one. Each format has a ticket of its own in tests/fixtures/store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from guidance.errors import SetupError
from guidance.model import FollowUpState, Work
from guidance.pipeline import advance
from guidance.ports import Failure, Job
from guidance.rules import shipped_rulebook
from guidance.store import keys
from guidance.store.base import milliseconds
from guidance.store.cases import FORMAT, read_case, write_case
from tests.cast import KEY, NOW, amir_says, minutes

STORED = sorted((Path(__file__).parents[1] / "fixtures" / "store").glob("case-*"))


def stored(path):
    return read_case(path.read_bytes().strip())


def test_this_versions_format_has_its_ticket():
    assert f"case-{FORMAT.decode()}" in [path.name for path in STORED]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_ticket_of_each_format_is_read_with_its_words_people_and_promises(path):
    case = stored(path)
    assert case.key == KEY
    assert [one.id for one in case.conversation.comments] == ["1", "2", "3", "4"]
    assert case.conversation.comments[1].visibility == "internal"
    assert case.conversation.requester.name == "Rana Haddad"
    assert [one.state for one in case.follow_ups] == [FollowUpState.PLANNED, FollowUpState.NOTED]
    assert case.follow_ups[0].due_at == datetime.fromisoformat("2026-03-05T15:00:00-05:00")


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_ticket_of_each_format_goes_on_where_it_was(path):
    said = amir_says("I called you just now, Rana, and the warehouse has your parcel.", 5)
    after = advance(stored(path), said, shipped_rulebook(), said.at).case
    assert [one.id for one in after.conversation.comments] == ["1", "2", "3", "4", "5"]
    assert after.follow_ups[0].state == FollowUpState.KEPT
    assert read_case(write_case(after)).follow_ups == after.follow_ups


def test_a_later_versions_ticket_is_refused_in_words_that_help():
    with pytest.raises(SetupError, match="later version"):
        read_case(b"9{}")


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_a_ticket_of_each_format_is_saved_on(store, path):
    store.client.hset(keys.case(KEY), mapping={"v": 3, "c": path.read_bytes().strip()})
    assert store.save(store.load(KEY), [], now=NOW)
    assert store.load(KEY).version == 4
    assert store.tickets_of(KEY.account, store.load(KEY).conversation.requester.id) == [KEY.ticket_id]


@pytest.fixture
def planned(store):
    """Work as another version wrote it down, with a field that this one does not know."""
    work = Work(id=f"fetch:{KEY}:", kind="fetch", account=KEY.account, ticket_id=KEY.ticket_id, at=NOW)
    body = msgspec.msgpack.encode({**msgspec.to_builtins(work), "at": NOW, "rank": 1})
    store.client.hset(keys.work(KEY.shard), work.id, body)
    store.client.zadd(keys.due(KEY.shard), {work.id: milliseconds(NOW)})
    (claimed,) = store.due(KEY.shard, now=NOW, lease_for=60)
    return claimed


def due_later(store):
    return store.due(KEY.shard, now=NOW + minutes(2), lease_for=60)


def test_work_that_another_version_planned_is_done_once(store, planned):
    store.done(planned)
    assert due_later(store) == []


def test_work_that_another_version_planned_is_put_off_and_keeps_what_only_that_one_knows(store, planned):
    store.postpone(planned, at=NOW + minutes(1))
    (again,) = due_later(store)
    assert (again.attempt, again.planned) == (2, planned.planned)
    assert b"rank" in again.planned


def test_work_that_another_version_planned_is_given_up_and_tried_again_as_it_was(store, planned):
    failure = Failure(
        id=f"{KEY.shard}-f", kind="fetch", account=KEY.account, at=NOW, message="no", body=planned.planned
    )
    store.give_up(planned, failure)
    assert due_later(store) == []
    store.retry(failure.id, now=NOW)
    assert due_later(store) == [replace(planned, attempt=1)]


def test_a_backtest_that_another_version_asked_for_is_taken_told_of_and_cancelled(store):
    job = Job(id="j", who="lena@example.com", at=NOW, asked={})
    store.client.hset(keys.jobs(), "j", msgspec.json.encode({**msgspec.to_builtins(job), "priority": 1}))
    assert store.cancel_job("j")
    store.client.hset(keys.jobs(), "j", msgspec.json.encode({**msgspec.to_builtins(job), "priority": 1}))
    taken = store.take_job(now=NOW, idle_for=30, wait=0)
    assert taken.state == "running"
    assert store.beat(replace(taken, done=1))
