"""Promises that change hands: with the ticket's assignee, or with the ticket when it is merged into another one."""

from __future__ import annotations

from msgspec.structs import replace

from guidance.followups.plan import follow_up_id
from guidance.model import Case, FollowUp, FollowUpState, PromiseMoved, PromiseTaken


def follow_ticket(before: Case, case: Case) -> Case:
    """The case after its ticket changed hands: what is open is its group's now, and what was its assignee's the new one's.

    Where there is no new assignee, that is the group's alone.
    """
    was, now = before.conversation, case.conversation
    moved = case.follow_ups
    if was.assignee != now.assignee:
        moved = tuple(_handed_over(one, case) if _goes_along(one, was.assignee.id) else one for one in moved)
    if was.ticket.group != now.ticket.group:
        moved = tuple(replace(one, group=now.ticket.group) if one.is_open else one for one in moved)
    return case if moved == case.follow_ups else replace(case, follow_ups=moved)


def _goes_along(one: FollowUp, was: str) -> bool:
    return one.is_open and (one.owner_id is None or one.owner_id == was)


def _handed_over(one: FollowUp, case: Case) -> FollowUp:
    assignee = case.conversation.assignee
    return replace(one, owner_id=assignee.id or None, owner_name=assignee.name or None)


def adopt(case: Case, event: PromiseMoved) -> Case:
    """The case that takes over a promise of a ticket merged into it; the same one twice is taken once."""
    theirs = event.follow_up
    mine = follow_up_id(case.key, theirs.comment_id, f"{theirs.id}|{theirs.words}")
    if any(one.id == mine for one in case.follow_ups):
        return case
    adopted = replace(
        theirs,
        id=mine,
        ticket_id=case.key.ticket_id,
        group=case.conversation.ticket.group or theirs.group,
        moved_from=f"{theirs.ticket_id}/{theirs.id}",
        claim=None,
    )
    return replace(case, follow_ups=(*case.follow_ups, adopted))


def hand_over(case: Case, event: PromiseTaken) -> Case:
    """The case after the other ticket has confirmed: the promise is kept track of there from now on."""
    moved = tuple(
        replace(one, state=FollowUpState.WITHDRAWN, moved_to=event.moved_to, settled_by="merge", settled_at=event.at)
        if one.id == event.follow_up_id and not one.moved_to
        else one
        for one in case.follow_ups
    )
    return replace(case, follow_ups=moved)


def leaves(one: FollowUp) -> bool:
    """Whether a promise of a merged ticket goes along now; one whose task is being made goes once that is known."""
    return one.is_open and one.state is not FollowUpState.CREATING
