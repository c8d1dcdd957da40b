"""What we need of a helpdesk: to read it whole, to ask what changed, and to make and keep tasks and notes there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from guidance.model import AnyEvent, Colleague, Conversation, Hours, Person


class TaskRequest(Struct, frozen=True, kw_only=True):
    """A task to make in the helpdesk, frozen at the end of grace. `due_at` aware. `instead_of`: of a task that was closed or is gone."""

    follow_up_id: str
    account: str
    ticket_id: str
    subject: str
    body: str
    due_at: datetime
    assignee_id: str | None = None
    instead_of: str | None = None


class TaskUpdate(Struct, frozen=True, kw_only=True):
    """How a task of ours has to stand now. Whole, so that saying it twice does no harm. `due_at` None: as it is."""

    account: str
    task_id: str
    subject: str
    due_at: datetime | None = None
    assignee_id: str | None = None
    is_done: bool = False


class NoteRequest(Struct, frozen=True, kw_only=True):
    """An internal note to write on a ticket. `mark`: our own word in it, by which it is found again."""

    account: str
    ticket_id: str
    mark: str
    body: str


class TaskMade(Struct, frozen=True, kw_only=True):
    """The task as the helpdesk knows it. `linked`: the helpdesk itself shows it beside its ticket."""

    task_id: str
    url: str = ""
    linked: bool = False


class Snapshot(Struct, frozen=True, kw_only=True):
    """A ticket as the helpdesk holds it now: its conversation with confirmed comments, and its schedule where it has one.

    `gone`: it was deleted or marked as spam, and is shown all the same; its comments are left out.
    """

    conversation: Conversation
    updated_at: datetime
    hours: Hours | None = None
    gone: bool = False


class Changes(Struct, frozen=True, kw_only=True):
    """What a helpdesk says has changed, oldest first. `cursor`: where to go on; `more`: there is more to be had at once."""

    events: tuple[AnyEvent, ...]
    cursor: str
    more: bool = False


class Standing(Struct, frozen=True, kw_only=True):
    """What an account's credentials reach.

    `lacks`: what is refused of that without which little works, in words that go on "may not …"; `misses`: of the rest. Calls and
    `at`, the helpdesk's own clock (aware): None where it does not say.
    """

    acts_as: str
    lacks: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    calls_a_minute: int | None = None
    calls_left: int | None = None
    at: datetime | None = None


class Helpdesk(Protocol):
    """A helpdesk's API. All methods raise `HelpdeskError`."""

    @property
    def tickets_at(self) -> str:
        """The address of a ticket's page, but for its id at the end."""

    def fetch_conversation(self, ticket_id: str) -> Snapshot: ...

    def changes(self, *, since: datetime, cursor: str | None = None) -> Changes:
        """One page of what changed since `since` (aware), or since the page that gave `cursor`.

        A changed ticket is a `TicketChanged` that needs a fetch, one that is gone a `TicketDeleted`, a task of ours a
        `TaskChanged` of the ticket where the promise was made. The same change always gives the same event id.
        """

    def ratings(self, *, since: datetime, cursor: str | None = None) -> Changes:
        """One page of what customers answered to surveys since `since` (aware), each a `TicketRated`; `cursor` of the page before."""

    def approved_texts(self) -> Sequence[str]:
        """The texts of all shared macros or canned responses, placeholders as they stand there."""

    def teams(self) -> Sequence[str]:
        """What a pilot may go live for, one by one: `group:<name>` and, where there are any, `brand:<name>`."""

    def recent_tickets(self, count: int) -> Sequence[str]:
        """Ids of the tickets that changed last, newest first, `count` at most; tasks of ours are left out."""

    def standing(self) -> Standing:
        """As whom we act there, what of our needs is refused, and what is left of the account's calls; nothing is written."""

    def create_task(self, task: TaskRequest) -> TaskMade:
        """Make the task; its requester is never the customer and its first comment is private."""

    def find_task(self, task: TaskRequest) -> TaskMade | None:
        """The task of this follow-up if an earlier attempt made it all the same; one after `instead_of`, where that is named."""

    def update_task(self, update: TaskUpdate) -> None:
        """Bring a task of ours in line. Raises a permanent `HelpdeskError` with status 404 where it is gone.

        Raises `TaskClosedError` where it has to be open and was closed for good.
        """

    def write_note(self, note: NoteRequest) -> None:
        """Write an internal note; it may be written twice, so look for it first."""

    def has_note(self, note: NoteRequest) -> bool:
        """Whether an earlier attempt wrote it all the same."""

    def add_tag(self, ticket_id: str, tag: str) -> None:
        """Put a tag on a ticket; one that is there already does no harm."""

    def agent(self, agent_id: str) -> Person | None:
        """The agent, or None where there is none of that id, or none any more."""

    def colleagues(self) -> Sequence[Colleague]:
        """All active agents, with what each may open."""

    def members(self, group: str) -> Sequence[Person]:
        """The agents of a group, known by its name, in order of their names; none where there is no such group."""

    def may_open(self, agent_id: str, ticket_id: str) -> bool:
        """Whether this agent may open this ticket, by the helpdesk's own restrictions. Unknown means no."""
