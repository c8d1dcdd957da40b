"""Zendesk's Idempotency-Key: the same key and body within two hours give the first answer again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from flask import Response
from msgspec import Struct

from guidance.demo.answers import refuse

KEPT_FOR = timedelta(hours=2)
LONGEST = 255


class _Given(Struct):
    body_hash: str
    at: datetime
    status: int | None = None
    body: bytes = b""


class Answers:
    """Answers given under a key, by account."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._given: dict[str, _Given] = {}
        self._lock = Lock()

    def once(self, key: str, body: bytes, make: Callable[[], Response]) -> Response:
        """The first answer given under `key`, or that of `make`, which is then kept. Another body under it is refused."""
        if len(key) > LONGEST:
            refuse(400, {"error": "IdempotentRequestError", "description": "Idempotency-Key is too long"})
        mine = _Given(hashlib.sha256(body).hexdigest(), self._clock())
        known = self._claim(key, mine)
        if known is not None:
            return _repeat(known, mine)
        try:
            response = make()
        except BaseException:
            self._forget(key)
            raise
        mine.body, mine.status = response.get_data(), response.status_code
        response.headers["x-idempotency-lookup"] = "miss"
        return response

    def _claim(self, key: str, mine: _Given) -> _Given | None:
        with self._lock:
            known = self._given.get(key)
            if known is not None and mine.at - known.at < KEPT_FOR:
                return known
            self._given[key] = mine
            return None

    def _forget(self, key: str) -> None:
        with self._lock:
            self._given.pop(key, None)


def _repeat(known: _Given, mine: _Given) -> Response:
    if known.body_hash != mine.body_hash:
        description = "Request parameters are different from the ones sent with this key before"
        refuse(400, {"error": "IdempotentRequestError", "description": description})
    if known.status is None:
        refuse(409, {"error": "IdempotentRequestInProgress", "description": "The first request is still under way"})
    return Response(known.body, known.status, {"x-idempotency-lookup": "hit"}, content_type="application/json")
