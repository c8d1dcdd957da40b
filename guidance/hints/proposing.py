"""What a rule with `follow_up:` proposes: words and a due time, for one click. Nothing is planned by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from guidance.hours.business import BusinessTime
from guidance.hours.zones import zone_of
from guidance.model import Proposed, Reading
from guidance.rules import Fired, Situation
from guidance.rules.schema import Proposal
from guidance.rules.templates import fill
from guidance.signals.moments import find_moments
from guidance.signals.occasions import may_be_kept
from guidance.signals.view import NOTHING, language_hint, zone_name


def propose(fired: Fired, situation: Situation) -> Proposed | None:
    """The follow-up that a rule which fires proposes; None where it has none, or where no due time can be told."""
    wanted = fired.rule.follow_up
    if wanted is None or any(one.rule == fired.rule.id for one in situation.case.follow_ups):
        return None
    words = fill(wanted.what, situation, fired.evidence)
    due_at = _due_at(wanted, fired, situation)
    if words is None or due_at is None or due_at <= situation.now:
        return None
    kind = "time" if wanted.unit.endswith("hours") else "day"
    return Proposed(words=words, due_at=due_at, due_kind=kind, owner_id=_owner(wanted, situation))


def _due_at(wanted: Proposal, fired: Fired, situation: Situation) -> datetime | None:
    start = _named_day(fired, situation) if wanted.from_named_day else situation.now
    if start is None:
        return None
    case = situation.case
    business = BusinessTime(case.settings.hours, zone_of(zone_name(case), case.settings.hours))
    here = start.astimezone(business.zone)
    if wanted.unit == "business_hours":
        return BusinessTime(case.settings.hours).add_hours(here, wanted.after).astimezone(business.zone)
    if wanted.unit == "business_days":
        return business.add_days(here, int(wanted.after))
    if wanted.unit == "days":
        return business.close_of(here.date() + timedelta(days=wanted.after))
    return here + timedelta(hours=wanted.after)


def _named_day(fired: Fired, situation: Situation) -> datetime | None:
    """The first day that the texts name in which the rule found its words, as counted from when they were written.

    None where they tell of illness or bereavement, whichever rule it is that found words there: such a day is never kept.
    """
    case = situation.case
    spoken = (language_hint(case) or "en").partition("-")[0]
    zone = zone_of(zone_name(case), case.settings.hours)
    for where in dict.fromkeys(one.where for one in fired.evidence):
        comment = next((c for c in situation.comments if f"comment:{c.id}" == where), None)
        if comment is None:
            continue
        if not may_be_kept(comment.text) or _is_loss(case.readings.get(comment.id)):
            return None
        said_at = (comment.at or situation.now).astimezone(zone)
        found = find_moments(comment.text, now=said_at, language=spoken, hours=case.settings.hours, zone=zone)
        if found:
            return found[0].at
    return None


def _is_loss(reading: Reading | None) -> bool:
    """Whether loss is heard in a text, in whatever words."""
    return reading is not None and reading.signals.get("loss", NOTHING).holds


def _owner(wanted: Proposal, situation: Situation) -> str | None:
    if wanted.to == "group":
        return None
    assignee = situation.case.conversation.assignee.id or None
    return assignee if wanted.to == "assignee" else situation.reader.agent_id or assignee
