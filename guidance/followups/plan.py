"""From the promises of a confirmed public reply to follow-ups: noted, planned, or waiting for the customer's answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from guidance.followups.acts import act_of
from guidance.followups.called_off import calls_off
from guidance.hours.business import BusinessTime
from guidance.hours.zones import zone_of
from guidance.model import (
    AccountSettings,
    Asks,
    Case,
    Comment,
    FollowUp,
    FollowUpState,
    Promise,
    TicketKey,
)
from guidance.signals.moments import Moment, find_moments
from guidance.signals.moments.calendar import next_of_year
from guidance.signals.view import language_hint, zone_name
from guidance.signals.weekdays import wrong_weekday
from guidance.text.fold import fold
from guidance.text.patterns import Pattern

LIVE_SESSION = timedelta(minutes=10)
"""Nothing due within this time becomes a task: it is kept, or not, while the two still talk."""

FARTHEST = timedelta(days=730)

YEARLESS = timedelta(days=300)
"""A date so far off that was written without its year has more likely passed."""

NEAR = timedelta(days=60)
"""Where figures mean a date within this time in one order and a later one in the other, the order is asked about."""

_NAMES_A_YEAR = Pattern(
    r"\b(?:19|20)\d\d\b|\d[/.-]\d{1,2}[/.-]\d\d\b|\b(?:years?|months?|jahr|monat|anos?|mes|ans?\b|mois)"
)
_FIGURES = Pattern(r"\b(\d{1,2})[/.-](\d{1,2})\b")

OLDEST = timedelta(days=2)
"""A promise older than this when we first hear of it may have been made before we were listening."""


def follow_up_id(key: TicketKey, comment_id: str, words: str) -> str:
    """The id of the follow-up on these words of this comment; it begins with the ticket's shard."""
    return f"f{key.shard}-" + hashlib.sha256(f"{key}|{comment_id}|{words}".encode()).hexdigest()[:16]


def note(before: Case, case: Case, now: datetime, *, since: datetime | None = None) -> Case:
    """The case with the promises of each confirmed public reply as follow-ups, found once; what is from before our time makes none.

    `before`: the case without the news; `since`: when we began to listen to its account, None where that is not known.
    """
    fresh = [
        c for c in case.conversation.comments if c.is_public_reply and not c.provisional and c.id not in case.promised
    ]
    if not fresh:
        return case
    planned: list[FollowUp] = []
    for comment in fresh:
        if _is_ours(before, comment, now):
            planned += plan(case, comment, now)
        elif comment.at and since and since <= comment.at:
            # What a ticket of which nothing was kept any more has promised may well be done with, but for what is still to come.
            planned += (one for one in plan(case, comment, now) if one.due_at and one.due_at > now)
    known = {one.id for one in case.follow_ups}
    new = tuple(one for one in planned if one.id not in known)
    return replace(case, follow_ups=(*case.follow_ups, *new), promised=(*case.promised, *(c.id for c in fresh)))


def _is_ours(before: Case, comment: Comment, now: datetime) -> bool:
    """Whether it was written in our time: lately, or on a ticket that we knew by then, however long the outage since."""
    if comment.at is None or now - comment.at < OLDEST:
        return True
    known_at = before.fetched_at or min((one.at for one in before.conversation.comments if one.at), default=None)
    return known_at is not None and known_at < comment.at


def plan(case: Case, comment: Comment, now: datetime) -> tuple[FollowUp, ...]:
    """The follow-ups that a confirmed public reply begins. A promise without a time is noted; one with a time is planned."""
    reading = case.readings.get(comment.id)
    if reading is None:
        return ()
    found: dict[str, FollowUp] = {}
    for promise in (*reading.promises, *reading.conditional):
        if promise.is_to_be_kept:
            one = _follow_up(case, comment, promise, now)
            found.setdefault(one.id, one)  # the same words twice are one promise
    return tuple(found.values())


def _follow_up(case: Case, comment: Comment, promise: Promise, now: datetime) -> FollowUp:
    found = FollowUp(
        id=follow_up_id(case.key, comment.id, promise.text),
        account=case.key.account,
        ticket_id=case.key.ticket_id,
        comment_id=comment.id,
        words=promise.text,
        owner_id=comment.author_id or case.conversation.assignee.id or None,
        owner_name=comment.author_name or case.conversation.assignee.name,
        group=case.conversation.ticket.group,
        act=act_of(promise.text),
        conditional=promise.conditional,
        noted_at=now,
    )
    if promise.conditional:
        return found
    asks = doubt(promise.text, promise.due_at, _here(case, comment.at or now), language_hint(case))
    return timed(found, None if asks else promise.due_at, promise.due_kind, case, now, asks=asks)


def timed(
    known: FollowUp,
    due_at: datetime | None,
    kind: str | None,
    case: Case,
    now: datetime,
    *,
    asks: Asks | None = None,
) -> FollowUp:
    """The follow-up with this due time, or with none and the question why: planned where a task is to be made."""
    settings = case.settings
    ends_at = None if known.task_id else grace_until(due_at, settings.grace_for, now)
    told = replace(
        known,
        due_at=due_at,
        due_kind=kind if due_at else None,
        zone=there(case).key,
        asks=None if due_at else asks or Asks.WHEN,
        remind_at=_remind_at(due_at, settings, now),
        nudge_at=None if due_at else BusinessTime(settings.hours).add_hours(now, settings.nudge_after),
        nudged=False,
        grace_until=ends_at,
        late_at=None,
    )
    if told.task_id:
        return replace(told, state=FollowUpState.TASK_MADE)
    return replace(told, state=FollowUpState.PLANNED if ends_at else FollowUpState.NOTED)


def _remind_at(due_at: datetime | None, settings: AccountSettings, now: datetime) -> datetime | None:
    """When to remind: some open hours before; never where that has passed, since it was only just said."""
    if due_at is None or not settings.remind_before:
        return None
    at = BusinessTime(settings.hours).hours_before(due_at, settings.remind_before)
    return at if at > now else None


def grace_until(due_at: datetime | None, grace_for: float, now: datetime) -> datetime | None:
    """When grace (`grace_for` seconds at most) ends and the task is made; None where no task is to be made."""
    if due_at is None or not now + LIVE_SESSION < due_at < now + FARTHEST:
        return None
    return now + min(timedelta(seconds=grace_for), (due_at - now) / 2)


def there(case: Case) -> ZoneInfo:
    """The zone by whose clock what is promised on a ticket is due: the customer's, else the account's."""
    return zone_of(zone_name(case), case.settings.hours)


def _here(case: Case, at: datetime) -> datetime:
    """A moment as the customer's clock shows it: the day of the words is theirs."""
    return at.astimezone(there(case))


def doubt(words: str, due_at: datetime | None, said_at: datetime, language: str | None) -> Asks | None:
    """What has to be asked about a promise's time before anything is planned on it; None where it is plain.

    `said_at` as the customer's clock shows it.
    """
    if _contradicts_itself(words, said_at, language):
        return Asks.CONTRADICTORY
    if due_at is None:
        return Asks.WHEN
    if due_at <= said_at:
        return Asks.PAST
    return Asks.FAR if due_at >= said_at + FARTHEST or _is_hardly_meant(words, due_at, said_at) else None


def _is_hardly_meant(words: str, due_at: datetime, said_at: datetime) -> bool:
    """Whether a date without its year lies far off: `by 26 November` on the 27th, `by 5/12` shortly before the 5th of December."""
    folded = fold(words).text
    if _NAMES_A_YEAR.search(folded):
        return False
    if due_at >= said_at + YEARLESS:
        return True
    figures = {(int(found[1]), int(found[2])) for found in _FIGURES.finditer(folded)}
    if figures.isdisjoint({(due_at.month, due_at.day), (due_at.day, due_at.month)}) or due_at.day > 12:
        return False
    turned = next_of_year(said_at.date(), due_at.day, due_at.month)
    return turned is not None and turned - said_at.date() < NEAR < due_at - said_at


def _contradicts_itself(words: str, said_at: datetime, language: str | None) -> bool:
    """`tomorrow, Friday the 3rd` where tomorrow is none: a wrong weekday, or two days side by side that differ."""
    if wrong_weekday(words, said_at):
        return True
    spoken = (language or "en").partition("-")[0]
    found = find_moments(words, now=said_at, language=spoken)
    return any(
        _day(one) != _day(other) and words[one.end : other.start].strip() in {"", ",", "(", "on"}
        for one, other in pairwise(found)
    )


def _day(moment: Moment) -> date:
    return moment.at.date()


def begin_answered(case: Case, now: datetime) -> Case:
    """The case in which promises that waited for the customer's answer begin with it: their clock starts there."""
    begun = tuple(_begun(case, one, now) if one.conditional and one.is_open else one for one in case.follow_ups)
    return case if begun == case.follow_ups else replace(case, follow_ups=begun)


def _begun(case: Case, known: FollowUp, now: datetime) -> FollowUp:
    answer = next((one for one in said_since(case, known) if one.is_customer), None)
    if answer is None or calls_off(own_words(case, answer)):
        return known
    said_at = _here(case, answer.at or now)
    spoken = (language_hint(case) or "en").partition("-")[0]
    found = find_moments(known.words, now=said_at, language=spoken, hours=case.settings.hours, zone=said_at.tzinfo)
    due_at, kind = (found[0].at, found[0].kind) if found else (None, None)
    asks = doubt(known.words, due_at, said_at, language_hint(case))
    begun = replace(known, conditional=False)
    return timed(begun, None if asks else due_at, kind, case, now, asks=asks)


def said_since(case: Case, known: FollowUp) -> Sequence[Comment]:
    """The confirmed comments after the one in which something was promised, in order."""
    comments = case.conversation.comments
    places = [place for place, one in enumerate(comments) if one.id == known.comment_id]
    if places:
        return comments[places[0] + 1 :]
    return tuple(_later(comments, known.noted_at))


def own_words(case: Case, comment: Comment) -> str:
    """What the writer of a comment says in it: a mail that they only quote promises, keeps and calls off nothing."""
    reading = case.readings.get(comment.id)
    return "\n".join(comment.text[start:end] for start, end in reading.written) if reading else comment.text


def _later(comments: Iterable[Comment], noted_at: datetime | None) -> Iterable[Comment]:
    return (one for one in comments if one.at and noted_at and one.at > noted_at)
