"""What a promise is left alone by: old news, what was only heard of, a task that others share, a moment that is not its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from guidance.followups import accepted_by_setting
from guidance.followups.clock import next_at
from guidance.followups.keeping import settle
from guidance.followups.record import by_week
from guidance.model import Fetched, FollowUpAccepted, TicketMerged, Woken
from guidance.pipeline import advance
from guidance.signals import hear
from tests.cast import KEY, NOW, amir_says, case, rana_says
from tests.followups.story import ANSWER, BOOK, CALL, DUE, NEW_YORK, S, Story, has_task

GIVEN = "Hi Rana, the depot found your parcel and it leaves today."
MERGED = TicketMerged(key=KEY, event_id="m", at=NOW, into="5000")


def said_before(span):
    event = amir_says("I'll call you on Friday 20 March at 3pm.")
    return replace(event, comment=replace(event.comment, at=NOW - span))


@pytest.mark.parametrize(("span", "count"), [(timedelta(days=3), 0), (timedelta(days=1), 1)])
def test_what_was_promised_before_we_listened_is_no_promise_of_ours(span, count):
    assert len(Story().hears(said_before(span)).case.follow_ups) == count


OUTAGE = timedelta(days=3)
"""From a Wednesday to a Saturday."""


def shown(*said, since=None):
    """The whole ticket, as it is fetched."""
    conversation = replace(case().conversation, comments=tuple(one.comment for one in said))
    at = said[-1].at
    return Fetched(key=KEY, event_id=f"f{at}", at=at, conversation=conversation, listening_since=since)


@pytest.mark.parametrize("knows", [rana_says("Where is it?"), shown(rana_says("Where is it?"))])
def test_what_was_promised_in_an_outage_is_noted_however_long_that_was(knows):
    story = Story().hears(knows).at(NOW + OUTAGE)
    story.hears(shown(rana_says("Where is it?"), amir_says("I'll call you on Friday 20 March at 3pm.")))
    assert (story.promise.state, story.promise.due_at.day) == (S.PLANNED, 20)


def test_what_was_promised_and_fell_due_in_an_outage_is_asked_about_at_once():
    story = Story().hears(rana_says("Where is it?")).at(NOW + OUTAGE).hears(amir_says(CALL))
    assert next_at(story.case) < story.now
    assert story.hears(Woken(key=KEY, event_id="w", at=story.now, reason="follow-ups")).promise.state is S.UNCONFIRMED


def test_what_was_promised_and_kept_in_an_outage_is_kept():
    story = Story().hears(rana_says("Where is it?")).at(NOW + OUTAGE)
    assert story.hears(shown(amir_says(ANSWER, 2), amir_says(GIVEN, 90))).promise.state is S.KEPT


def test_what_a_ticket_promised_before_we_knew_it_is_no_promise_of_ours():
    story = Story().hears(rana_says("And now?", 9)).at(NOW + OUTAGE)
    assert story.hears(shown(amir_says("I'll call you on Friday 20 March at 3pm."))).case.follow_ups == ()


@pytest.mark.parametrize(
    ("text", "count"), [("I'll call you on Friday 20 March at 3pm.", 1), (CALL, 0), ("I'll call.", 0)]
)
def test_of_a_ticket_that_began_in_an_outage_what_is_still_to_come_is_noted(text, count):
    story = Story().at(NOW + OUTAGE).hears(shown(amir_says(text), since=NOW - OUTAGE))
    assert len(story.case.follow_ups) == count


@pytest.mark.parametrize("since", [None, NOW])
def test_of_a_ticket_from_before_our_time_what_is_still_to_come_is_left_alone(since):
    story = Story().at(NOW + OUTAGE).hears(shown(amir_says("I'll call you on 20 March at 3pm."), since=since))
    assert story.case.follow_ups == ()


def test_a_reply_that_was_only_heard_of_keeps_no_promise():
    story = Story().hears(amir_says(ANSWER)).at(NOW + timedelta(hours=3))
    heard = amir_says(GIVEN, 60, provisional=True).comment
    conversation = story.case.conversation
    told = hear(
        replace(story.case, conversation=replace(conversation, comments=(*conversation.comments, heard))), BOOK.ear
    )
    assert settle(told, story.now).follow_ups == story.case.follow_ups
    confirmed = replace(conversation, comments=(*conversation.comments, replace(heard, provisional=False)))
    assert settle(replace(told, conversation=confirmed), story.now).follow_ups[0].state is S.KEPT


def test_what_a_rule_proposed_is_kept_by_no_reply_but_by_its_agents_word():
    story = Story().hears(amir_says(ANSWER))
    planned = replace(story.promise, id="f12-proposed", rule="follow-through.follow-up-delivery")
    story.hears(FollowUpAccepted(key=KEY, event_id="x", at=NOW, follow_up=planned)).at(NOW + timedelta(hours=3))
    story.says(amir_says, GIVEN)
    assert [one.state for one in story.case.follow_ups[:2]] == [S.KEPT, S.PLANNED]


def test_a_promise_whose_task_is_being_made_goes_with_its_ticket_once_that_is_known():
    story = Story().hears(amir_says(CALL)).told("dispatch", state=S.CREATING, claim="c", attempt=1).hears(MERGED)
    assert story.works("forward") == []
    made = story.told("dispatch", state=S.TASK_MADE, task_id="77", claim=None)
    assert [work.ticket_id for work in made.works("forward")] == ["5000"]


def test_a_step_that_can_not_be_taken_yet_is_tried_again_in_a_moment_and_not_at_once():
    story = Story().hears(amir_says(ANSWER)).told("dispatch", state=S.CREATING, claim="c", attempt=1).at(DUE)
    story.hears(Woken(key=KEY, event_id="w", at=DUE, reason="follow-ups"))
    (wake,) = [work for work in story.works("wake") if work.data["reason"] == "follow-ups"]
    assert DUE < wake.at <= DUE + timedelta(minutes=2)


def test_a_promise_that_went_to_another_ticket_is_counted_there_alone():
    here = replace(has_task(Story().hears(amir_says(CALL))).promise, state=S.WITHDRAWN, settled_at=NOW)
    there = replace(here, state=S.KEPT, ticket_id="5000")
    (week,) = by_week([replace(here, moved_to="5000/f1-a"), there], NEW_YORK)
    assert (week.kept, week.withdrawn) == (1, 0)


def test_while_everything_is_paused_nothing_is_planned_without_a_click():
    rule = "follow-through.follow-up-delivery"
    story = Story(proposals=(rule,)).hears(rana_says("Where is my parcel?"))
    story.hears(amir_says("Your parcel will arrive on Friday."))
    advice = advance(story.case, None, BOOK, NOW).advice
    assert len(list(accepted_by_setting(story.case, [advice], NOW))) == 1
    paused = replace(story.case, settings=replace(story.case.settings, paused=True))
    assert list(accepted_by_setting(paused, [advice], NOW)) == []
