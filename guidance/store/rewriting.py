"""What is erased, or whose time is over, lies in the server's files until these are written anew."""

from __future__ import annotations

from redis.cluster import RedisCluster
from redis.exceptions import ResponseError

from guidance.store import keys
from guidance.store.base import Base, reachable
from guidance.store.retention import REWRITTEN_AFTER_ERASURE, REWRITTEN_EVERY

_ERASED, _LATELY, _TODAY = map(keys.value, ("erased", "rewritten:lately", "rewritten:today"))


class Rewriting(Base):
    """The part of the store that has the server write its files anew."""

    @reachable
    def note_erasure(self) -> None:
        self.client.set(_ERASED, b"1")

    @reachable
    def compact(self) -> None:
        self.note_erasure()
        self._rewrite()

    @reachable
    def compact_in_time(self) -> None:
        if self.client.exists(_LATELY):
            return
        if self.client.exists(_ERASED) or not self.client.exists(_TODAY):
            self._rewrite()

    def _rewrite(self) -> None:
        """Begin now. What was erased while the server is at it already is in the file that it writes, so it begins again later.

        A server that keeps no such files is left alone: it would begin to write them.
        """
        one, every = (
            ({"target_nodes": "random"}, {"target_nodes": "all"}) if isinstance(self.client, RedisCluster) else ({}, {})
        )
        self.client.delete(_ERASED)  # before it begins: what is erased from here on is noted anew
        try:
            if self.client.info("persistence", **one).get("aof_enabled"):
                self.client.bgrewriteaof(**every)
        except ResponseError as error:
            if "in progress" in str(error):
                self.note_erasure()
                return
        self.client.set(_LATELY, b"1", ex=REWRITTEN_AFTER_ERASURE)
        self.client.set(_TODAY, b"1", ex=REWRITTEN_EVERY)
