"""The before-you-write strip: plain facts about this ticket, nothing to obey."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from guidance.hints.recommending import estimate
from guidance.model import Channel, FollowUp
from guidance.rules import Situation

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def strip(situation: Situation) -> tuple[str, ...]:
    """Plain facts, the most telling first: how long they waited, how often they wrote, what they ask, what is promised.

    Last, where the account wants it: whether they would recommend us, marked as an estimate.
    """
    promised = promised_facts(situation.case.follow_ups)
    facts = (_waited(situation), _contact(situation), _asks(situation), *promised, _recommends(situation))
    return tuple(dict.fromkeys(fact for fact in facts if fact))


def promised_facts(follow_ups: Iterable[FollowUp]) -> tuple[str, ...]:
    """What is promised and open, by whom and by when: those of the facts that the sidebar words itself, on its agent's clock."""
    return tuple(fact for fact in map(_promised, follow_ups) if fact)


def _waited(situation: Situation) -> str | None:
    waited = situation.waited_for
    if waited is None or waited < timedelta(minutes=30):
        return None
    if waited < timedelta(hours=2):
        return f"Waited {int(waited.total_seconds() // 60)} minutes"
    if waited < timedelta(days=2):
        return f"Waited {int(waited.total_seconds() // 3600)} hours"
    return f"Waited {waited.days} days"


def _contact(situation: Situation) -> str | None:
    """How often they wrote: letters one by one, since they count them too; in a chat, what was said in one go is one message."""
    is_chat = situation.case.conversation.ticket.channel is Channel.CHAT
    times = len(situation.customer_turns) if is_chat else sum(one.is_customer for one in situation.comments)
    if times < 2:
        return None
    return f"{_ORDINALS[times].capitalize()} message" if times < len(_ORDINALS) else f"{times} messages"


def _asks(situation: Situation) -> str | None:
    """What they ask; once a reply is out, what it left open."""
    is_sent = situation.written is None and bool(situation.turns.since)
    asked = len(situation.unanswered if is_sent else situation.questions)
    return None if not asked else "Asks 1 thing" if asked == 1 else f"Asks {asked} things"


def _recommends(situation: Situation) -> str | None:
    settings = situation.case.settings
    told = estimate(situation, settings.calibration) if settings.estimate_shown else None
    if told is None:
        return None
    most = f"; what weighs most: {told.reasons[0].says}" if told.reasons else ""
    kind = "Estimate" if told.calibrated else "Estimate, uncalibrated"
    return f"{kind}: {100 * told.likelihood:.0f} % of customers like this one would recommend us{most}"


def _promised(follow_up: FollowUp) -> str | None:
    if not follow_up.is_open or follow_up.conditional:
        return None
    who = next(iter((follow_up.owner_name or "").split()), "We")
    if follow_up.due_at is None:
        return f"{who} promised something, with no time named"
    return f"{who} promised something by {follow_up.due_at:%A %-d %B, %H:%M}"
