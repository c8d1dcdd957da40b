"""From a URL to a client, and what its server promises about keeping data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import RedisCluster
from redis.exceptions import RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel, SentinelConnectionPool

from guidance.errors import SetupError
from guidance.store.base import reachable

_SENTINEL = "redis+sentinel"
SCHEMES = ("redis", "rediss", "unix", _SENTINEL, "redis+cluster")
_EVICTING = (
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
)

_SENT_ONCE = Retry(NoBackoff(), 0)

ANSWERS_WITHIN = 5.0
"""Seconds that the server is given for an answer: longer than any call of ours has it wait for news."""

_WAITS_FOR_ONE = 5
"""Seconds for which a caller waits for a connection."""

_TIMES = {"socket_connect_timeout": 3, "socket_timeout": ANSWERS_WITHIN}


@reachable
def connect(url: str, *, max_connections: int = 64) -> Any:
    """A client for `redis://`, `rediss://`, `unix://`, `redis+sentinel://host,host/name` or `redis+cluster://host:port`.

    What stands before `@` is for the server itself; sentinels are asked without a password, and over no TLS.
    Callers beyond `max_connections` wait up to five seconds for one. A connection that was closed meanwhile is made anew before
    anything is sent; nothing is sent twice, since what was sent may have been done though its answer was lost. Raises
    `SetupError`, and `StoreUnavailableError` for a cluster, which is asked for its nodes at once.
    """
    check_url(url)
    scheme = urlsplit(url).scheme
    waiting = {"max_connections": max_connections, "timeout": _WAITS_FOR_ONE}
    if scheme in ("redis", "rediss", "unix"):
        told: dict[str, Any] = {**_TIMES, "health_check_interval": 30, "retry": _SENT_ONCE}
        if scheme == "unix":
            del told["socket_connect_timeout"]
        pool = redis.BlockingConnectionPool.from_url(url, **waiting, **told)
        return redis.Redis(connection_pool=pool)
    if scheme == "redis+cluster":
        return RedisCluster.from_url(url.replace("redis+cluster", "redis", 1), retry=_SENT_ONCE, **_TIMES)
    return _by_sentinel(url, **waiting)


def check_url(url: str) -> None:
    """Raise `SetupError` where there is no client for such a URL. Its words stay out of the message: there may be a password."""
    try:
        parts = urlsplit(url)
        _ = _nodes(parts) if parts.scheme == _SENTINEL else parts.port
    except ValueError:
        raise SetupError("GUIDANCE_REDIS_URL is no address that can be read; its port has to be a number") from None
    if parts.scheme not in SCHEMES:
        raise SetupError(f"GUIDANCE_REDIS_URL begins with one of {', '.join(f'{name}://' for name in SCHEMES)}")


def _nodes(parts: SplitResult) -> list[tuple[str, int]]:
    """Hosts and ports of sentinels. Raises `ValueError` for a port that is no number."""
    hosts = [host.rpartition(":") for host in parts.netloc.rpartition("@")[2].split(",")]
    return [(host or port, int(port) if host else 26379) for host, _, port in hosts]


class _WaitingPool(SentinelConnectionPool, redis.BlockingConnectionPool):
    """Connections to the master that sentinels name, for which callers wait where all are in use."""


def _by_sentinel(url: str, **waiting: float) -> Any:
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if not name:
        raise SetupError(
            "GUIDANCE_REDIS_URL for sentinel ends with the master's name, as in redis+sentinel://host:26379/main"
        )
    # Without a user's name it is the default user's password.
    who = {"username": _plain(parts.username), "password": _plain(parts.password)}
    sentinel: Any = Sentinel(_nodes(parts), **_TIMES)  # type: ignore[no-untyped-call]
    return sentinel.master_for(name, connection_pool_class=_WaitingPool, retry=_SENT_ONCE, **who, **waiting)


def _plain(quoted: str | None) -> str | None:
    return unquote(quoted) if quoted else None


def server_facts(client: Any) -> Mapping[str, Any]:
    """What the server is and promises. `warnings` lists, in plain words, where it promises less than we would like."""
    info = (
        client.info("server") if not isinstance(client, RedisCluster) else client.info("server", target_nodes="random")
    )
    settings = {name: _setting(client, name) for name in ("appendonly", "appendfsync", "maxmemory-policy")}
    return {
        "server": info.get("server_name", "redis"),
        "version": info.get("valkey_version") or info.get("redis_version"),
        **{name.replace("-", "_"): value for name, value in settings.items()},
        "warnings": warnings(settings),
    }


def warnings(settings: Mapping[str, str | None]) -> list[str]:
    """Where these settings could lose what was accepted. Raises `SetupError` for a server that throws data away."""
    policy = settings.get("maxmemory-policy")
    if policy in _EVICTING:
        raise SetupError(
            f"this Redis throws data away when memory is short (maxmemory-policy {policy}); set it to noeviction"
        )
    found = []
    if settings.get("appendonly") == "no":
        found.append("appendonly is off: whatever came in since the last snapshot is lost when the server stops")
    elif settings.get("appendfsync") not in ("always", None):
        found.append(
            f"appendfsync is {settings['appendfsync']}: up to a second of accepted webhooks is lost when the machine stops"
        )
    if None in settings.values():
        found.append("this server does not tell its settings, so whether accepted webhooks survive can't be known")
    return found


def _setting(client: Any, name: str) -> str | None:
    """A setting, None where the server refuses to say (as hosted ones do)."""
    try:
        if isinstance(client, RedisCluster):
            found = client.config_get(name, target_nodes="random")
        else:
            found = client.config_get(name)
    except RedisError:
        return None
    value = next(iter(found.values()), None) if found else None
    return value.decode() if isinstance(value, bytes) else value
