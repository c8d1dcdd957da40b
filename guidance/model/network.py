"""The network around tickets: colleagues, what they ask each other, and the little by which tickets are compared."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from guidance.model.conversation import Status


class Reach(StrEnum):
    """Which tickets an agent may open, by the helpdesk's own restriction. UNKNOWN means none."""

    ALL = "all"
    GROUPS = "groups"
    ORGANIZATIONS = "organizations"
    ASSIGNED = "assigned"
    UNKNOWN = "unknown"


class Colleague(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An agent. `groups` and `organizations`: names of their own. `is_away`: as the helpdesk says, where it says so."""

    id: str
    name: str
    reach: Reach = Reach.UNKNOWN
    groups: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    is_away: bool = False


class Roster(Struct, frozen=True, kw_only=True):
    """An account's agents as the helpdesk listed them `at` (aware)."""

    at: datetime
    colleagues: tuple[Colleague, ...] = ()

    def get(self, agent_id: str | None) -> Colleague | None:
        """The colleague of that id, None where there is none."""
        return next((one for one in self.colleagues if one.id == agent_id), None)


class OpenQuestion(Struct, frozen=True, kw_only=True):
    """A colleague's open question: put to whom, by whom, in which note, and when. Its words stay with the ticket."""

    agent_id: str
    by_id: str
    by_name: str
    comment_id: str
    at: datetime


class Card(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of one ticket. `subject`: of an open one only; `words` -> weight 1 to 255: of a solved one only.

    `own`: by which its requester is known; `circle`: by which it is found, the requester and, of an open one, their organization.
    """

    ticket_id: str
    status: Status
    subject: str = ""
    group: str | None = None
    assignee_id: str | None = None
    organization: str | None = None
    own: tuple[str, ...] = ()
    circle: tuple[str, ...] = ()
    solver_id: str | None = None
    words: dict[str, int] = {}

    @property
    def is_open(self) -> bool:
        return self.status not in _OVER


_OVER = frozenset({Status.SOLVED, Status.CLOSED})


class Similar(Struct, frozen=True):
    """A solved ticket that is like another one: its card, its score, and how much both share (`network.scoring.best`)."""

    card: Card
    score: float
    shared: int
