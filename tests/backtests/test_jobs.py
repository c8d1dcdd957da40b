"""The process for what takes long, where something in it fails."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from guidance import jobs
from guidance.conversations import empty_case
from guidance.errors import StoreUnavailableError
from guidance.jobs import Backtester
from guidance.model import TicketKey
from guidance.ports import Job
from tests.cast import KEY
from tests.edges import SETTINGS

LINE = b'{"conversation": {}}'


def waiting(store, name):
    store.add_job(Job(id=name, who="lena@example.com", at=datetime.now(UTC), asked={"files": {}, "focus": []}), LINE)


def fails_with(error):
    def fail(*_args, **_kwargs):
        raise error

    return fail


def test_a_job_on_which_we_fail_ends_and_is_not_taken_up_for_ever(store, monkeypatch):
    monkeypatch.setattr(jobs, "compare", fails_with(KeyError("Rana")))
    waiting(store, "j")
    assert Backtester(store, SETTINGS).step()
    told = store.job("j")
    assert (told.state, told.message) == ("failed", jobs.FAULT)
    assert told.ended_at is not None


def test_a_job_during_which_the_store_is_out_of_reach_is_left_to_be_taken_up_again(store, monkeypatch):
    monkeypatch.setattr(jobs, "compare", fails_with(StoreUnavailableError()))
    waiting(store, "j")
    with pytest.raises(StoreUnavailableError):
        Backtester(store, SETTINGS).step()
    assert store.job("j").state == "running"


def test_a_store_that_goes_away_while_its_conversations_are_read_fails_no_backtest(store, monkeypatch):
    for number in range(3):
        store.save(empty_case(TicketKey(KEY.account, str(number))), [], now=datetime.now(UTC))
    asked = {"account": KEY.account}
    store.add_job(Job(id="j", who="lena@example.com", at=datetime.now(UTC), asked=asked), None)
    hget, calls = store.client.hget, []

    def goes_away(name, *fields):
        is_case = ":case:" in name if isinstance(name, str) else b":case:" in name
        calls.extend([name] * is_case)
        if is_case and len(calls) == 2:
            raise RedisConnectionError("Connection refused")
        return hget(name, *fields)

    monkeypatch.setattr(store.client, "hget", goes_away)
    with pytest.raises(StoreUnavailableError):
        Backtester(store, SETTINGS).step()
    assert store.job("j").state == "running"


def test_what_is_due_once_a_minute_waits_for_no_backtest(store, monkeypatch):
    under_way, looked, over = Event(), Event(), Event()

    def long(*_args, **_told):
        under_way.set()
        over.wait(30)

    monkeypatch.setattr(jobs, "LOOKS_EVERY", 0.01)
    monkeypatch.setattr(jobs, "compare", long)
    waiting(store, "j")
    backtester = Backtester(store, SETTINGS)
    backtester.look_anew = lambda _now: under_way.is_set() and looked.set()
    running = Thread(target=backtester.run)
    running.start()
    assert looked.wait(30)
    backtester.stopping.set()
    over.set()
    running.join()


def test_a_look_on_which_we_fail_holds_up_no_other(store, monkeypatch):
    looked = []
    monkeypatch.setattr(jobs, "keep_noise_limit", fails_with(KeyError("x")))
    monkeypatch.setattr(jobs, "look_at_answers", lambda _store, now: looked.append(now))
    now = datetime.now(UTC)
    Backtester(store, SETTINGS).look_anew(now)
    assert looked == [now]
