"""What promises quote of comments whose words are gone: it goes from the promises, too, and from what they have written next.

A comment that one whole ticket leaves out may be there in the next: its promises then get their words back from its reading, and what
it kept or called off is quoted again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from guidance.conversations.redacting import Cut, cuts, hidden_whole
from guidance.followups.keeping import settle
from guidance.followups.plan import follow_up_id
from guidance.followups.tasks import task_request
from guidance.followups.unworded import in_place_of_words, is_unworded
from guidance.model import Case, FollowUp, FollowUpState
from guidance.ports import TaskRequest


def hide(before: Case, case: Case) -> Case:
    """The case whose promises, and the requests made of them, quote nothing that has gone between `before` and now, and what is back."""
    told = _quoting_what_is_there(before, case)
    return told if told.follow_ups == before.follow_ups else _asking_in_their_words(before, told)


def _quoting_what_is_there(before: Case, case: Case) -> Case:
    if case.gone_for_good:
        unworded = in_place_of_words(case.settings.agent_locale)
        return replace(case, follow_ups=tuple(replace(one, words=unworded, evidence=None) for one in case.follow_ups))
    if before.conversation.comments == case.conversation.comments and before.tombstones == case.tombstones:
        return case
    cut = cuts(before, case.conversation.comments)
    gone, back = hidden_whole(case) - hidden_whole(before), hidden_whole(before) - hidden_whole(case)
    hidden = (_worded(_unquoted(one, case, cut), case, cut, gone) for one in case.follow_ups)
    told = tuple(_quoted_again(_worded_again(one, case, back), case, back) for one in hidden)
    return case if told == case.follow_ups else replace(case, follow_ups=told)


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
    return replace(one, words=words or in_place_of_words(case.settings.agent_locale))


def _worded_again(one: FollowUp, case: Case, back: Collection[str]) -> FollowUp:
    """The promise in its own words where its comment is back: those of its id, or the one promise there that is nobody's for the one without."""
    if one.comment_id not in back or not is_unworded(one):
        return one
    found = _promised_in(case, one.comment_id)
    known = {other.id for other in case.follow_ups}
    left = [words for name, words in found.items() if name not in known]
    strays = [other for other in case.follow_ups if other.comment_id == one.comment_id and other.id not in found]
    words = found.get(one.id) or (left[0] if len(left) == len(strays) == 1 else None)
    return replace(one, words=words) if words else one


def _promised_in(case: Case, comment_id: str) -> dict[str, str]:
    """What a comment promises as it reads now, by the ids that promises in these words have."""
    reading = case.readings.get(comment_id)
    promised = (*reading.promises, *reading.conditional) if reading else ()
    return {follow_up_id(case.key, comment_id, one.text): one.text for one in promised}


def _quoted_again(one: FollowUp, case: Case, back: Collection[str]) -> FollowUp:
    """The promise with the words that settled it where their comment is back. The same comments settle the same promise, so it is tried."""
    shown_by = (one.settled_by or "").partition("comment:")[2]
    if shown_by not in back or one.settled_at is None or one.moved_to:
        return one
    open_again = replace(one, state=FollowUpState.NOTED, settled_at=None, settled_by=None)
    (anew,) = settle(replace(case, follow_ups=(open_again,)), one.settled_at).follow_ups
    return replace(one, evidence=anew.evidence) if anew.settled_by == one.settled_by else one


def _asking_in_their_words(before: Case, case: Case) -> Case:
    """The case whose frozen requests have their promises' words, also where those were changed by what another ticket told."""
    was = {one.id: one.words for one in before.follow_ups}
    asked = (_asked_anew(one, case) if was.get(one.id, one.words) != one.words else one for one in case.follow_ups)
    return replace(case, follow_ups=tuple(asked))


def _asked_anew(told: FollowUp, case: Case) -> FollowUp:
    """The promise whose frozen request has its words. All else of that stays as it is: an attempt may have been made with it."""
    if told.frozen is None:
        return told
    frozen = msgspec.convert(told.frozen, TaskRequest)
    anew = task_request(replace(told, due_at=frozen.due_at), case)
    reworded = msgspec.to_builtins(replace(frozen, subject=anew.subject, body=anew.body))
    return replace(told, frozen=reworded, reworded=True)
