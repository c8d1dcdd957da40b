"""The people and tickets that are on the desk from the start (`seeds.yaml`), and what a story's ticket is made of."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from guidance.demo.groups import GROUPS, group_id
from guidance.demo.helpdesk import DeskHelpdesk
from guidance.demo.richtext import to_html
from guidance.demo.values import DeskComment, DeskPerson, DeskTicket, Role
from guidance.model import Channel, Priority, Status
from guidance.text.shipped import shipped_yaml

FIRST_ID = {"zendesk": 36000000, "freshdesk": 43000000}
BOT = "guidance"
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class SeedPerson(Struct, frozen=True, kw_only=True):
    """Somebody whom both helpdesks know, each under an id of its own. `key` names them in the file."""

    key: str
    name: str
    email: str
    role: Role = Role.END_USER
    locale: str = "en-US"
    organization: str | None = None


class SeedComment(Struct, frozen=True, kw_only=True):
    """A comment of the past; `ago` as in `20m`, `3h` or `9d`."""

    by: str
    ago: str
    text: str
    internal: bool = False


class SeedTicket(Struct, frozen=True, kw_only=True):
    """A ticket with a past. `comments` in order."""

    helpdesk: str
    subject: str
    requester: str
    comments: list[SeedComment]
    assignee: str | None = None
    status: Status = Status.OPEN
    priority: Priority | None = None
    channel: Channel = Channel.EMAIL
    tags: tuple[str, ...] = ()
    group: str = GROUPS[0]


class Seeds(Struct, frozen=True, kw_only=True):
    """The whole file."""

    people: list[SeedPerson]
    tickets: list[SeedTicket]


@cache
def seeds() -> Seeds:
    """The shipped seeds."""
    return msgspec.convert(read_yaml("seeds.yaml"), Seeds)


def read_yaml(name: str) -> Any:
    """A data file of this package."""
    return shipped_yaml("guidance.demo", name)


def person_id(helpdesk: str, key: str) -> int:
    """The id of somebody of the file in one of the helpdesks."""
    keys = [person.key for person in seeds().people]
    return FIRST_ID[helpdesk] + 1 + keys.index(key)


def bot_id(helpdesk: str) -> int:
    """The id of the agent as whom the service writes."""
    return person_id(helpdesk, BOT)


def admit_people(helpdesk: DeskHelpdesk, name: str) -> None:
    """Let everybody of the file into a helpdesk."""
    for person in seeds().people:
        helpdesk.admit(
            DeskPerson(
                id=person_id(name, person.key),
                name=person.name,
                email=person.email,
                role=person.role,
                locale=person.locale,
                is_bot=person.key == BOT,
                organization=person.organization,
            )
        )


def place(helpdesk: DeskHelpdesk, seed: SeedTicket) -> DeskTicket:
    """Put a ticket with a past into a helpdesk, as if it had always been there."""
    comments = tuple(_comment(helpdesk, seed.helpdesk, comment) for comment in seed.comments)
    requester_id = person_id(seed.helpdesk, seed.requester)
    return helpdesk.put(
        DeskTicket(
            id=helpdesk.next_ticket_id(),
            subject=seed.subject,
            requester_id=requester_id,
            submitter_id=requester_id,
            assignee_id=person_id(seed.helpdesk, seed.assignee) if seed.assignee else None,
            created_at=comments[0].at,
            updated_at=comments[-1].at,
            status=seed.status,
            priority=seed.priority,
            channel=seed.channel,
            tags=seed.tags,
            group_id=group_id(seed.helpdesk, seed.group),
            comments=comments,
        )
    )


def _comment(helpdesk: DeskHelpdesk, name: str, seed: SeedComment) -> DeskComment:
    return DeskComment(
        id=helpdesk.next_comment_id(),
        author_id=person_id(name, seed.by),
        html=to_html(seed.text),
        at=_back(helpdesk.clock(), seed.ago),
        is_public=not seed.internal,
    )


def _back(now: datetime, ago: str) -> datetime:
    return now - timedelta(**{_UNITS[ago[-1]]: float(ago[:-1])})
