"""Whatever the address, a server is given longer to answer than any call has it wait for news."""

from __future__ import annotations

import pytest
import redis

from guidance import worker
from guidance.store import connect
from guidance.stream import broadcaster

ADDRESSES = ("redis://127.0.0.1", "rediss://127.0.0.1", "unix:///tmp/socket", "redis+sentinel://127.0.0.1/main")
LONGEST = max(broadcaster.BLOCK_MS, worker.BLOCK_MS) / 1000


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_wait_for_news_is_taken_for_a_server_that_does_not_answer(address):
    told = connect.connect(address).connection_pool.connection_kwargs
    assert told["socket_timeout"] == connect.ANSWERS_WITHIN > LONGEST


def test_nor_is_one_in_a_cluster(monkeypatch):
    asked = []
    monkeypatch.setattr(connect.RedisCluster, "from_url", lambda _address, **told: asked.append(told))
    connect.connect("redis+cluster://127.0.0.1")
    assert asked[0]["socket_timeout"] == connect.ANSWERS_WITHIN


@pytest.mark.parametrize("address", ADDRESSES)
def test_callers_beyond_the_bound_wait_for_a_connection(address):
    pool = connect.connect(address, max_connections=7).connection_pool
    assert (pool.max_connections, pool.timeout) == (7, 5)
    assert isinstance(pool, redis.BlockingConnectionPool)


def test_a_master_that_sentinels_name_is_told_the_user_with_the_password():
    told = connect.connect("redis+sentinel://om%40r:p%40ss@127.0.0.1/main").connection_pool.connection_kwargs
    assert (told["username"], told["password"]) == ("om@r", "p@ss")
