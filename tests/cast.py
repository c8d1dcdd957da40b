"""The small cast that recurs in tests, and short ways to let them speak.

Rana (900) is the requester, Amir (12) the agent, Lena (7) leads the team and owns the installation.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from guidance.conversations import empty_case
from guidance.model import (
    AccountSettings,
    AgentHabits,
    Author,
    Case,
    Comment,
    CommentAdded,
    Draft,
    DraftTyped,
    Hours,
    Person,
    TicketKey,
    Visibility,
)

NOW = datetime(2026, 3, 4, 15, 15, tzinfo=UTC)
"""A Wednesday, quarter past ten in New York."""

KEY = TicketKey("zendesk:acme", "4821")
RANA = Person(id="900", name="Rana Haddad", email="rana@example.com", locale="en-US", time_zone="America/New_York")
AMIR = AgentHabits(agent_id="12", agent_name="Amir Khan")
OFFICE = Hours(
    time_zone="America/New_York", weekly=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("09:00", "17:00"),))
)


class Clock:
    """A clock that stands until a test turns it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def case(**settings: object) -> Case:
    """Rana's ticket, Amir's to answer, nothing said yet."""
    fresh = empty_case(KEY)
    conversation = replace(fresh.conversation, requester=RANA, assignee=Person(id="12", name="Amir Khan"))
    return replace(
        fresh,
        conversation=conversation,
        settings=AccountSettings(account=KEY.account, hours=OFFICE, **settings),
        readers=(AMIR,),
    )


def times_saved(case: Case) -> int:
    """How often a case was saved: what a version begins with is the server's time."""
    return case.version % 1000


def rana_says(text: str, number: int = 1, **told: object) -> CommentAdded:
    """Rana writes comment `number`, that many minutes past three."""
    return _says(text, number, Author.REQUESTER, "900", "Rana Haddad", **told)


def amir_says(text: str, number: int = 2, **told: object) -> CommentAdded:
    """Amir sends a public reply as comment `number`."""
    return _says(text, number, Author.AGENT, "12", "Amir Khan", **told)


def amir_notes(text: str, number: int = 2) -> CommentAdded:
    """Amir writes an internal note."""
    return amir_says(text, number, visibility=Visibility.INTERNAL)


def amir_types(text: str, *, settled: bool = True, **told: object) -> DraftTyped:
    """Amir has this in his composer."""
    return DraftTyped(
        draft=Draft(text=text, author_id="12", author_name="Amir Khan", settled=settled, **told), agent_id="12"
    )


def _says(text: str, number: int, author: Author, author_id: str, name: str, **told: object) -> CommentAdded:
    at = NOW - minutes(15) + minutes(number)
    comment = Comment(id=str(number), author=author, author_id=author_id, author_name=name, text=text, at=at)
    return CommentAdded(key=KEY, event_id=f"e{number}", at=at, comment=replace(comment, **told))
