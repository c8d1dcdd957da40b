"""The before-you-write strip: plain facts about this ticket, nothing to obey."""

from __future__ import annotations

from datetime import timedelta

from guidance.hints.recommending import estimate
from guidance.model import Channel, Fact, FollowUp
from guidance.rules import Situation

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

PROMISED = "promised"
"""The kind of fact that the sidebar tells with its promises instead."""


def strip(situation: Situation) -> tuple[Fact, ...]:
    """Plain facts, the most telling first: how long they waited, how often they wrote, what they ask, what is promised.

    Last, where the account wants it: whether they would recommend us, marked as an estimate.
    """
    promised = map(_promised, situation.case.follow_ups)
    facts = (_waited(situation), _contact(situation), _asks(situation), *promised, _recommends(situation))
    return tuple(dict.fromkeys(fact for fact in facts if fact))


def _waited(situation: Situation) -> Fact | None:
    waited = situation.waited_for
    if waited is None or waited < timedelta(minutes=30):
        return None
    if waited < timedelta(hours=2):
        return _waited_in("minutes", int(waited.total_seconds() // 60))
    if waited < timedelta(days=2):
        return _waited_in("hours", int(waited.total_seconds() // 3600))
    return _waited_in("days", waited.days)


def _waited_in(unit: str, count: int) -> Fact:
    return Fact(kind=f"waited-{unit}", count=count, says=f"Waited {count} {unit}")


def _contact(situation: Situation) -> Fact | None:
    """How often they wrote: letters one by one, since they count them too; in a chat, what was said in one go is one message."""
    is_chat = situation.case.conversation.ticket.channel is Channel.CHAT
    times = len(situation.customer_turns) if is_chat else sum(one.is_customer for one in situation.comments)
    if times < 2:
        return None
    says = f"{_ORDINALS[times].capitalize()} message" if times < len(_ORDINALS) else f"{times} messages"
    return Fact(kind="message", count=times, says=says)


def _asks(situation: Situation) -> Fact | None:
    """What they ask; once a reply is out, what it left open."""
    is_sent = situation.written is None and bool(situation.turns.since)
    asked = len(situation.unanswered if is_sent else situation.questions)
    if not asked:
        return None
    return Fact(kind="asks", count=asked, says="Asks 1 thing" if asked == 1 else f"Asks {asked} things")


def _recommends(situation: Situation) -> Fact | None:
    settings = situation.case.settings
    told = estimate(situation, settings.calibration) if settings.estimate_shown else None
    if told is None:
        return None
    count = round(100 * told.likelihood)
    kind, named = ("estimate", "Estimate") if told.calibrated else ("estimate-uncalibrated", "Estimate, uncalibrated")
    reason = told.reasons[0] if told.reasons else None
    most = f"; what weighs most: {reason.says}" if reason else ""
    says = f"{named}: {count} % of customers like this one would recommend us{most}"
    return Fact(kind=kind, count=count, because=reason.kind if reason else None, says=says)


def _promised(follow_up: FollowUp) -> Fact | None:
    """What is promised and open, by whom and by when. The sidebar words it itself, on its agent's clock."""
    if not follow_up.is_open or follow_up.conditional:
        return None
    who = next(iter((follow_up.owner_name or "").split()), "We")
    due = f" by {follow_up.due_at:%A %-d %B, %H:%M}" if follow_up.due_at else ", with no time named"
    return Fact(kind=PROMISED, says=f"{who} promised something{due}")
