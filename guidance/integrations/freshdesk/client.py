"""Freshdesk's API behind the `Helpdesk` port. What a task is here stands in README.md."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from msgspec.structs import replace

from guidance.errors import HelpdeskError
from guidance.integrations.budget import CallBudget
from guidance.integrations.calls import unless_missing
from guidance.integrations.freshdesk import writes
from guidance.integrations.freshdesk.api import FreshdeskApi
from guidance.integrations.freshdesk.canned import read_canned
from guidance.integrations.freshdesk.colleagues import colleagues_from
from guidance.integrations.freshdesk.listing import read_changes, read_recent
from guidance.integrations.freshdesk.ratings import read_ratings
from guidance.integrations.freshdesk.records import (
    IN_PUBLIC,
    AgentRecord,
    ContactRecord,
    ConversationRecord,
    NamedRecord,
    TicketRecord,
    comments_from,
    person_from,
    ticket_from,
)
from guidance.integrations.freshdesk.schedule import ScheduleRecord, hours_from
from guidance.integrations.freshdesk.shape import TaskShape
from guidance.integrations.freshdesk.standing import read_standing
from guidance.integrations.freshdesk.statuses import Statuses
from guidance.integrations.freshdesk.words import TASK_TAG, tags_of_task
from guidance.integrations.kept import Kept
from guidance.integrations.taming import Id, by_id, ident, is_number, moment, zulu
from guidance.model import Colleague, Comment, Conversation, Hours, Person, Ticket, TicketKey
from guidance.ports import (
    Account,
    Changes,
    Notebook,
    NoteRequest,
    Snapshot,
    Standing,
    TaskMade,
    TaskRequest,
    TaskUpdate,
)

T = TypeVar("T")

MOST_PAGES = 20
FETCH_CREDITS = 3
"""What fetching a ticket mostly takes: the ticket, a page of its comments, its requester the first time."""

LOOKS_BACK = timedelta(days=30)
_OPEN, _PORTAL = 2, 2
_SOON = timedelta(minutes=1)
_ALL, _OF_GROUPS, _ASSIGNED = 1, 2, 3
_CHILD = 2


class FreshdeskClient:
    """One account's Freshdesk, for any number of threads. All methods raise `HelpdeskError`. `clock` gives aware UTC."""

    calls_at_least = 50

    def __init__(self, account: Account, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._account = account
        self._clock = clock
        self._api = FreshdeskApi(account)
        self._kept = Kept(seconds=600)
        self._schedules = Kept(seconds=3600)
        self._shape = TaskShape(account)
        self._statuses = Statuses(self._api, account)

    def keep_in(self, notebook: Notebook) -> None:
        """Remember there from now on what was found out about the account."""
        self._shape.keep_in(notebook)

    def keep_within(self, budget: CallBudget) -> None:
        """Ask this budget before every call from now on."""
        self._api.keep_within(budget)

    def fetch_conversation(self, ticket_id: str) -> Snapshot:
        """The ticket with all comments. Our own notes are left out, and all comments of our own tasks.

        Beyond 2,000 comments it is as of the last one read.
        """
        with self._api.reserved(FETCH_CREDITS):
            return self._fetched(ticket_id)

    def _fetched(self, ticket_id: str) -> Snapshot:
        """A ticket by as few calls as do: what `include` would bring costs as much as a call, and contacts are kept."""
        ticket = self._ticket(ticket_id)
        if ticket.deleted or ticket.spam:
            conversation = Conversation(
                key=TicketKey(self._account.id, str(ticket.id)), ticket=Ticket(id=str(ticket.id))
            )
            return Snapshot(conversation=conversation, updated_at=_known(moment(ticket.updated_at)), gone=True)
        ticket = replace(ticket, requester=ticket.requester or self._contact(ticket.requester_id))
        records, is_whole = self._conversations(ticket_id)
        updated_at = _known(moment(ticket.updated_at))
        if not is_whole:
            updated_at = max(_known(moment(record.created_at)) for record in records)
        is_ours = TASK_TAG in (ticket.tags or ())
        comments = () if is_ours else self._told(ticket, records)
        in_public = any(record.source in IN_PUBLIC and not record.private for record in records)
        return Snapshot(
            conversation=self._conversation(ticket, comments, in_public=in_public),
            updated_at=updated_at,
            hours=self._hours(),
        )

    def changes(self, *, since: datetime, cursor: str | None = None) -> Changes:
        """The next hundred tickets that changed, by `updated_since`, and those that were thrown away."""
        account = replace(self._account, config={**self._account.config, "statuses": self._statuses.known()})
        return read_changes(self._api, account, since=since, cursor=cursor, now=self._clock())

    def ratings(self, *, since: datetime, cursor: str | None = None) -> Changes:
        return read_ratings(self._api, self._account, since=since, cursor=cursor)

    def approved_texts(self) -> Sequence[str]:
        return read_canned(self._api)

    def teams(self) -> Sequence[str]:
        """The groups by name; a ticket's product is not read yet."""
        groups = self._api.wholes("groups", NamedRecord, most=MOST_PAGES)
        return [f"group:{one.name}" for one in groups if one.name]

    def recent_tickets(self, count: int) -> Sequence[str]:
        """The tickets that changed last, newest first, without our own tasks."""
        return read_recent(self._api, count, now=self._clock())

    def standing(self) -> Standing:
        return read_standing(self._api)

    def create_task(self, task: TaskRequest) -> TaskMade:
        """Open a ticket whose requester is the agent, as a child of the customer's where the account has such.

        It may be made twice: look for it first.
        """
        body = self._body(task, self._agent(task.assignee_id or ""))
        if not self._shape.is_child:
            return self._made(self._api.post("tickets", body, TicketRecord))
        try:
            made = self._api.post("tickets", {**body, "parent_id": int(task.ticket_id)}, TicketRecord)
        except HelpdeskError as error:
            if not self._shape.refused(error):
                raise
            return self._made(self._api.post("tickets", body, TicketRecord))
        return self._made(made, linked=True)

    def find_task(self, task: TaskRequest) -> TaskMade | None:
        """The oldest ticket with the follow-up's tag among those of its agent, after the one that is gone. Lists are up to date; search is not."""
        agent = self._agent(task.assignee_id or "")
        asked = {
            "email": self._requester_email(agent),
            "updated_since": zulu(self._clock() - LOOKS_BACK),
            "order_by": "created_at",
            "order_type": "desc",
        }
        wanted = set(tags_of_task(task.ticket_id, task.follow_up_id))
        after = by_id(task.instead_of) if task.instead_of else (-1.0, "")
        found = [
            record
            for records, _ in self._api.pages("tickets", TicketRecord, asked, most=MOST_PAGES)
            for record in records
            if wanted <= set(record.tags or ()) and by_id(record.id) > after
        ]
        first = min(found, key=lambda record: by_id(record.id), default=None)
        return self._made(first, linked=first.association_type == _CHILD) if first else None

    def update_task(self, update: TaskUpdate) -> None:
        writes.update_task(self._api, update, self._clock(), self._statuses.known())

    def write_note(self, note: NoteRequest) -> None:
        writes.write_note(self._api, note)

    def has_note(self, note: NoteRequest) -> bool:
        return writes.has_note(self._api, note)

    def add_tag(self, ticket_id: str, tag: str) -> None:
        writes.add_tag(self._api, ticket_id, tag)

    def agent(self, agent_id: str) -> Person | None:
        """An agent; None for anybody else, and for whoever was deactivated."""
        found = self._agent(agent_id)
        return person_from(found.contact, found.id) if found and not found.deactivated else None

    def colleagues(self) -> Sequence[Colleague]:
        """The agents: a call for a hundred of them, and one for the groups' names."""
        groups = {str(one.id): one.name for one in self._api.wholes("groups", NamedRecord, most=MOST_PAGES)}
        return colleagues_from(self._api.wholes("agents", AgentRecord, most=MOST_PAGES), groups)

    def members(self, group: str) -> Sequence[Person]:
        """The agents of a group, from the list of all agents: a hundred a call."""
        return self._kept.get(("members", group), lambda: self._members(group)) or ()

    def _members(self, group: str) -> Sequence[Person]:
        groups = self._api.wholes("groups", NamedRecord, most=MOST_PAGES)
        wanted = {
            str(one.id) for one in groups if (one.name or "").casefold() == group.casefold() and one.id is not None
        }
        agents = self._api.wholes("agents", AgentRecord, most=MOST_PAGES) if wanted else ()
        there = [one for one in agents if not one.deactivated and wanted & set(map(str, one.group_ids))]
        found = [person_from(one.contact, one.id) for one in there]
        return sorted(found, key=lambda one: (one.name or "").casefold())

    def may_open(self, agent_id: str, ticket_id: str) -> bool:
        """Whether the agent's scope covers this ticket. Unknown means no."""
        if not is_number(agent_id) or not is_number(ticket_id):
            return False
        agent = unless_missing(lambda: self._api.get(f"agents/{agent_id}", AgentRecord))
        ticket = unless_missing(lambda: self._ticket(ticket_id))
        if agent is None or agent.deactivated or ticket is None:
            return False
        if agent.ticket_scope == _ALL or str(agent.id) in (ident(ticket.responder_id), ident(ticket.internal_agent_id)):
            return agent.ticket_scope in (_ALL, _OF_GROUPS, _ASSIGNED)
        groups = {str(group) for group in agent.group_ids}
        of_group = {ident(ticket.group_id), ident(ticket.internal_group_id)} & groups
        return agent.ticket_scope == _OF_GROUPS and bool(of_group)

    def _ticket(self, ticket_id: str) -> TicketRecord:
        if not is_number(ticket_id):
            raise HelpdeskError("A Freshdesk ticket's id is a number.", permanent=True, status=404)
        return self._api.get(f"tickets/{ticket_id}", TicketRecord)

    def _conversations(self, ticket_id: str) -> tuple[list[ConversationRecord], bool]:
        """The replies and notes, and whether these are all."""
        records: list[ConversationRecord] = []
        is_whole = True
        path = f"tickets/{ticket_id}/conversations"
        for page, has_more in self._api.pages(path, ConversationRecord, {}, most=MOST_PAGES, one_by_one=True):
            records += page
            is_whole = not has_more
        return records, is_whole

    def _told(self, ticket: TicketRecord, records: list[ConversationRecord]) -> tuple[Comment, ...]:
        bot = self._account.own_user
        others = [record for record in records if bot is None or ident(record.user_id) != bot]
        return comments_from(ticket, others, self._agent_name)

    def _conversation(self, ticket: TicketRecord, comments: tuple[Comment, ...], *, in_public: bool) -> Conversation:
        group = self._named("groups", ticket.group_id)
        responder = ident(ticket.responder_id)
        agent = self._agent(responder) if responder else None
        return Conversation(
            key=TicketKey(self._account.id, str(ticket.id)),
            ticket=ticket_from(ticket, group=group, in_public=in_public, statuses=self._statuses.known()),
            requester=self._requester(ticket),
            assignee=person_from(agent.contact if agent else None, responder),
            comments=comments,
        )

    def _requester(self, ticket: TicketRecord) -> Person:
        """The requester as a contact, who has a zone and a language; as the ticket tells them where they are none."""
        requester_id = ident(ticket.requester_id) or ""
        contact = self._contact(requester_id)
        company = self._named("companies", contact.company_id if contact else None)
        return person_from(contact or ticket.requester, requester_id, organization=company)

    def _contact(self, contact_id: Id) -> ContactRecord | None:
        """A contact; an agent's, where an agent is the requester."""
        known = ident(contact_id) or ""
        if not is_number(known):
            return None
        contact = self._kept_at(f"contacts/{known}", ContactRecord)
        agent = None if contact else self._agent(known)
        return contact or (agent.contact if agent else None)

    def _agent(self, agent_id: str) -> AgentRecord | None:
        return self._kept_at(f"agents/{agent_id}", AgentRecord) if is_number(agent_id) else None

    def _agent_name(self, agent_id: str) -> str | None:
        agent = self._agent(agent_id)
        return agent.contact.name if agent else None

    def _named(self, kind: str, record_id: Id) -> str | None:
        known = ident(record_id)
        found = self._kept_at(f"{kind}/{known}", NamedRecord) if known and is_number(known) else None
        return found.name if found else None

    def _kept_at(self, path: str, kind: type[T]) -> T | None:
        return self._kept.get(path, lambda: self._api.get(path, kind))

    def _hours(self) -> Hours | None:
        """The account's default schedule, None where it has none or it can't be read: the case keeps what it knows."""
        return self._schedules.spared("hours", self._fetch_hours, account=self._account.id)

    def _fetch_hours(self) -> Hours | None:
        return hours_from(self._api.get("business_hours", list[ScheduleRecord]))

    def _requester_email(self, agent: AgentRecord | None) -> str:
        """For whom a task is: its agent, else our own user. Never the customer, who would get a mail."""
        chosen = agent or self._kept_at("agents/me", AgentRecord)
        if chosen is None or not chosen.contact.email:
            raise HelpdeskError(
                "The task's agent has no e-mail address in Freshdesk, so nobody can be its requester.", permanent=True
            )
        return chosen.contact.email

    def _body(self, task: TaskRequest, agent: AgentRecord | None) -> dict[str, Any]:
        body: dict[str, Any] = {
            "email": self._requester_email(agent),
            "subject": task.subject,
            "description": self._description(task),
            "status": _OPEN,
            "priority": 1,
            "source": _PORTAL,
            "tags": tags_of_task(task.ticket_id, task.follow_up_id),
        }
        if agent is not None:
            body["responder_id"] = int(agent.id)
        if task.due_at > self._clock() + _SOON:
            # Freshdesk refuses a time that has passed, and one of the two without the other.
            body["due_by"] = body["fr_due_by"] = zulu(task.due_at)
        return {**body, **self._account.config.get("task_fields", {})}

    def _description(self, task: TaskRequest) -> str:
        lines = html.escape(task.body).replace("\n", "<br>")
        address = html.escape(f"{self.tickets_at}{task.ticket_id}")
        return f'<p>{lines}</p><p><a href="{address}">Ticket {html.escape(task.ticket_id)}</a></p>'

    def _made(self, record: TicketRecord, *, linked: bool = False) -> TaskMade:
        return TaskMade(task_id=str(record.id), url=f"{self.tickets_at}{record.id}", linked=linked)

    @property
    def tickets_at(self) -> str:
        return f"{self._account.base_url.rstrip('/')}/a/tickets/"


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise HelpdeskError("Freshdesk's answer has a time that can't be read.")
    return at
