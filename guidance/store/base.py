"""What all parts of the store share: the client, its scripts, and one error for every way in which it can be out of reach."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, ParamSpec, TypeVar, cast

import redis
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ClusterDownError,
    ClusterError,
    InvalidResponse,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    ResponseError,
)
from redis.exceptions import (
    ConnectionError as RedisConnectionError,
)
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.sentinel import MasterNotFoundError

from guidance.errors import StoreUnavailableError

P = ParamSpec("P")
R = TypeVar("R")

_OUT_OF_REACH = (
    RedisConnectionError,
    RedisTimeoutError,
    BusyLoadingError,
    ClusterDownError,
    ClusterError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    InvalidResponse,
    OSError,
)
_MEANS: tuple[tuple[type[BaseException], str], ...] = (
    (AuthenticationError, "it refuses our password"),
    (MasterNotFoundError, "no sentinel names a master"),
    (InvalidResponse, "what answers there is no Redis"),
    (BusyLoadingError, "it still reads its data"),
    (RedisClusterException, "no node of the cluster answers"),
    (RedisTimeoutError, "no answer in time"),
    (socket.gaierror, "no such host"),
    (TimeoutError, "no answer in time"),
)
_PLACE = re.compile(r" connecting to (\S+)\. ")

_REFUSALS = ("OOM ", "READONLY ", "NOREPLICAS ", "MISCONF ", "BUSY ", "MASTERDOWN ")
"""Words with which a server that is full, follows another one, or is held up refuses a write, also inside of a script's error."""


def reachable(call: Callable[P, R]) -> Callable[P, R]:
    """Turn every way in which the server can be out of reach into `StoreUnavailableError`, also while a generator is gone through."""

    @wraps(call)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        with _told_in_one_way():
            return call(*args, **kwargs)

    @wraps(call)
    def each(*args: P.args, **kwargs: P.kwargs) -> Iterator[Any]:
        with _told_in_one_way():
            yield from cast("Iterator[Any]", call(*args, **kwargs))

    return cast("Callable[P, R]", each) if isgeneratorfunction(call) else guarded


@contextmanager
def _told_in_one_way() -> Iterator[None]:
    try:
        yield
    except _OUT_OF_REACH as error:
        raise StoreUnavailableError(f"the store can't be reached: {_why(error)}") from error
    except ResponseError as error:
        refusal = next((word for word in _REFUSALS if word in str(error)), None)
        if refusal is None:
            raise
        raise StoreUnavailableError(f"the store takes nothing now: {refusal.strip()}") from error


def _why(error: BaseException) -> str:
    """What keeps the server from us, and where it was sought, in our own words: a client's may hold its whole address."""
    place = _PLACE.search(f"{error} ")
    cause = error.__context__ if place and isinstance(error.__context__, OSError) else error
    told = next((words for kind, words in _MEANS if isinstance(cause, kind)), None)
    if told is None:
        told = (cause.strerror or "").lower() if isinstance(cause, OSError) else ""
    return f"{told or type(error).__name__}{f' at {place[1]}' if place else ''}"


class Base:
    """A Redis client and the scripts that run on it."""

    def __init__(self, client: redis.Redis) -> None:
        self.client: Any = client
        self._loaded: dict[str, str] = {}

    def run(self, script: str, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """Run a script by its digest; a server that lost its scripts gets the whole text."""
        digest = self._loaded.get(script)
        if digest is not None:
            try:
                return self.client.evalsha(digest, len(keys), *keys, *args)
            except NoScriptError:
                pass
        answer = self.client.eval(script, len(keys), *keys, *args)
        self._loaded[script] = _digest(script)
        return answer


def _digest(script: str) -> str:
    return hashlib.sha1(script.encode()).hexdigest()  # noqa: S324 - the digest that EVALSHA asks for


def milliseconds(at: datetime) -> int:
    """A time as the store counts it: milliseconds since 1970, UTC."""
    return int(at.timestamp() * 1000)


def from_milliseconds(value: float) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)


def text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
