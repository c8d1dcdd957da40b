"""The process for what takes long: backtests, one after the other, and once a minute what has to be looked at anew: the noise limit, teams, answers, what has outlived its time."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import Event, Thread
from types import FrameType
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace

from guidance.accounts import settings_of
from guidance.accounts.rotating import end_rotations
from guidance.backtests import Books, Stopped, compare, lines_of
from guidance.backtests.fetched import FETCHED, case_of, fetched
from guidance.backtests.stored import as_wire
from guidance.dispatch.calibrating import look_at_answers
from guidance.dispatch.noise import keep_noise_limit
from guidance.dispatch.rulebooks import base_packs
from guidance.dispatch.teams import look_at_teams
from guidance.errors import GuidanceError, MalformedError, StoreUnavailableError
from guidance.integrations import connect
from guidance.integrations.budget import within
from guidance.ports import Account, Edition, Helpdesk, Job, Store
from guidance.rules import shipped_files
from guidance.rules.loader import files_in
from guidance.rules.overlays import house_files
from guidance.settings import Settings
from guidance.store import open_store

log = structlog.get_logger()

IDLE_FOR = 30.0
"""Seconds without a sign of life after which a job is taken up again: longer than the slowest chunk takes."""

BEATS_EVERY = 5.0
"""Seconds between two signs of life while a job waits."""

FAULT = "We failed on this ourselves; the log of the process for jobs says where."
"""What a job ends with on which we fail: it would fail again each time that it is taken up."""

WAITS = 1.0
LOOKS_EVERY = 60.0


class Backtester:
    """Takes jobs and runs them. `stop` ends after the chunk that is under way; the job is then taken up by the next process."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        connect: Callable[[Account], Helpdesk] = connect,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._connect = connect
        self._clock = clock
        self._base = (*shipped_files(), *(files_in(settings.rules_dir) if settings.rules_dir else ()))
        base_packs(settings.rules_dir)
        self.stopping = Event()

    def run(self) -> None:
        """Work until stopped: on jobs here, and by a thread of its own on what is due once a minute, however long a job takes."""
        looking = Thread(target=self._keep_on, args=(self._look,), name="looking")
        looking.start()
        try:
            self._keep_on(lambda: self.step(wait=WAITS))
        finally:
            self.stopping.set()
            looking.join()

    def _keep_on(self, act: Callable[[], object]) -> None:
        """Again and again until stopped; a store out of reach is waited for."""
        while not self.stopping.is_set():
            try:
                act()
            except StoreUnavailableError:
                self.stopping.wait(0.5)
            except Exception:
                log.exception("jobs.fault")
                self.stopping.wait(1.0)

    def _look(self) -> None:
        self.look_anew(self._clock())
        self.stopping.wait(LOOKS_EVERY)

    def look_anew(self, now: datetime) -> None:
        """What is due once a minute; a look on which we fail holds up neither the others nor any job. Raises `StoreUnavailableError`."""
        for look in (keep_noise_limit, look_at_teams, look_at_answers, end_rotations, _tidy):
            try:
                look(self._store, now)
            except StoreUnavailableError:
                raise
            except Exception:
                log.exception("jobs.fault", look=look.__name__)

    def step(self, *, wait: float = 0.0) -> bool:
        """Run one job where there is one."""
        job = self._store.take_job(now=self._clock(), idle_for=IDLE_FOR, wait=wait)
        if job is None:
            return False
        try:
            self._store.end_job(replace(self._run(job), ended_at=self._clock()))
        except Stopped:
            if not self.stopping.is_set():
                self._store.end_job(replace(job, state="cancelled", ended_at=self._clock()))
        except StoreUnavailableError:
            raise  # nothing is wrong with the job: it is taken up again
        except GuidanceError as error:
            self._fail(job, str(error)[:1000])
        except Exception:
            log.exception("jobs.fault", job=job.id)
            self._fail(job, FAULT)
        return True

    def _fail(self, job: Job, message: str) -> None:
        self._store.end_job(replace(job, state="failed", message=message, ended_at=self._clock()))

    def _run(self, job: Job) -> Job:
        lines = self._lines(job)
        running = replace(job, total=len(lines))
        self._beat(running)

        def on_progress(done: int) -> bool:
            self._beat(replace(running, done=done))
            return True

        found = compare(lines, self._books(job.asked), on_progress=on_progress)
        return replace(running, state="done", done=len(lines), found=msgspec.to_builtins(found))

    def _beat(self, job: Job) -> None:
        """A sign of life. Raises `Stopped` where the job was cancelled, or this process is to end."""
        if self.stopping.is_set() or not self._store.beat(replace(job, beat_at=self._clock())):
            raise Stopped("cancelled")

    def _lines(self, job: Job) -> Sequence[bytes]:
        upload = self._store.upload_of(job.id)
        if upload is not None:
            return lines_of(upload)
        account = str(job.asked.get("account") or "")
        if not account:
            raise MalformedError("the uploaded conversations are gone; upload them again")
        if job.asked.get("source") == FETCHED:
            return self._fetched(job, account)
        cases = self._store.cases(account, count=int(job.asked.get("count") or 1000))
        lines = [as_wire(case) for case in cases if case.conversation.comments and not case.gone]
        if not lines:
            raise MalformedError(f"there is no conversation of {account} in the store yet")
        return lines

    def _fetched(self, job: Job, account_id: str) -> Sequence[bytes]:
        """The helpdesk's last tickets, held here only until they are judged."""
        account = self._store.account(account_id)
        if account is None:
            raise MalformedError(f"{account_id} is not connected any more")
        at = replace(job, message="tickets fetched")

        def on_progress(done: int, total: int) -> None:
            nonlocal at
            at = replace(at, done=done, total=total)
            self._beat(at)

        helpdesk = within(self._connect(account), self._store, account, self._clock)
        found = fetched(
            helpdesk,
            int(job.asked.get("count") or 100),
            wait=lambda seconds: self._wait(at, seconds),
            on_progress=on_progress,
        )
        lines = [as_wire(case_of(one, settings_of(account))) for one in found if one.conversation.comments]
        if not lines:
            raise MalformedError(f"{account_id} has no ticket with a conversation")
        return lines

    def _wait(self, job: Job, seconds: float) -> None:
        """Wait where the helpdesk asks for it, with signs of life. Raises as `_beat`."""
        left = seconds
        while left > 0:
            self._beat(replace(job, message="tickets fetched; the helpdesk asks us to wait"))
            self.stopping.wait(min(left, BEATS_EVERY))
            left -= BEATS_EVERY
        self._beat(job)

    def _books(self, asked: dict[str, Any]) -> Books:
        edition = self._store.edition() or Edition()
        account = self._store.account(str(asked.get("settings") or ""))
        told: dict[str, Any] = {"settings": settings_of(account)} if account else {}
        return Books(
            live=(*self._base, *house_files(edition.files)),
            candidate=(*self._base, *house_files(edition.files | dict(asked.get("files") or {}))),
            base=len(self._base),
            focus=tuple(asked.get("focus") or ()),
            **told,
        )


def _tidy(store: Store, now: datetime) -> None:
    store.tidy(now=now)
    store.compact_in_time()


def run(settings: Settings) -> None:
    """Run jobs until told to stop. Raises `SetupError` and `PackError`."""
    store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=8)
    backtester = Backtester(store, settings)

    def stop(_number: int, _frame: FrameType | None) -> None:
        backtester.stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    backtester.run()
