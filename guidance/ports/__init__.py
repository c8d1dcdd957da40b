"""What the middle of the system needs from the outside: small protocols, one implementation each in the product."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from guidance.model import (
    AgentHabits,
    Case,
    CountHabit,
    Effect,
    FollowUp,
    TicketKey,
    Work,
)
from guidance.ports.budgets import CallAsk as CallAsk
from guidance.ports.budgets import CallBudgets as CallBudgets
from guidance.ports.budgets import CallCount as CallCount
from guidance.ports.decided import Change as Change
from guidance.ports.decided import Decisions
from guidance.ports.decided import Edition as Edition
from guidance.ports.decided import Job as Job
from guidance.ports.decided import Tally as Tally
from guidance.ports.helpdesk import Changes as Changes
from guidance.ports.helpdesk import Helpdesk as Helpdesk
from guidance.ports.helpdesk import NoteRequest as NoteRequest
from guidance.ports.helpdesk import Snapshot as Snapshot
from guidance.ports.helpdesk import Standing as Standing
from guidance.ports.helpdesk import TaskMade as TaskMade
from guidance.ports.helpdesk import TaskRequest as TaskRequest
from guidance.ports.helpdesk import TaskUpdate as TaskUpdate
from guidance.ports.network import NetworkStore

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


RENEWED = ("access_token", "refresh_token")
"""Secrets that an account's client replaces by itself."""


class Account(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One helpdesk of this installation. `id` is `<helpdesk>:<name>`. `secrets` are sealed at rest.

    `secrets` names: `webhook` and `webhook_old` (rotation), `token` or `client_secret` (API), `install` (Freshdesk's app).
    `config`: what only this helpdesk's folder understands (client id, app key, installation id, base URL of a desk).
    `locked`: secrets that another key than ours has sealed, as they lie there; kept, since the right key may come back.
    """

    id: str
    base_url: str
    secrets: dict[str, str] = {}
    config: dict[str, Any] = {}
    origins: tuple[str, ...] = ()
    settings: dict[str, Any] = {}
    locked: dict[str, str] = {}

    @property
    def helpdesk(self) -> str:
        return self.id.partition(":")[0]

    @property
    def own_user(self) -> str | None:
        """The id of the user as whom we write there, who answers no customer; None where the account doesn't say."""
        named = self.settings.get("bot_id") or self.config.get("bot_id")
        return str(named).strip() if named else None


class Notebook(Protocol):
    """Small values by name, shared by all processes. All methods raise `StoreUnavailableError`."""

    def recall(self, name: str) -> bytes | None:
        """The value kept under a name, or None."""

    def keep(self, name: str, value: bytes, *, seconds: int) -> None:
        """Keep a small value under a name for a while, whatever was there."""

    def prolong(self, name: str, *, seconds: int) -> None:
        """Keep what is kept under a name for so long from now; nothing where nothing is."""

    def tally(self, name: str, *, seconds: int) -> int:
        """Count up, and say how often that was since the first time, at most `seconds` ago."""

    def untally(self, name: str) -> None:
        """Take one count back: it was none of those that are counted."""


class Vault(Notebook, Protocol):
    """Where an account's secrets are, for a client whose tokens are replaced. All methods raise `StoreUnavailableError`."""

    def account(self, account_id: str) -> Account | None: ...

    def swap_secrets(self, account_id: str, secrets: Mapping[str, str], *, expected: Mapping[str, str]) -> bool:
        """Put these secrets in their places, if those of `expected` still are as they were. False: somebody was first."""

    def remember(self, name: str, value: bytes, *, seconds: int, replace: bool = False) -> bool:
        """Keep a small value under a name for a while. False: the name was taken already, and the old value stays.

        `replace`: the new value takes the old one's place.
        """

    def release(self, name: str) -> None:
        """Forget the value kept under a name."""


class Store(CallBudgets, Vault, Decisions, NetworkStore, Protocol):
    """The one place where anything lives. All methods raise `StoreUnavailableError` when it can't be reached."""

    def accept(self, arrival: Arrival) -> bool:
        """Append to the inbox, on disk when this returns. False: its mark is known, nothing was appended."""

    def claim(
        self, shard: int, consumer: str, *, count: int = 16, block_ms: int = 0, idle_ms: int = 30_000
    ) -> list[InboxEntry]:
        """Entries of one shard for this consumer: those another one left lying for `idle_ms`, then new ones."""

    def take_over(self, shard: int, consumer: str, ended: Sequence[str]) -> list[InboxEntry]:
        """Entries of one shard that consumers had claimed of which the caller knows that they have ended, at once.

        What was handed out several times already is left lying for `claim`: it may be what ended them.
        """

    def acknowledge(self, entry: InboxEntry) -> None:
        """The entry is done with and goes."""

    def quarantine(self, entry: InboxEntry, failure: Failure, *, instead: Arrival | None = None) -> None:
        """Move the entry to the failures, in one step. Of a helpdesk's webhooks beyond a bound one failure stands for all.

        `instead`: what arrives in its place, for the same shard. Where the entry is gone already, nothing is kept of either.
        """

    def load(self, key: TicketKey) -> Case | None:
        """The stored case, `version` as saved; `settings` and `readers` empty."""

    def save(self, case: Case, effects: Sequence[Effect], *, entry: InboxEntry | None = None, now: datetime) -> bool:
        """Save as the next version with its effects, and acknowledge `entry`, in one step.

        False: `case.version` is not what is stored, so somebody else was first and nothing was changed. An agent's habits, votes
        and misread tickets are counted after it, and lost where the store goes away just then.
        """

    def forget(self, key: TicketKey) -> None:
        """Erase everything about a ticket."""

    def was_forgotten(self, key: TicketKey) -> bool:
        """Whether a ticket was erased within the last day."""

    def habits(self, account: str, agent_id: str, *, now: datetime) -> AgentHabits:
        """One agent's habits, empty where none are kept."""

    def count(self, account: str, effects: Sequence[CountHabit], *, now: datetime) -> None:
        """Apply habit effects; each id once."""

    def watch(self, account: str, agent_id: str, ticket_ids: Sequence[str], *, session: str, now: datetime) -> None:
        """This agent has these tickets open, for the next two minutes; replaces what the same session said before.

        The fetch of one that was opened just now is due at once, however long it was put off.
        """

    def watchers(self, key: TicketKey, *, now: datetime) -> list[str]:
        """Ids of the agents who have the ticket open."""

    def due(self, shard: int, *, now: datetime, lease_for: float, count: int = 16, worker: str = "") -> list[Work]:
        """Claim due work of a shard: its time moves to now + `lease_for` seconds, `attempt` is counted up."""

    def take_over_due(self, shard: int, ended: Sequence[str], *, now: datetime, but: Sequence[str] = ()) -> None:
        """Make due again at once what workers had claimed that have ended for sure, all kinds `but` these.

        What was claimed several times keeps its lease: it may be what ended them.
        """

    def done(self, work: Work) -> None:
        """The work is done: forget it, unless it was planned anew meanwhile."""

    def postpone(self, work: Work, *, at: datetime, counts: bool = True) -> None:
        """Try the work again at `at`. `counts` False: this was no attempt, since nothing was sent."""

    def give_up(self, work: Work, failure: Failure) -> None:
        """Move the work to the failures, in one step."""

    def read_stream(self, shard: int, after: str, *, block_ms: int = 0, count: int = 256) -> list[StreamEntry]:
        """Entries of one shard's out-stream after `<ms>-<seq>`, or `$` for those to come."""

    def stream_reaches_back(self, shard: int, since_ms: int) -> bool:
        """Whether nothing younger than `since_ms` has been trimmed from the shard's stream."""

    def waiting(self) -> int:
        """How many arrivals no worker has finished yet."""

    def failures(self, *, count: int = 100) -> list[Failure]:
        """Newest first."""

    def failure_count(self) -> int:
        """How many there are."""

    def retry(self, failure_id: str, *, now: datetime) -> bool:
        """Put a failure back where it came from. False: there is none of that id."""

    def tidy(self, *, now: datetime) -> int:
        """Forget failures, backtests, drafts of rules, cards, and promises of tickets whose time is over, how many there were; and old news."""

    def arrivals_about(self, account: str, *, ticket_ids: Collection[str], words: Sequence[str]) -> int:
        """How many arrivals and failures `forget_arrivals` would erase."""

    def forget_arrivals(self, account: str, *, ticket_ids: Collection[str] | None, words: Sequence[str]) -> int:
        """Erase arrivals and failures about these tickets, or which mention one of these words; how many there were.

        None: about any of the account's tickets; what can't be read goes where it mentions one of the words.

        A worker that has such an arrival in its hands saves nothing of it.
        """

    def drop_failure(self, failure_id: str) -> bool:
        """Forget a failure. False: there is none of that id."""

    def follow_ups(
        self,
        account: str,
        *,
        ticket_id: str | None = None,
        owner_id: str | None = None,
        groups: Collection[str] | None = None,
        due_from: datetime | None = None,
        due_before: datetime | None = None,
        count: int | None = 1_000,
    ) -> list[FollowUp]:
        """Follow-ups by due time, at most `count` (None: however many): all of one ticket's, else an account's or an agent's open ones.

        `groups` (in capitals or not), `due_from` and `due_before` choose among the open ones; what they leave out does not count.
        """

    def follow_up(self, account: str, follow_up_id: str) -> FollowUp | None:
        """One follow-up by its id."""

    def settled_follow_ups(self, account: str, *, since: datetime, count: int = 10_000) -> list[FollowUp]:
        """The account's follow-ups that were closed since then."""

    def open_feed(self, account: str, agent_id: str, secret: str) -> None:
        """Let this secret show an agent's calendar for a year; an earlier one of theirs ends."""

    def feed(self, secret: str) -> tuple[str, str] | None:
        """Account and agent of a calendar's secret; None where it was revoked, or never given."""

    def has_feed(self, account: str, agent_id: str) -> bool:
        """Whether this agent has a calendar link."""

    def close_feed(self, account: str, agent_id: str) -> None:
        """Revoke an agent's calendar link."""

    def put_account(self, account: Account) -> None:
        """Keep an account, in place of whatever is there under its id."""

    def change_account(self, account_id: str, change: Callable[[Account], Account]) -> Account | None:
        """Change an account as it is at this moment; as it is then, None where there is none.

        `change` is called again where somebody else was first: the service renews tokens whenever it has to.
        """

    def accounts(self) -> list[Account]: ...

    def drop_account(self, account_id: str) -> None: ...

    def compact(self) -> None:
        """Let the server write its files anew, so that what was erased is gone from the disk too; where it may."""

    def note_erasure(self) -> None:
        """Words are gone from here, and are to go from the disk at the next `compact_in_time`."""

    def compact_in_time(self) -> None:
        """The same once a day, for what has outlived its time, and within minutes where words were erased."""

    def cases(self, account: str, *, count: int) -> Iterator[Case]:
        """Stored cases of an account, `count` at most, in no order."""

    def tickets_of(self, account: str, requester_id: str) -> list[str]:
        """Ids of the stored tickets of a requester."""

    def health(self) -> Mapping[str, Any]:
        """Facts for `doctor`, of which `/readyz` tells the warnings: server, version, appendonly, appendfsync, maxmemory_policy, warnings."""
