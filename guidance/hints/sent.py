"""A reply that just went out, and how it stood as a settled draft just before."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from guidance.conversations import turns_of
from guidance.conversations.folding import visible_comments
from guidance.hints.measuring import FRESH
from guidance.model import AgentHabits, Case, Comment, Draft, Moment
from guidance.rules import Rulebook, Situation
from guidance.signals import hear
from guidance.text.fold import fold

LEAVES_WITHIN = timedelta(seconds=30)
"""How long after a reply went out its words may still stand in the composer."""


def just_sent(before: Case, after: Case, now: datetime) -> Comment | None:
    """The reply that ended a slot between two states of a case; None where none did, or we came to know of it late."""
    old, new = turns_of(visible_comments(before)).slot, turns_of(visible_comments(after)).slot
    reply = next((c for c in after.conversation.comments if c.id == new), None)
    if old == new or reply is None or reply.at is None or now - reply.at > FRESH:
        return None
    return reply


def as_sent(
    before: Case, after: Case, reply: Comment, rulebook: Rulebook, now: datetime, *, text: str | None = None
) -> Situation:
    """The moment at which the reply was a settled draft; `text`: had it said this instead."""
    reader = AgentHabits(agent_id=reply.author_id or "", agent_name=reply.author_name)
    stood = replace(before, settings=after.settings, readings=after.readings, readers=(reader,))
    said = reply.text if text is None else text
    draft = Draft(text=said, author_id=reply.author_id, attachments=reply.attachments)
    return Situation(hear(stood, rulebook.ear), Moment.DRAFT, now, draft=draft, ear=rulebook.ear)


def is_out_already(case: Case, draft: Draft, now: datetime) -> bool:
    """Whether a draft holds the words of a reply that has just gone out: the composer is not empty yet, and nothing is being written."""
    reply = turns_of(visible_comments(case)).last_reply
    if reply is None or reply.at is None or abs(now - reply.at) > LEAVES_WITHIN:
        return False
    return fold(draft.text).text.split() == fold(reply.text).text.split()
