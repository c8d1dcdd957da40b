"""What promises quote of comments whose words are gone: it goes from the promises, too, and from what they have written next."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from guidance.conversations.redacting import Cut, cuts, hidden_whole
from guidance.followups.tasks import task_request
from guidance.model import Case, FollowUp
from guidance.ports import TaskRequest

_UNWORDED = {
    "en": "What was promised here was removed from the ticket",
    "de": "Was hier versprochen wurde, ist aus dem Ticket entfernt",
    "es": "Lo que se prometió aquí se ha eliminado del ticket",
    "fr": "Ce qui a été promis ici a été retiré du ticket",
}
"""What stands in place of a promise's words where none are left."""


def hide(before: Case, case: Case) -> Case:
    """The case whose promises quote nothing that has gone from its comments between `before` and now."""
    if before.conversation.comments == case.conversation.comments and before.tombstones == case.tombstones:
        return case
    cut = cuts(before, case.conversation.comments)
    gone = hidden_whole(case) - hidden_whole(before)
    hidden = tuple(_worded(_unquoted(one, case, cut), case, cut, gone) for one in case.follow_ups)
    return case if hidden == case.follow_ups else replace(case, follow_ups=hidden)


def _unquoted(one: FollowUp, case: Case, cut: Mapping[str, Cut]) -> FollowUp:
    """The promise without the words that settled it, where they are hidden or not all there any more."""
    shown_by = (one.settled_by or "").partition("comment:")[2]
    if not one.evidence or not shown_by:
        return one
    if shown_by in case.tombstones:
        return replace(one, evidence=None)
    shown = cut.get(shown_by)
    if shown is None:
        return one
    return replace(one, evidence=shown.told(one.evidence) if shown.spares(one.evidence) else None)


def _worded(one: FollowUp, case: Case, cut: Mapping[str, Cut], gone: Collection[str]) -> FollowUp:
    """The promise in what is left of its own words. What its agent says of it later, in words of their own, stays."""
    if one.comment_id not in gone and one.comment_id not in cut:
        return one
    words = "" if one.comment_id in gone else cut[one.comment_id].out_of(one.words)
    if words == " ".join(one.words.split()):
        return one
    spoken = case.settings.agent_locale.partition("-")[0]
    return _asked_anew(replace(one, words=words or _UNWORDED.get(spoken, _UNWORDED["en"])), case)


def _asked_anew(told: FollowUp, case: Case) -> FollowUp:
    """The promise whose frozen request has its words. All else of that stays as it is: an attempt may have been made with it."""
    if told.frozen is None:
        return told
    frozen = msgspec.convert(told.frozen, TaskRequest)
    anew = task_request(replace(told, due_at=frozen.due_at), case)
    return replace(told, frozen=msgspec.to_builtins(replace(frozen, subject=anew.subject, body=anew.body)))
