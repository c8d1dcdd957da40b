"""What the middle of the system needs from the outside: small protocols, one implementation each in the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import Struct

from guidance.model import AgentHabits, Case, Conversation, CountHabit, Effect, FollowUp, Hours, Person, TicketKey, Work

Offload = Callable[..., Any]
"""Calls a function that takes long and does no I/O, with its arguments, where it holds up nobody, and waits for its answer."""


def here(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The offload of a process in which nobody else waits."""
    return call(*args, **kwargs)


class Arrival(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something for a ticket's inbox. `kind`: `webhook` (a helpdesk's raw body) or `event` (one of ours, as JSON).

    `ticket_id` is only as good as a lenient look at the body: it chooses the shard, no more.
    `mark`: what makes a repeat recognisable; None where nothing does.
    """

    account: str
    kind: str
    body: bytes
    received_at: datetime
    ticket_id: str | None = None
    mark: str | None = None

    @property
    def shard_name(self) -> str:
        """What the shard is counted from: the ticket where it is known, else the account."""
        return f"{self.account}:{self.ticket_id}" if self.ticket_id else self.account


class InboxEntry(Struct, frozen=True, kw_only=True):
    """An arrival on its way: `entry_id` and `shard` say where it lies, `deliveries` how often it was handed out."""

    shard: int
    entry_id: str
    arrival: Arrival
    deliveries: int = 1


class Failure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that could not be done, kept until somebody looks. `path` names the place in the body that failed.

    `kind`: `webhook` or a kind of `Work`. `body` is what a retry puts back.
    """

    id: str
    kind: str
    account: str
    at: datetime
    message: str
    ticket_id: str | None = None
    path: str = ""
    body: bytes = b""


class StreamEntry(Struct, frozen=True, kw_only=True):
    """One entry of a shard's out-stream; `id` is `<shard>-<ms>-<seq>`."""

    id: str
    account: str
    ticket_id: str
    kind: str
    data: dict[str, Any]
    agent_id: str | None = None


class Tally(Struct, frozen=True):
    """How often something happened to a rule: `what` as in `CountRule`, on an ISO day, in a group of agents."""

    day: str
    rule: str
    what: str
    group: str
    times: int


class Account(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One helpdesk of this installation. `id` is `<helpdesk>:<name>`. `secrets` are sealed at rest.

    `secrets` names: `webhook` and `webhook_old` (rotation), `token` or `client_secret` (API), `install` (Freshdesk's app).
    `config`: what only this helpdesk's folder understands (client id, app key, installation id, base URL of a desk).
    """

    id: str
    base_url: str
    helpdesk_account_id: str = ""
    secrets: dict[str, str] = {}
    config: dict[str, Any] = {}
    origins: tuple[str, ...] = ()
    settings: dict[str, Any] = {}

    @property
    def helpdesk(self) -> str:
        return self.id.partition(":")[0]


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


class Store(Protocol):
    """The one place where anything lives. All methods raise `StoreUnavailableError` when it can't be reached."""

    def accept(self, arrival: Arrival) -> bool:
        """Append to the inbox, on disk when this returns. False: its mark is known, nothing was appended."""

    def claim(
        self, shard: int, consumer: str, *, count: int = 16, block_ms: int = 0, idle_ms: int = 30_000
    ) -> list[InboxEntry]:
        """Entries of one shard for this consumer: those another one left lying for `idle_ms`, then new ones."""

    def acknowledge(self, entry: InboxEntry) -> None:
        """The entry is done with and goes."""

    def quarantine(self, entry: InboxEntry, failure: Failure) -> None:
        """Move the entry to the failures, in one step."""

    def load(self, key: TicketKey) -> Case | None:
        """The stored case, `version` as saved; `settings` and `readers` empty."""

    def save(self, case: Case, effects: Sequence[Effect], *, entry: InboxEntry | None = None, now: datetime) -> bool:
        """Save as the next version with all effects, and acknowledge `entry`, in one step.

        False: `case.version` is not what is stored, so somebody else was first and nothing was changed. `CountHabit`
        effects are applied after it.
        """

    def forget(self, key: TicketKey) -> None:
        """Erase everything about a ticket."""

    def habits(self, account: str, agent_id: str, *, now: datetime) -> AgentHabits:
        """One agent's habits, empty where none are kept."""

    def count(self, account: str, effects: Sequence[CountHabit], *, now: datetime) -> None:
        """Apply habit effects; each id once."""

    def watch(self, account: str, agent_id: str, ticket_ids: Sequence[str], *, now: datetime) -> None:
        """This agent has these tickets open, for the next two minutes; replaces what was said before."""

    def watchers(self, key: TicketKey, *, now: datetime) -> list[str]:
        """Ids of the agents who have the ticket open."""

    def due(self, shard: int, *, now: datetime, lease_for: float, count: int = 16) -> list[Work]:
        """Claim due work of a shard: its time moves to now + `lease_for` seconds, `attempt` is counted up."""

    def done(self, work: Work) -> None:
        """The work is done: forget it, unless it was planned anew meanwhile."""

    def postpone(self, work: Work, *, at: datetime) -> None:
        """Try the work again at `at`."""

    def give_up(self, work: Work, failure: Failure) -> None:
        """Move the work to the failures, in one step."""

    def read_stream(self, shard: int, after: str, *, block_ms: int = 0, count: int = 256) -> list[StreamEntry]:
        """Entries of one shard's out-stream after `<ms>-<seq>`, or `$` for those to come."""

    def stream_reaches_back(self, shard: int, since_ms: int) -> bool:
        """Whether nothing younger than `since_ms` has been trimmed from the shard's stream."""

    def failures(self, *, count: int = 100) -> list[Failure]:
        """Newest first."""

    def retry(self, failure_id: str, *, now: datetime) -> bool:
        """Put a failure back where it came from. False: there is none of that id."""

    def drop_failure(self, failure_id: str) -> bool:
        """Forget a failure. False: there is none of that id."""

    def follow_ups(self, account: str, *, ticket_id: str | None = None, owner_id: str | None = None) -> list[FollowUp]:
        """Follow-ups of an account, by due time; `ticket_id` or `owner_id` narrows."""

    def put_account(self, account: Account) -> None: ...

    def account(self, account_id: str) -> Account | None: ...

    def accounts(self) -> list[Account]: ...

    def drop_account(self, account_id: str) -> None: ...

    def remember(self, name: str, value: bytes, *, seconds: int) -> bool:
        """Keep a small value under a name for a while. False: the name was taken already, and the old value stays."""

    def recall(self, name: str) -> bytes | None:
        """The value kept under a name, or None."""

    def release(self, name: str) -> None:
        """Forget the value kept under a name."""

    def keep(self, name: str, value: bytes, *, seconds: int) -> None:
        """Keep a small value under a name for a while, whatever was there."""

    def tally(self, name: str, *, seconds: int) -> int:
        """Count up, and say how often that was since the first time, at most `seconds` ago."""

    def compact(self) -> None:
        """Let the server write its files anew, so that what was erased is gone from the disk too; where it may."""

    def cases(self, account: str, *, count: int) -> Iterator[Case]:
        """Stored cases of an account, `count` at most, in no order."""

    def tickets_of(self, account: str, requester_id: str) -> list[str]:
        """Ids of the stored tickets of a requester."""

    def tallies(self, account: str, *, since: date, until: date) -> list[Tally]:
        """What rules did on these days, both included."""

    def votes(self, account: str) -> dict[str, tuple[int, int, int]]:
        """By rule: votes, how many of them say noise, and how many agents gave them."""

    def clear_votes(self, account: str, rule: str) -> None:
        """Begin anew: the rule has changed, or its stage."""

    def revision(self) -> int:
        """A number that goes up with every change to accounts, their settings, people and rules."""

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

    def health(self) -> Mapping[str, Any]:
        """Facts for `/readyz` and `doctor`: server, version, appendonly, appendfsync, maxmemory_policy, warnings."""


class TaskRequest(Struct, frozen=True, kw_only=True):
    """A task to make in the helpdesk, frozen at the end of grace. `due_at` aware."""

    follow_up_id: str
    account: str
    ticket_id: str
    subject: str
    body: str
    due_at: datetime
    assignee_id: str | None = None


class TaskMade(Struct, frozen=True, kw_only=True):
    """The task as the helpdesk knows it."""

    task_id: str
    url: str = ""


class Snapshot(Struct, frozen=True, kw_only=True):
    """A ticket as the helpdesk holds it now: its conversation with confirmed comments, and its schedule where it has one."""

    conversation: Conversation
    updated_at: datetime
    hours: Hours | None = None


class Helpdesk(Protocol):
    """A helpdesk's API. All methods raise `HelpdeskError`."""

    def fetch_conversation(self, ticket_id: str) -> Snapshot: ...

    def create_task(self, task: TaskRequest) -> TaskMade:
        """Make the task; its requester is never the customer and its first comment is private."""

    def find_task(self, task: TaskRequest) -> TaskMade | None:
        """The task of this follow-up if an earlier attempt made it all the same."""

    def agent(self, agent_id: str) -> Person | None:
        """The agent, or None where there is none of that id."""

    def may_open(self, agent_id: str, ticket_id: str) -> bool:
        """Whether this agent may open this ticket, by the helpdesk's own restrictions. Unknown means no."""
