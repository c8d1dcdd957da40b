"""The end of a reply slot: a confirmed public reply went out, so every hint shown in the slot was followed or ignored."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.hints.attention import with_seen
from guidance.hints.verdicts import end_slot
from guidance.model import AgentHabits, Case, Comment, Draft, Moment, Seen
from guidance.rules import Rulebook, Situation
from guidance.signals import hear

_TICK = timedelta(seconds=1)
"""Helpdesks cut their times to whole seconds: a reply that is dated less than this before a hint may have been sent after it."""


def close_slots(before: Case, case: Case, rulebook: Rulebook, now: datetime) -> Case:
    """The case with the verdicts of a slot that ended between `before` and `case`; both the same slot: as it is.

    A reply older than a hint did not answer to it: we only came to know of it, so the hint moves on into the reply's slot.
    """
    old, new = turns_of(visible_comments(before)).slot, turns_of(visible_comments(case)).slot
    reply = next((c for c in case.conversation.comments if c.id == new), None)
    if old == new or reply is None:
        return case
    sent = Draft(text=reply.text, author_id=reply.author_id, attachments=reply.attachments)
    for slot in case.slots:
        if not any(one.slot == old for one in slot.seen):
            continue
        case = with_seen(case, slot.agent_id, [_moved_on(one, old, reply) for one in slot.seen])
        stood = replace(before, readings=case.readings, readers=(AgentHabits(agent_id=slot.agent_id),))
        situation = Situation(hear(stood, rulebook.ear), Moment.DRAFT, now, draft=sent, ear=rulebook.ear)
        case = end_slot(case, slot.agent_id, old, situation, rulebook)
    return case


def _moved_on(one: Seen, old: str, reply: Comment) -> Seen:
    was_there = one.slot == old and one.at is not None and reply.at is not None and reply.at + _TICK <= one.at
    return replace(one, slot=reply.id) if was_there else one
