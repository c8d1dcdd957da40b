"""Zendesk's API behind the `Helpdesk` port: zenpy for objects and paths, `ZendeskSession` for everything else."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote

from zenpy import Zenpy
from zenpy.lib.api_objects import BaseObject
from zenpy.lib.api_objects import Comment as ZenpyComment
from zenpy.lib.api_objects import Ticket as ZenpyTicket
from zenpy.lib.exception import APIException, ZenpyException

from guidance.errors import HelpdeskError, MalformedError
from guidance.integrations.budget import CallBudget
from guidance.integrations.calls import unless_missing
from guidance.integrations.kept import Kept
from guidance.integrations.metering import Meter
from guidance.integrations.taming import Id, by_id, ident, is_number, moment, tame, tame_each, zulu
from guidance.integrations.zendesk import writes
from guidance.integrations.zendesk.access import may_open
from guidance.integrations.zendesk.colleagues import read_colleagues
from guidance.integrations.zendesk.counting import count_of
from guidance.integrations.zendesk.export import read_changes, read_recent
from guidance.integrations.zendesk.macros import read_macros
from guidance.integrations.zendesk.members import read_members
from guidance.integrations.zendesk.merged import target_of
from guidance.integrations.zendesk.oauth import Tokens
from guidance.integrations.zendesk.paging import pages
from guidance.integrations.zendesk.ratings import read_ratings
from guidance.integrations.zendesk.records import (
    CommentRecord,
    CommentsPage,
    TicketRecord,
    UserRecord,
    comment_from,
    person_from,
    ticket_from,
)
from guidance.integrations.zendesk.schedule import HolidaysPage, SchedulesPage, hours_from
from guidance.integrations.zendesk.session import DOMAIN, SUBDOMAIN, ZendeskSession
from guidance.integrations.zendesk.standing import read_standing
from guidance.integrations.zendesk.updates import TicketUpdates
from guidance.integrations.zendesk.words import TASK_TAG, mark_of_task, task_of
from guidance.model import Colleague, Comment, Conversation, Hours, Person, TicketKey
from guidance.ports import Account, Changes, NoteRequest, Snapshot, Standing, TaskMade, TaskRequest, TaskUpdate, Vault

T = TypeVar("T")

MOST_PAGES = 5
"""Pages of a hundred comments, newest first: more than a case keeps."""

FETCH_CREDITS = 3
"""What fetching a ticket mostly takes: the ticket, a page of its comments with their authors, whoever has not written."""

_LOOKED_THROUGH = 100

logging.getLogger("zenpy").setLevel(logging.CRITICAL + 1)  # it would log what it sends, a ticket's text


class ZendeskClient:
    """One account's Zendesk, for any number of threads. All methods raise `HelpdeskError`."""

    calls_at_least = 200

    def __init__(self, account: Account) -> None:
        self._account = account
        self._tokens = Tokens(account)
        self._updates = TicketUpdates(account)
        self._meter = Meter(count_of)
        self._session = ZendeskSession(account, self._tokens, updates=self._updates, meter=self._meter)
        self._zenpy = _zenpy(self._session)
        self._names = Kept(seconds=600)
        self._schedules = Kept(seconds=3600)

    def keep_in(self, vault: Vault) -> None:
        """Count there from now on how often each ticket was updated, and share renewed tokens there."""
        self._updates.keep_in(vault)
        self._tokens.keep_in(vault)

    def keep_within(self, budget: CallBudget) -> None:
        """Ask this budget before every call from now on."""
        self._meter.keep_within(budget)

    def fetch_conversation(self, ticket_id: str) -> Snapshot:
        """The ticket with its newest 500 comments. Our own notes are left out, and all comments of our own tasks."""
        with self._meter.reserved(FETCH_CREDITS), _reading():
            ticket = self._ticket(ticket_id)
            records, users = self._comments(ticket_id)
            users = self._with_people(users, ticket)
            is_ours = task_of(ticket.external_id, self._account.id) is not None
            comments = () if is_ours else self._told(records, ticket, users)
            conversation = self._conversation(ticket, comments, users)
            updated_at = moment(ticket.updated_at)
            if updated_at is None:
                raise HelpdeskError("Zendesk's answer says no time at which the ticket was updated.")
            return Snapshot(conversation=conversation, updated_at=updated_at, hours=self._hours())

    def changes(self, *, since: datetime, cursor: str | None = None) -> Changes:
        """A page of the incremental export, which leaves out the latest minute."""
        with _reading():
            now = datetime.now(UTC)
            return read_changes(
                self._session, self._account, since=since, cursor=cursor, target_of=self._target_of, now=now
            )

    def ratings(self, *, since: datetime, cursor: str | None = None) -> Changes:
        with _reading():
            return read_ratings(self._session, self._account, since=since, cursor=cursor)

    def approved_texts(self) -> Sequence[str]:
        with _reading():
            return read_macros(self._session)

    def teams(self) -> Sequence[str]:
        """The groups by name, then the brands."""
        with _reading():
            groups = [f"group:{one.name}" for one in self._zenpy.groups()]
            return [*groups, *(f"brand:{one.name}" for one in self._zenpy.brands())]

    def recent_tickets(self, count: int) -> Sequence[str]:
        """The tickets that changed last, newest first, without our own tasks."""
        with _reading():
            return read_recent(self._session, self._account, count)

    def standing(self) -> Standing:
        with _reading():
            return read_standing(self._session, self._tokens)

    def create_task(self, task: TaskRequest) -> TaskMade:
        """Make a ticket of type task under a key of its own, so that a repeat within two hours makes no second one."""
        with _reading(is_write=True):
            # zenpy keeps what it writes on the API object, so a write has one of its own.
            key = {"Idempotency-Key": "-".join(filter(None, (task.follow_up_id, task.instead_of)))}
            once = _zenpy(ZendeskSession(self._account, self._tokens, key, meter=self._meter))
            made = once.tickets.create(self._task(task))
            record = _record(getattr(made, "ticket", made), TicketRecord)
        return self._made(record)

    def find_task(self, task: TaskRequest) -> TaskMade | None:
        """The oldest ticket under this follow-up's `external_id`, of those after the one that was closed."""
        mark = mark_of_task(task.account, task.ticket_id, task.follow_up_id)
        with _reading():
            listed = islice(self._zenpy.tickets(external_id=quote(mark, safe=":")), _LOOKED_THROUGH)
            found = [record for record in _records(listed, TicketRecord) if record.external_id == mark]
        after = by_id(task.instead_of) if task.instead_of else (-1.0, "")
        alive = [record for record in found if record.status != "deleted" and by_id(record.id) > after]
        return self._made(min(alive, key=lambda record: by_id(record.id))) if alive else None

    def update_task(self, update: TaskUpdate) -> None:
        with _reading():
            writes.update_task(self._session, update)

    def write_note(self, note: NoteRequest) -> None:
        writes.write_note(self._session, note)

    def has_note(self, note: NoteRequest) -> bool:
        with _reading():
            return writes.has_note(self._session, note)

    def add_tag(self, ticket_id: str, tag: str) -> None:
        writes.add_tag(self._session, ticket_id, tag)

    def agent(self, agent_id: str) -> Person | None:
        """An agent or admin; None for anybody else, and for whoever was suspended."""
        user = self._user(agent_id)
        return person_from(user, agent_id) if user is not None and user.is_active_staff else None

    def colleagues(self) -> Sequence[Colleague]:
        """The agents and admins: three calls for a hundred of them, and one for each whose organizations count."""
        with _reading():
            return read_colleagues(
                self._session,
                account=self._account.id,
                role_access=self._role_access,
                organizations_of=lambda user_id: [
                    name for one in self._organizations_of(user_id) if (name := self._name("organizations", one))
                ],
            )

    def members(self, group: str) -> Sequence[Person]:
        """The first thousand agents of a group."""
        with _reading():
            return self._names.get(("members", group), lambda: self._members(group)) or ()

    def may_open(self, agent_id: str, ticket_id: str) -> bool:
        """Whether Zendesk lets this agent open this ticket. Unknown means no."""
        user = self._user(agent_id)
        if user is None or not is_number(ticket_id):
            return False
        with _reading():
            ticket = unless_missing(lambda: self._ticket(ticket_id))
            return ticket is not None and may_open(
                user,
                ticket,
                role_access=self._role_access,
                groups_of=self._groups_of,
                organizations_of=self._organizations_of,
            )

    def _ticket(self, ticket_id: str) -> TicketRecord:
        if not is_number(ticket_id):
            raise HelpdeskError("A Zendesk ticket's id is a number.", permanent=True, status=404)
        return _record(self._zenpy.tickets(id=ticket_id), TicketRecord)

    def _user(self, user_id: str) -> UserRecord | None:
        if not is_number(user_id):
            return None
        with _reading():
            return unless_missing(lambda: _record(self._zenpy.users(id=user_id), UserRecord))

    def _comments(self, ticket_id: str) -> tuple[list[CommentRecord], dict[str, UserRecord]]:
        path = self._zenpy.tickets.endpoint.comments(
            id=ticket_id, include="users", sort="-created_at", cursor_pagination=True
        )
        found = list(pages(self._session, path.path, CommentsPage, path.params, most=MOST_PAGES))
        account = self._account.id
        users = tame_each([one for page in found for one in page.users], UserRecord, account=account)
        comments = tame_each([one for page in found for one in page.comments], CommentRecord, account=account)
        return comments, {str(user.id): user for user in users}

    def _with_people(self, users: Mapping[str, UserRecord], ticket: TicketRecord) -> dict[str, UserRecord]:
        """The authors, and requester and assignee where they have not written."""
        people = (ident(ticket.requester_id), ident(ticket.assignee_id))
        missing = [person for person in dict.fromkeys(people) if person and person not in users]
        found = _records(self._zenpy.users(ids=missing), UserRecord) if missing else []
        return {**users, **{str(user.id): user for user in found}}

    def _told(
        self, records: Iterable[CommentRecord], ticket: TicketRecord, users: Mapping[str, UserRecord]
    ) -> tuple[Comment, ...]:
        bot = self._account.own_user
        others = [record for record in records if bot is None or ident(record.author_id) != bot]
        ordered = sorted(others, key=lambda record: (record.created_at, by_id(record.id)))
        return tuple(comment_from(record, ticket, users) for record in ordered)

    def _conversation(
        self, ticket: TicketRecord, comments: tuple[Comment, ...], users: Mapping[str, UserRecord]
    ) -> Conversation:
        requester = users.get(ident(ticket.requester_id) or "")
        assignee = users.get(ident(ticket.assignee_id) or "")
        organization = self._name("organizations", requester.organization_id if requester else None)
        return Conversation(
            key=TicketKey(self._account.id, str(ticket.id)),
            ticket=ticket_from(
                ticket, group=self._name("groups", ticket.group_id), brand=self._name("brands", ticket.brand_id)
            ),
            requester=person_from(requester, ticket.requester_id, organization=organization),
            assignee=person_from(assignee, ticket.assignee_id),
            comments=comments,
        )

    def _name(self, kind: str, record_id: Id) -> str | None:
        """The name of a group, brand or organization; None where it is not to be had."""
        known = ident(record_id)
        if known is None:
            return None
        return self._names.get((kind, known), lambda: str(getattr(self._zenpy, kind)(id=known).name))

    def _target_of(self, ticket_id: str) -> str | None:
        """Into which ticket one was merged. Kept, so that a page full of them which was cut short comes to its end at last."""
        return self._names.get(("merged", ticket_id), lambda: target_of(self._session, ticket_id))

    def _hours(self) -> Hours | None:
        """The account's first schedule, None where it has none or it can't be read: the case keeps what it knows."""
        return self._schedules.spared("hours", self._fetch_hours, account=self._account.id)

    def _fetch_hours(self) -> Hours | None:
        path = "business_hours/schedules"
        with _reading():
            schedules = self._session.read(path, SchedulesPage).schedules
            if not schedules:
                return None
            first = schedules[0]
            return hours_from(first, self._session.read(f"{path}/{first.id}/holidays", HolidaysPage).holidays)

    def _role_access(self, role_id: str) -> str | None:
        found = self._names.get(("role", role_id), lambda: self._zenpy.custom_agent_roles(id=role_id).to_dict())
        configuration = (found or {}).get("configuration")
        return configuration.get("ticket_access") if isinstance(configuration, dict) else None

    def _members(self, group: str) -> Sequence[Person]:
        found = next(
            (str(one.id) for one in self._zenpy.groups() if str(one.name).casefold() == group.casefold()), None
        )
        return read_members(self._session, found, account=self._account.id) if found else ()

    def _groups_of(self, user_id: str) -> Collection[str]:
        return {str(one.group_id) for one in self._zenpy.users.group_memberships(user_id)}

    def _organizations_of(self, user_id: str) -> Collection[str]:
        return {str(one.organization_id) for one in self._zenpy.users.organization_memberships(user_id)}

    def _task(self, task: TaskRequest) -> Any:
        """The task as zenpy's ticket. Its requester is the agent or our own user, so that no customer hears of it."""
        assignee = _as_number(task.assignee_id)
        return ZenpyTicket(
            subject=task.subject,
            type="task",
            due_at=zulu(task.due_at),
            comment=ZenpyComment(body=f"{task.body}\n\n{self.tickets_at}{task.ticket_id}", public=False),
            requester_id=assignee or _as_number(self._account.own_user),
            assignee_id=assignee,
            tags=[TASK_TAG],
            external_id=mark_of_task(task.account, task.ticket_id, task.follow_up_id),
        )

    def _made(self, record: TicketRecord) -> TaskMade:
        return TaskMade(task_id=str(record.id), url=f"{self.tickets_at}{record.id}")

    @property
    def tickets_at(self) -> str:
        return f"{self._account.base_url.rstrip('/')}/agent/tickets/"


def _zenpy(session: ZendeskSession) -> Any:
    return Zenpy(subdomain=SUBDOMAIN, domain=DOMAIN, session=session, disable_cache=True)


@contextmanager
def _reading(*, is_write: bool = False) -> Iterator[None]:
    """An answer that zenpy or we do not expect becomes a `HelpdeskError`; after a write it is unclear what was done."""
    try:
        yield
    except MalformedError as error:
        sentence = f"Zendesk's answer has another shape than we know: {error}"
        raise HelpdeskError(sentence, unclear=is_write) from None
    except (APIException, ZenpyException, AttributeError, KeyError, TypeError, ValueError) as error:
        sentence = f"Zendesk's answer has another shape than we know ({type(error).__name__})."
        raise HelpdeskError(sentence, unclear=is_write) from None


def _record(found: Any, kind: type[T]) -> T:
    """One object of zenpy's as ours. Only what it holds is read, since a lazy attribute would make a call."""
    if not isinstance(found, BaseObject):
        raise TypeError
    return tame(found.to_dict(), kind)


def _records(found: Iterable[Any], kind: type[T]) -> list[T]:
    return [_record(one, kind) for one in found]


def _as_number(person_id: str | None) -> int | None:
    return int(person_id) if person_id and is_number(person_id) else None
