"""Folding one event into a case.

Confirmed comments are a set keyed by id, tombstones beat any text (one that was only missing from a whole ticket, all but a whole
ticket that is no older), and ticket fields are last-write-wins by the helpdesk's
time, then event id. So the order of events does not matter, and a repeated event changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from guidance.conversations.redacting import GONE, HIDES_ALL, MISSING, PRIVATE, has_lost_words
from guidance.model import (
    NOBODY,
    AnyEvent,
    Case,
    Comment,
    CommentAdded,
    CommentHidden,
    Conversation,
    Fetched,
    Person,
    Ticket,
    TicketChanged,
    TicketDeleted,
    TicketKey,
    TicketMerged,
    TicketRated,
    Visibility,
    Woken,
)
from guidance.text.fold import fold as fold_text

PROVISIONAL_LIVES_FOR = timedelta(hours=24)
SAME_COMMENT_WITHIN = timedelta(minutes=15)
MOST_COMMENTS = 200
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def empty_case(key: TicketKey) -> Case:
    """The case of a ticket of which nothing is known yet."""
    return Case(key=key, conversation=Conversation(key=key, ticket=Ticket(id=key.ticket_id)))


def fold(case: Case, event: AnyEvent, now: datetime) -> Case:
    """The case after `event`. Events that are no news to the conversation leave it as it is."""
    change = _CHANGES.get(type(event))
    changed = change(case, event) if change else case
    if changed.gone_for_good:
        changed = _without_words(changed)
    return _without_stray_readings(_expire_provisional(changed, now))


def visible_comments(case: Case) -> tuple[Comment, ...]:
    """Confirmed and provisional comments together, in order of time."""
    if not case.provisional:
        return case.conversation.comments
    return tuple(sorted((*case.conversation.comments, *case.provisional), key=_order))


def _order(comment: Comment) -> tuple[datetime, int, str]:
    return comment.at or _LONG_AGO, len(comment.id), comment.id


def _add_comment(case: Case, event: CommentAdded) -> Case:
    comment = event.comment
    if comment.provisional:
        return _add_provisional(case, comment)
    return _with_confirmed(case, (comment,), _told_of)


def _add_provisional(case: Case, comment: Comment) -> Case:
    """Take it in where it is news: the whole ticket, as the helpdesk held it later, has all that was said by then."""
    is_old = bool(case.fetched_at and comment.at and comment.at <= case.fetched_at)
    known = is_old or any(_is_same(comment, other) for other in visible_comments(case))
    return case if known or _may_be_hidden(case, comment) else replace(case, provisional=(*case.provisional, comment))


def _may_be_hidden(case: Case, comment: Comment) -> bool:
    """Whether this may repeat words that were hidden a short while ago. What they were is not kept, so it waits for the fetch."""
    hidden = [at for at in (case.hidden_at, case.missing_at) if at]
    return any(comment.at is None or comment.at - at < PROVISIONAL_LIVES_FOR for at in hidden)


def _with_confirmed(
    case: Case, comments: Sequence[Comment], choose: Callable[[Case, Comment | None, Comment], Comment]
) -> Case:
    """The case with these comments; `choose` says which of two tellings of one comment stays."""
    by_id = {comment.id: comment for comment in case.conversation.comments}
    for comment in comments:
        hidden = case.tombstones.get(comment.id)
        if hidden in HIDES_ALL:
            continue
        shown = replace(comment, visibility=Visibility.INTERNAL) if hidden == PRIVATE else comment
        by_id[comment.id] = choose(case, by_id.get(comment.id), shown)
    ordered = tuple(sorted(by_id.values(), key=_order))[-MOST_COMMENTS:]
    told = (*ordered, *comments)  # a hidden comment is not shown, and yet what was heard of it has become real with it
    waiting = tuple(one for one in case.provisional if not any(_is_same(one, real) for real in told))
    said = {comment.id: comment.text for comment in case.conversation.comments}
    reworded = {comment.id for comment in ordered if said.get(comment.id, comment.text) != comment.text}
    readings = {name: reading for name, reading in case.readings.items() if name not in reworded}
    conversation = replace(case.conversation, comments=ordered)
    return replace(case, conversation=conversation, provisional=waiting, readings=readings)


def _told_of(case: Case, known: Comment | None, heard: Comment) -> Comment:
    """News of a comment. What the helpdesk showed after it was written is its last word: it may have been redacted since."""
    if known is not None and case.fetched_at and known.at and known.at <= case.fetched_at:
        return known
    return _richer(known, heard)


def _shown_now(_case: Case, _known: Comment | None, shown: Comment) -> Comment:
    """A comment in a whole ticket as the helpdesk holds it: redacted words are gone from it."""
    return shown


def _richer(known: Comment | None, heard: Comment) -> Comment:
    """Two tellings of one comment: the one that says more, and an order of their own where both say as much."""
    if known is None:
        return heard
    return max(known, heard, key=lambda c: (c.attachments is not None, bool(c.author_name), len(c.text), c.text))


def _is_same(provisional: Comment, other: Comment) -> bool:
    if provisional.author is not other.author or provisional.visibility is not other.visibility:
        return False
    if _are_far_apart(provisional, other):
        return False
    return provisional.id == other.id or _folded(provisional.text) == _folded(other.text)


def _are_far_apart(one: Comment, other: Comment) -> bool:
    """Whether they were written at times too different for one comment; unknown for one that just came, however late."""
    if one.at is None or other.at is None or one.undated or other.undated:
        return False
    return abs(one.at - other.at) > SAME_COMMENT_WITHIN


def _folded(text: str) -> str:
    return " ".join(fold_text(text).text.split())


def _hide(case: Case, event: CommentHidden) -> Case:
    """The case without this comment, nor what was only heard of: each of that may be it, and is being fetched."""
    kind = PRIVATE if event.made_private and case.tombstones.get(event.comment_id) != GONE else GONE
    buried = _bury(case, {event.comment_id: kind})
    return replace(buried, hidden_at=max(case.hidden_at or event.at, event.at), provisional=())


def _without_missing(case: Case, event: Fetched) -> Case:
    """The case without what the whole ticket does not show. Of what was only heard of, that goes which may be part of it."""
    there = {comment.id for comment in event.conversation.comments}
    held = (one for one in case.conversation.comments if one.at is not None and one.at <= event.at)
    missing = [one for one in held if one.id not in there]
    if not missing:
        return case
    heard = tuple(one for one in case.provisional if all(_are_far_apart(one, lost) for lost in missing))
    buried = _bury(case, {one.id: MISSING for one in missing})
    return replace(buried, missing_at=max(case.missing_at or event.at, event.at), provisional=heard)


def _bury(case: Case, hidden: dict[str, str]) -> Case:
    kept = [
        replace(comment, visibility=Visibility.INTERNAL) if hidden.get(comment.id) == PRIVATE else comment
        for comment in case.conversation.comments
        if hidden.get(comment.id) not in HIDES_ALL
    ]
    readings = {name: reading for name, reading in case.readings.items() if name not in hidden}
    conversation = replace(case.conversation, comments=tuple(kept))
    return replace(case, conversation=conversation, tombstones=case.tombstones | hidden, readings=readings)


def _change_ticket(case: Case, event: TicketChanged) -> Case:
    stamp = (event.at.isoformat(), event.event_id)
    newer = [name for name in event.fields if case.stamps.get(name, ("", "")) < stamp]
    if not newer:
        return case
    conversation = case.conversation
    for name in newer:
        conversation = _with_field(conversation, name, event)
    return replace(case, conversation=conversation, stamps=case.stamps | dict.fromkeys(newer, stamp))


def _with_field(conversation: Conversation, name: str, event: TicketChanged) -> Conversation:
    if name == "requester":
        return replace(conversation, requester=_merged(conversation.requester, event.requester))
    if name == "assignee":
        is_nobody = event.assignee == NOBODY
        return replace(conversation, assignee=NOBODY if is_nobody else _merged(conversation.assignee, event.assignee))
    return replace(conversation, ticket=replace(conversation.ticket, **{name: getattr(event.ticket, name)}))


def _merged(known: Person, heard: Person) -> Person:
    """A person of whom only some fields were told: the same person keeps what was known of them."""
    if heard.id and known.id and heard.id != known.id:
        return heard
    told = {name: getattr(heard, name) for name in heard.__struct_fields__ if getattr(heard, name)}
    return replace(known, **told)


def _take_snapshot(case: Case, event: Fetched) -> Case:
    fetched = event.conversation
    changed = TicketChanged(
        key=event.key,
        event_id=event.event_id,
        at=event.at,
        ticket=fetched.ticket,
        requester=fetched.requester,
        assignee=fetched.assignee,
        fields=(*(name for name in Ticket.__struct_fields__ if name != "id"), "requester", "assignee"),
    )
    case = _change_ticket(case, changed)
    if case.fetched_at is None or event.at >= case.fetched_at:
        case = _knowing_of_redaction(case, event)
        case = _with_confirmed(_found_again(case, event), fetched.comments, _shown_now)
        case = _without_missing(case, event)
    told = event.hours or case.told_hours
    goes_by_it = event.hours is not None and not case.settings.own_hours
    settings = replace(case.settings, hours=event.hours) if goes_by_it else case.settings
    waiting = tuple(one for one in case.provisional if _is_beyond(one, event))
    is_back = not case.gone_for_good and case.gone_at is not None and event.at > case.gone_at
    return replace(
        case,
        fetched_at=max(case.fetched_at or event.at, event.at),
        settings=settings,
        told_hours=told,
        provisional=waiting,
        gone=case.gone and not is_back,
        gone_at=None if is_back else case.gone_at,
    )


def _is_beyond(heard: Comment, event: Fetched) -> bool:
    """Whether what was only heard of may have been written after this snapshot; else it has become real with it, or never was."""
    if heard.at is None:
        return False
    if heard.undated and event.asked_at:
        return heard.at >= event.asked_at
    return heard.at > event.at


def _knowing_of_redaction(case: Case, event: Fetched) -> Case:
    """The case that knows when words went from a comment that stayed; never which ones."""
    if not has_lost_words(case, event.conversation.comments):
        return case
    return replace(case, hidden_at=max(case.hidden_at or event.at, event.at))


def _found_again(case: Case, event: Fetched) -> Case:
    """The case in which nothing is missing any more that the helpdesk shows. What it told of as gone stays hidden."""
    there = {comment.id for comment in event.conversation.comments}
    left = {name: kind for name, kind in case.tombstones.items() if kind != MISSING or name not in there}
    if left == case.tombstones:
        return case
    return replace(case, tombstones=left, missing_at=case.missing_at if MISSING in left.values() else None)


def _expire_provisional(case: Case, now: datetime) -> Case:
    alive = tuple(one for one in case.provisional if one.at is None or now - one.at < PROVISIONAL_LIVES_FOR)
    return case if len(alive) == len(case.provisional) else replace(case, provisional=alive)


def _without_stray_readings(case: Case) -> Case:
    """A reading quotes its comment, so it must not outlive it."""
    held = {comment.id for comment in (*case.conversation.comments, *case.provisional)}
    if case.readings.keys() <= held:
        return case
    return replace(case, readings={name: reading for name, reading in case.readings.items() if name in held})


def _delete(case: Case, event: TicketDeleted) -> Case:
    """A ticket that the helpdesk showed later than it was deleted came back since; from a deletion for good none does."""
    if not event.for_good and case.fetched_at is not None and case.fetched_at > event.at:
        return case
    gone_at = max(case.gone_at or event.at, event.at)
    return replace(case, gone=True, gone_at=gone_at, gone_for_good=case.gone_for_good or event.for_good)


def _without_words(case: Case) -> Case:
    """The case without all that was said, by whom and about what; whose team's it was stays, so that its tasks can be ended."""
    ticket = case.conversation.ticket
    left = Ticket(id=ticket.id, status=ticket.status, brand=ticket.brand, group=ticket.group)
    return replace(
        case,
        conversation=Conversation(key=case.key, ticket=left),
        provisional=(),
        tombstones=case.tombstones | {comment.id: GONE for comment in case.conversation.comments},
        readings={},
    )


def _merge(case: Case, event: TicketMerged) -> Case:
    return replace(case, merged_into=event.into)


def _wake(case: Case, event: Woken) -> Case:
    return replace(case, woken_at=max(case.woken_at or event.at, event.at))


def _rate(case: Case, event: TicketRated) -> Case:
    """The latest answer counts: customers may change their mind."""
    if case.rated_at is not None and event.at < case.rated_at:
        return case
    return replace(case, rated=event.rating, rated_at=event.at)


_CHANGES: dict[type, Callable[[Case, Any], Case]] = {
    CommentAdded: _add_comment,
    CommentHidden: _hide,
    TicketChanged: _change_ticket,
    Fetched: _take_snapshot,
    TicketDeleted: _delete,
    TicketMerged: _merge,
    TicketRated: _rate,
    Woken: _wake,
}
