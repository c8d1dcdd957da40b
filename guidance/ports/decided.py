"""What people decide and what came of it: rules, stages, people, backtests and numbers, and the part of the store that keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import Struct


class Tally(Struct, frozen=True):
    """How often something happened to a rule: `what` as in `CountRule`, on an ISO day, in a group of agents."""

    day: str
    rule: str
    what: str
    group: str
    times: int


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the trail: `who` (an e-mail address, or `command line`) did `what` to `subject`, and `why` in their words.

    `subject`: `rule:<id>`, `file:<name>`, `person:<e-mail>`, `account:<id>`, `rulebook` or `customer`.
    """

    at: datetime
    who: str
    what: str
    subject: str
    why: str = ""
    before: str = ""
    after: str = ""


class Edition(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One published version of the house's own packs, whole: file name -> text. Number 0 is the shipped packs alone."""

    number: int = 0
    files: dict[str, str] = {}
    at: datetime | None = None
    who: str = ""
    why: str = ""


class Job(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One backtest. `state`: waiting, running, done, failed or cancelled. `asked` and `found` are JSON of the backtest's own.

    `beat_at`: the last sign of life of the process that runs it.
    """

    id: str
    who: str
    at: datetime
    asked: dict[str, Any]
    state: str = "waiting"
    done: int = 0
    total: int = 0
    message: str = ""
    beat_at: datetime | None = None
    ended_at: datetime | None = None
    found: dict[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running")


class Decisions(Protocol):
    """The part of the store that the console writes."""

    def tallies(self, account: str, *, since: date, until: date) -> list[Tally]:
        """What rules did on these days, both included."""

    def votes(self, account: str, *, since: date) -> dict[str, tuple[int, int, int]]:
        """By rule: votes since that day, how many of them say noise, and how many agents gave them. Earlier ones are forgotten."""

    def misread(self, account: str, rule: str) -> list[str]:
        """Ids of the tickets on which somebody called a rule misread in the last 30 days, newest first."""

    def clear_votes(self, account: str, rule: str) -> None:
        """Begin anew: the rule has changed, or its stage."""

    def revision(self) -> int:
        """A number that goes up with every change to accounts, their settings and rules: what open sidebars ask anew for."""

    def records(self, kind: str) -> dict[str, bytes]:
        """All records of a kind, by name."""

    def record(self, kind: str, name: str) -> bytes | None: ...

    def put_record(
        self, kind: str, name: str, value: bytes | None, *, expected: bytes | None, change: Change | None = None
    ) -> bool:
        """Set a record (None: remove it) and note the change, in one step. False: it is not `expected` any more."""

    def change_settings(
        self, account_id: str, settings: dict[str, Any], *, expected: dict[str, Any], change: Change
    ) -> bool:
        """Set an account's settings and note the change, in one step. False: they are not `expected` any more."""

    def changes(self, *, subject: str | None = None, count: int = 200) -> list[Change]:
        """The trail, newest first."""

    def note_change(self, change: Change) -> None:
        """Add to the trail what changed elsewhere."""

    def edition(self, number: int | None = None) -> Edition | None:
        """A published edition; None names the one in force, which is number 0 where nothing was published."""

    def editions(self) -> list[Edition]:
        """All published editions, newest first, without their files."""

    def publish(self, edition: Edition, *, change: Change) -> bool:
        """Put an edition in force, whole, with its entry in the trail, in one step. False: `number - 1` is not in force."""

    def add_job(self, job: Job, upload: bytes | None) -> None:
        """Queue a job, with the conversations to run it over where they were uploaded."""

    def take_job(self, *, now: datetime, idle_for: float, wait: float) -> Job | None:
        """Claim a waiting job, or one whose process gave no sign of life for `idle_for` seconds; None after `wait` seconds."""

    def beat(self, job: Job) -> bool:
        """Say how far a running job is. False: it was cancelled, so stop."""

    def end_job(self, job: Job) -> None:
        """A job has ended; its upload goes. A cancelled one stays cancelled."""

    def cancel_job(self, job_id: str) -> bool: ...

    def drop_job(self, job_id: str) -> bool: ...

    def job(self, job_id: str) -> Job | None: ...

    def jobs(self) -> list[Job]:
        """Newest first."""

    def upload_of(self, job_id: str) -> bytes | None: ...

    def upload_pieces(self, job_id: str, *, overlap: int) -> Iterator[bytes]:
        """What was uploaded, in pieces that hold nobody up; each ends with the first `overlap` bytes of the next."""
