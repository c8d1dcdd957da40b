"""Follow-ups that rules propose: planned at an agent's click, or by themselves where the account's settings say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from guidance.followups.plan import follow_up_id, timed
from guidance.model import Act, Advice, Case, FollowUp, FollowUpAccepted, Hint, Schedule, Work


def as_follow_up(case: Case, hint: Hint, owner_id: str | None = None) -> FollowUp | None:
    """The follow-up that a hint proposes; one of a rule and its words on a ticket. None where it proposes nothing."""
    if hint.proposal is None:
        return None
    owner = owner_id or hint.proposal.owner_id
    is_assignee = owner == case.conversation.assignee.id
    return FollowUp(
        id=follow_up_id(case.key, hint.rule, hint.proposal.words),
        account=case.key.account,
        ticket_id=case.key.ticket_id,
        comment_id=hint.id,
        words=hint.proposal.words,
        owner_id=owner,
        owner_name=case.conversation.assignee.name if is_assignee else None,
        group=case.conversation.ticket.group,
        act=Act.DEED,
        rule=hint.rule,
        due_at=hint.proposal.due_at,
        due_kind=hint.proposal.due_kind,
    )


def accept(case: Case, event: FollowUpAccepted, now: datetime) -> Case:
    """The case with an accepted follow-up planned; the same one twice is planned once."""
    one = event.follow_up
    if any(known.id == one.id for known in case.follow_ups):
        return case
    one = replace(one, noted_at=now, group=one.group or case.conversation.ticket.group)
    planned = timed(one, one.due_at, one.due_kind, case, now)
    return replace(case, follow_ups=(*case.follow_ups, planned))


def accepted_by_setting(case: Case, told: Sequence[Advice], now: datetime) -> Iterable[Schedule]:
    """What the account wants planned without a click, each as an event of its own ticket."""
    if case.settings.paused:
        return
    wanted = {hint.id: hint for advice in told for hint in advice.hints if hint.rule in case.settings.proposals}
    for hint in wanted.values():
        one = as_follow_up(case, hint)
        if one is None or any(known.id == one.id for known in case.follow_ups):
            continue
        event = FollowUpAccepted(key=case.key, event_id=f"accepted:{one.id}", at=now, follow_up=one)
        yield Schedule(
            work=Work(
                id=f"forward:{case.key}:{event.event_id}",
                kind="forward",
                account=case.key.account,
                ticket_id=case.key.ticket_id,
                at=now,
                data={"event": msgspec.to_builtins(event)},
            )
        )
