"""What later comments say of a promise: a reply that keeps it, a customer who calls it off."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from guidance.followups.called_off import calls_off
from guidance.followups.life import kept, may_be_settled_by, settled
from guidance.followups.plan import LIVE_SESSION, own_words, said_since
from guidance.followups.shown import received, shows
from guidance.followups.unworded import is_unworded
from guidance.model import Act, Case, Comment, FollowUp, FollowUpState
from guidance.signals.undertaking import is_news
from guidance.text.fold import fold


def settle(case: Case, now: datetime) -> Case:
    """The case in which every open promise that a later confirmed comment keeps or calls off is closed, with its words.

    One that seemed broken is mended by a comment that had been written by then.
    The same set of comments always settles the same promises; a comment of which the agent said "not yet" never does.
    """
    closed = tuple(_settled(case, one, now) if _may_settle(one) else one for one in case.follow_ups)
    return case if closed == case.follow_ups else replace(case, follow_ups=closed)


def _may_settle(one: FollowUp) -> bool:
    return one.state is not FollowUpState.CREATING and one.rule is None


def _settled(case: Case, known: FollowUp, now: datetime) -> FollowUp:
    for comment in said_since(case, known):
        if comment.provisional or comment.id in known.not_yet or not may_be_settled_by(known, comment.at):
            continue
        if comment.is_customer and (words := calls_off(own_words(case, comment))):
            return settled(known, FollowUpState.WITHDRAWN, now, f"comment:{comment.id}", words)
        if comment.is_customer and (words := _received(case, known, comment)):
            return _confirmed(known, comment, now, words)
        if comment.is_public_reply and not known.conditional and (words := _kept_by(case, known, comment)):
            return kept(known, comment.at, now, f"comment:{comment.id}", words)
    return known


def _kept_by(case: Case, known: FollowUp, reply: Comment) -> str | None:
    """The words of a reply that keep a promise; its own new promises are no evidence for an old one, where they are not news as well.

    None where nobody can read any more what was promised: that a reply keeps it would be a guess.
    """
    reading = case.readings.get(reply.id)
    if reading is None or is_unworded(known):
        return None
    language = reading.language or ""
    anew = [one.text for one in reading.promises if not is_news(fold(one.text).text, language)]
    return shows(known.words, own_words(case, reply), reading, has_files=bool(reply.attachments), anew=anew)


def _received(case: Case, known: FollowUp, comment: Comment) -> str | None:
    """The words by which a customer tells that they have it. Thanks for a call long before its time are for another one."""
    if known.conditional or (known.act is Act.CALL and not _is_about_due(known, comment)):
        return None
    return received(known.words, own_words(case, comment))


def _is_about_due(known: FollowUp, comment: Comment) -> bool:
    return known.due_at is not None and comment.at is not None and comment.at >= known.due_at - LIVE_SESSION


def _confirmed(known: FollowUp, comment: Comment, now: datetime, words: str) -> FollowUp:
    """The promise, kept by a customer's word: it may have been some time before that they write."""
    in_time = comment.at if comment.at and known.due_at and comment.at <= known.due_at else None
    if known.state is FollowUpState.UNCONFIRMED:
        known = replace(known, late_at=None)
    return kept(known, in_time, now, f"comment:{comment.id}", words)
