"""A server that takes no writes for a while is out of reach, in whichever words it says so."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from redis.exceptions import ResponseError

from guidance.errors import StoreUnavailableError
from tests.dispatch.test_inbox import OTHERS, arrival


@contextmanager
def full(client):
    client.config_set("maxmemory", "1mb")
    try:
        yield
    finally:
        client.config_set("maxmemory", "0")


@contextmanager
def without_replicas(client):
    client.config_set("min-replicas-to-write", "1")
    try:
        yield
    finally:
        client.config_set("min-replicas-to-write", "0")


@contextmanager
def following(client):
    """A server that was a master until somebody made it follow another one."""
    client.replicaof("127.0.0.1", "1")
    try:
        yield
    finally:
        client.replicaof("no", "one")


@pytest.mark.parametrize("state", [full, without_replicas, following])
def test_nothing_is_taken_in_and_whoever_sends_it_may_come_again(store, state):
    with state(store.client):
        with pytest.raises(StoreUnavailableError):
            store.accept(arrival(OTHERS[0]))
        with pytest.raises(StoreUnavailableError):
            store.keep("a", b"b", seconds=60)
    assert store.waiting() == 0
    assert store.accept(arrival(OTHERS[0]))


OLDER = (
    "Error running script (call to f_1d2): @user_script:3: @user_script: 3: -READONLY You can't write against a read only replica.",
    "Error running script (call to f_1d2): @user_script:3: @user_script: 3: -OOM command not allowed when used memory > 'maxmemory'.",
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
)


@pytest.mark.parametrize("words", OLDER)
def test_an_older_servers_words_are_understood(store, monkeypatch, words):
    def refuse(*_args):
        raise ResponseError(words)

    monkeypatch.setattr(store, "run", refuse)
    with pytest.raises(StoreUnavailableError):
        store.accept(arrival(OTHERS[0]))


@pytest.mark.parametrize("words", ["WRONGTYPE Operation against a key holding the wrong kind of value", "ERR syntax"])
def test_a_mistake_of_ours_is_no_trouble_of_the_servers(store, monkeypatch, words):
    def refuse(*_args):
        raise ResponseError(words)

    monkeypatch.setattr(store, "run", refuse)
    with pytest.raises(ResponseError):
        store.accept(arrival(OTHERS[0]))
