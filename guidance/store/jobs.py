"""Jobs: backtests that wait, run and end. A job whose process died is taken up again by the next one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import msgspec
from msgspec.structs import replace

from guidance.ports import Job
from guidance.store import keys, scripts
from guidance.store.base import Base, reachable
from guidance.store.retention import UPLOADS_LIVE_FOR

_job = msgspec.json.Decoder(Job)
_LOOKS_EVERY = 1.0
_PIECE = 1 << 20
"""Bytes of an upload that go to or come from the server at a time: with all of them at once nobody else in the process has a turn."""


class Jobs(Base):
    """The part of the store that keeps jobs; what they were given and what they found both have a lifetime."""

    @reachable
    def add_job(self, job: Job, upload: bytes | None) -> None:
        if upload is not None:
            name = keys.upload(job.id)
            self.client.set(name, upload[:_PIECE], ex=UPLOADS_LIVE_FOR)
            for start in range(_PIECE, len(upload), _PIECE):
                self.client.append(name, upload[start : start + _PIECE])
        self.client.hset(keys.jobs(), job.id, msgspec.json.encode(job))

    @reachable
    def take_job(self, *, now: datetime, idle_for: float, wait: float) -> Job | None:
        until = time.monotonic() + wait
        while (taken := self._next_job(now - timedelta(seconds=idle_for), now)) is None and time.monotonic() < until:
            time.sleep(min(_LOOKS_EVERY, wait))
        return taken

    def _next_job(self, idle_since: datetime, now: datetime) -> Job | None:
        """The oldest that waits, or whose process has given no sign of life since then; whoever moves it first has it."""
        for job, stored in reversed(self._stored_jobs()):
            is_left = job.state == "running" and job.beat_at is not None and job.beat_at < idle_since
            if is_left or job.state == "waiting":
                taken = self._moved(stored, replace(job, state="running", beat_at=now, done=0))
                if taken:
                    return taken
        return None

    @reachable
    def beat(self, job: Job) -> bool:
        held, stored = self._stored_job(job.id)
        return held is not None and held.state == "running" and self._moved(stored, job) is not None

    @reachable
    def end_job(self, job: Job) -> None:
        held, stored = self._stored_job(job.id)
        if held is not None and held.state == "running":
            self._moved(stored, job)
        self.client.delete(keys.upload(job.id))

    @reachable
    def cancel_job(self, job_id: str) -> bool:
        for _ in range(20):
            held, stored = self._stored_job(job_id)
            if held is None or not held.is_open:
                return False
            if self._moved(stored, replace(held, state="cancelled")):
                self.client.delete(keys.upload(job_id))
                return True
        return False

    @reachable
    def drop_job(self, job_id: str) -> bool:
        self.client.delete(keys.upload(job_id))
        return bool(self.client.hdel(keys.jobs(), job_id))

    @reachable
    def job(self, job_id: str) -> Job | None:
        return self._stored_job(job_id)[0]

    @reachable
    def jobs(self) -> list[Job]:
        return [job for job, _ in self._stored_jobs()]

    def _stored_job(self, job_id: str) -> tuple[Job | None, bytes]:
        """A job, and its bytes as they lie there, whichever version wrote them."""
        stored = self.client.hget(keys.jobs(), job_id)
        return (_job.decode(stored), stored) if stored else (None, b"")

    def _stored_jobs(self) -> list[tuple[Job, bytes]]:
        """All of them, newest first."""
        found = [(_job.decode(stored), stored) for stored in self.client.hvals(keys.jobs())]
        return sorted(found, key=lambda one: one[0].at, reverse=True)

    @reachable
    def upload_of(self, job_id: str) -> bytes | None:
        found: bytes | None = self.client.get(keys.upload(job_id))
        return found

    def upload_pieces(self, job_id: str, *, overlap: int) -> Iterator[bytes]:
        size = _PIECE + overlap
        for start in count(0, _PIECE):
            piece = self._piece(job_id, start, size)
            if piece:
                yield piece
            if len(piece) < size:
                return

    @reachable
    def _piece(self, job_id: str, start: int, size: int) -> bytes:
        found: bytes = self.client.getrange(keys.upload(job_id), start, start + size - 1)
        return found

    def _moved(self, stored: bytes, job: Job) -> Job | None:
        """The job as it is now, None where somebody else changed it meanwhile."""
        told = [job.id, stored, msgspec.json.encode(job)]
        return job if self.run(scripts.MOVE_JOB, [keys.jobs()], told) else None
