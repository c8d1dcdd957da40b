"""Promises as people change them, from a sidebar or the console: one at a time, or all that somebody away has open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from guidance.dispatch.advancing import Advancing
from guidance.errors import ConflictError, MalformedError
from guidance.model import FollowUp, FollowUpChanged, FollowUpState, TicketKey
from guidance.ports import Helpdesk

MOST_HANDED_OVER = 200


class Promised:
    """Changes follow-ups at somebody's word. Who may say so is for the caller to check."""

    def __init__(self, advancing: Advancing) -> None:
        self._advancing = advancing

    def change(self, known: FollowUp, told: dict[str, Any], *, by: str) -> FollowUp:
        """The follow-up after it was told. Raises `ConflictError` where it has moved on meanwhile."""
        now = self._advancing.clock()
        event = FollowUpChanged(
            key=TicketKey(known.account, known.ticket_id),
            event_id=f"agent:{known.id}:{now.timestamp():.6f}",
            at=now,
            changed=replace(known, **told),
            fields=tuple(told),
            by=by,
        )
        case = self._advancing.take(event.key, [event])
        changed = next((one for one in case.follow_ups if one.id == known.id), None)
        if changed is None or changed.changed_at != now:
            raise ConflictError("This promise has moved on meanwhile. Read it again, then decide.")
        return changed

    def hand_over(self, found: Iterable[FollowUp], owner: dict[str, Any], *, by: str) -> list[FollowUp]:
        """Give these to another owner; those that were given. One whose task is being made at this moment stays as it is.

        One that has moved on meanwhile holds up none of the others. Raises `ConflictError` where none could be given.
        """
        moved: list[FollowUp] = []
        missed: ConflictError | None = None
        for one in found:
            if one.state is not FollowUpState.CREATING:
                try:
                    moved.append(self.change(one, owner, by=by))
                except ConflictError as error:
                    missed = error
        if missed and not moved:
            raise missed
        return moved


def on_open_tickets(found: Sequence[FollowUp], opens: Callable[[str], bool]) -> list[FollowUp]:
    """Those on tickets that `opens` says may be opened; each ticket is asked about once."""
    asked = {ticket_id: opens(ticket_id) for ticket_id in dict.fromkeys(one.ticket_id for one in found)}
    return [one for one in found if asked[one.ticket_id]]


def new_owner(helpdesk: Callable[[], Helpdesk], agent_id: str) -> dict[str, Any]:
    """The fields of a new owner as the helpdesk knows them, '' for the group. Raises `MalformedError` for nobody there."""
    if not agent_id:
        return {"owner_id": None, "owner_name": None}
    agent = helpdesk().agent(agent_id)
    if agent is None:
        raise MalformedError("There is no such agent in the helpdesk.", path="owner_id")
    return {"owner_id": agent.id, "owner_name": agent.name}
