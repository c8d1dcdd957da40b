"""What the network of tickets needs of the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from guidance.model import Card, OpenQuestion, Roster, Similar


class NetworkStore(Protocol):
    """Cards of tickets, who asked whom, the roster, and who does not want to be named. Raises as `Store` does."""

    def roster(self, account: str) -> Roster | None:
        """The account's agents as they were listed last; None where they never were, or long ago."""

    def keep_roster(self, account: str, roster: Roster) -> None: ...

    def drop_roster(self, account: str) -> None: ...

    def learn(
        self, account: str, ticket_id: str, card: Card | None, questions: Sequence[OpenQuestion] = (), *, now: datetime
    ) -> None:
        """Keep this card and these questions in place of what was kept of the ticket; None: nothing any more."""

    def card(self, account: str, ticket_id: str) -> Card | None:
        """What is kept of a ticket; marks in place of people and words."""

    def around(self, account: str, marks: Sequence[str], *, but_not: Sequence[str], count: int) -> list[Card]:
        """Open tickets found by any of these marks, the ones that changed last first; none of whoever `but_not` marks."""

    def similar(self, account: str, words: Collection[str], *, count: int) -> list[Similar]:
        """Solved tickets that share these terms, the likest first."""

    def asked_of(self, account: str, agent_id: str) -> dict[str, OpenQuestion]:
        """Ticket id -> the open question there to this agent."""

    def rest(self, account: str, agent_id: str, until: datetime | None) -> None:
        """This agent is not to be named, until then or until they take it back."""

    def take_part(self, account: str, agent_id: str) -> None:
        """This agent may be named again."""

    def resting(self, account: str, *, now: datetime) -> Mapping[str, datetime | None]:
        """Who is not to be named: agent id -> until when, None without end."""

    def unknown(self, account: str, ticket_ids: Sequence[str]) -> list[str]:
        """Those of these tickets of which nothing is kept."""
