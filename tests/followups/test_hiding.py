"""Words that were redacted or deleted in the helpdesk: no promise goes on quoting them, here or there."""

from __future__ import annotations

import json

import msgspec
import pytest
from msgspec.structs import replace

from guidance.model import CommentHidden, Fetched, FollowUpChanged, PromiseTaken, TicketMerged
from tests.cast import KEY, NOW, amir_says, minutes, rana_says
from tests.dispatch.clockwork import AFTER, BEFORE, Clockwork
from tests.followups.story import CALL, S, Story, has_task

CARD = "4111 1111 1111 1111"
SECRET = f"Hi Rana, I'll call you tomorrow at 3pm about your card {CARD}."
REDACTED = "Hi Rana, I'll call you tomorrow at 3pm about your card \u2587\u2587\u2587\u2587."
GONE = "What was promised here was removed from the ticket"


def is_deleted(comment="2", *, private=False):
    return CommentHidden(key=KEY, event_id=f"h{comment}", at=NOW + minutes(3), comment_id=comment, made_private=private)


def is_redacted(case, text=REDACTED, comment="2"):
    """The whole ticket, as the helpdesk shows it once words were blacked out in one comment."""
    told = tuple(replace(one, text=text) if one.id == comment else one for one in case.conversation.comments)
    return Fetched(key=KEY, event_id="f", at=NOW + minutes(9), conversation=replace(case.conversation, comments=told))


def shows_all_but(case, *missing):
    """The whole ticket as one list of its comments has it, of which some were turned past."""
    told = tuple(one for one in case.conversation.comments if one.id not in missing)
    return Fetched(key=KEY, event_id="f", at=NOW + minutes(9), conversation=replace(case.conversation, comments=told))


def written(clockwork):
    return json.dumps(
        msgspec.to_builtins([clockwork.tasks, clockwork.helpdesk.notes, clockwork.helpdesk.updates]), default=str
    )


@pytest.mark.parametrize(
    ("locale", "words"), [("en-GB", GONE), ("de", "Was hier versprochen wurde, ist aus dem Ticket entfernt")]
)
def test_a_promise_of_a_deleted_reply_goes_on_without_its_words(locale, words):
    story = Story(agent_locale=locale).hears(amir_says(SECRET)).hears(is_deleted())
    assert (story.promise.words, story.promise.state) == (words, S.PLANNED)


def test_a_promise_keeps_what_was_not_blacked_out():
    story = Story().hears(amir_says(SECRET))
    story.hears(is_redacted(story.case))
    assert story.promise.words == "I'll call you tomorrow at 3pm about your card …"


LINKED = "Hi Rana, I'll send you [the form](https://acme.example/f/8) tomorrow by 3pm, card 4111."
PLAIN = "Hi Rana, I'll send you the form tomorrow by 3pm, card 4111."


def test_a_promise_loses_no_words_where_the_whole_ticket_only_shows_its_link_by_name():
    story = Story().hears(amir_says(LINKED))
    story.hears(is_redacted(story.case, PLAIN))
    assert story.promise.words == "I'll send you the form tomorrow by 3pm, card 4111"
    story.hears(replace(is_redacted(story.case, PLAIN.replace("4111", "\u2587")), at=NOW + minutes(10)))
    assert story.promise.words == "I'll send you the form tomorrow by 3pm, card …"


def test_a_promise_loses_the_words_that_went_before_the_first_whole_ticket_showed_it():
    story = Story().hears(amir_says(LINKED))
    story.hears(is_redacted(story.case, PLAIN.replace("4111", "\u2587")))
    assert story.promise.words == "I'll send you the form tomorrow by 3pm, card …"


def test_a_target_that_the_whole_ticket_showed_once_goes_from_the_promise_with_it():
    story = Story().hears(amir_says(LINKED))
    story.hears(is_redacted(story.case, LINKED)).hears(is_redacted(story.case, PLAIN))
    assert "acme.example" not in story.promise.words


def test_words_that_kept_a_promise_are_quoted_still_where_the_whole_ticket_only_shows_their_link_by_name():
    story = Story().hears(amir_says("Hi Rana, I'll send you the form tomorrow by 3pm.")).at(NOW + minutes(5))
    story.says(amir_says, "I have sent you [the form](https://acme.example/f/8).")
    story.hears(is_redacted(story.case, "I have sent you the form.", "11"))
    assert (story.promise.state, story.promise.evidence) == (S.KEPT, "I have sent you the form.")


def test_a_reply_that_was_made_private_is_still_there_to_be_quoted():
    story = Story().hears(amir_says(SECRET)).hears(is_deleted(private=True))
    assert CARD in story.promise.words


def test_what_the_agent_says_of_it_afterwards_stays_whatever_else_is_written():
    story = Story().hears(amir_says(SECRET)).hears(is_deleted()).told(words="Call Rana at three")
    assert story.says(rana_says, "Thank you!").promise.words == "Call Rana at three"


@pytest.mark.parametrize("hidden", [is_deleted, lambda: is_deleted(private=True)])
def test_words_that_called_a_promise_off_are_forgotten_with_their_comment(hidden):
    story = Story().hears(amir_says(CALL)).at(NOW + minutes(5))
    story.says(rana_says, f"No need to call me any more, my card is {CARD}.")
    assert CARD in story.promise.evidence
    story.hears(replace(hidden(), comment_id="11"))
    assert (story.promise.state, story.promise.evidence) == (S.WITHDRAWN, None)


def test_words_that_called_a_promise_off_are_forgotten_once_they_are_blacked_out():
    story = Story().hears(amir_says(CALL)).at(NOW + minutes(5))
    story.says(rana_says, f"No need to call me any more, my card is {CARD}.")
    story.hears(is_redacted(story.case, "No need to call me any more, my card is \u2587\u2587\u2587.", "11"))
    assert (story.promise.state, story.promise.evidence) == (S.WITHDRAWN, None)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_promise_has_its_words_back_once_its_comment_was_only_missing_from_one_list(locale):
    story = has_task(Story(agent_locale=locale).hears(amir_says(SECRET)))
    whole = shows_all_but(story.case)
    assert CARD not in story.hears(shows_all_but(story.case, "2")).promise.words
    story.hears(whole)
    assert story.promise.words == SECRET.removeprefix("Hi Rana, ").removesuffix(".")
    assert [work.data["task_id"] for work in story.works("task_update")] == ["77"]


def test_each_of_several_promises_has_its_own_words_back():
    story = Story().hears(amir_says("I'll call you tomorrow at 3pm. I'll send you the form on Friday at 10am."))
    known, whole = story.case.follow_ups, shows_all_but(story.case)
    story.hears(shows_all_but(story.case, "2")).hears(whole)
    assert [one.words for one in story.case.follow_ups] == [one.words for one in known]


def test_what_was_blacked_out_before_a_comment_was_missing_does_not_come_back_with_it():
    story = Story().hears(amir_says(SECRET))
    story.hears(is_redacted(story.case))
    whole = shows_all_but(story.case)
    story.hears(shows_all_but(story.case, "2")).hears(whole)
    assert story.promise.words == "I'll call you tomorrow at 3pm about your card \u2587\u2587\u2587\u2587"


def test_of_two_promises_whose_words_were_blacked_out_none_gets_those_of_another():
    story = Story().hears(amir_says("I'll call you tomorrow at 3pm, 4111. I'll call Ali on Friday at 10am, 4222."))
    blacked = "I'll call you tomorrow at 3pm, \u2587. I'll \u2587 Ali."
    story.hears(is_redacted(story.case, blacked))
    whole = shows_all_but(story.case)
    story.hears(shows_all_but(story.case, "2")).hears(whole)
    assert [one.words for one in story.case.follow_ups] == [GONE, GONE]


def test_the_words_of_a_deleted_reply_stay_gone_though_a_list_still_shows_it():
    story = Story().hears(amir_says(SECRET))
    whole = shows_all_but(story.case)
    assert story.hears(is_deleted()).hears(whole).promise.words == GONE


def test_what_the_agent_said_of_a_promise_while_its_comment_was_missing_stays():
    story = Story().hears(amir_says(SECRET))
    whole = shows_all_but(story.case)
    story.hears(shows_all_but(story.case, "2")).told(words="Call Rana at three")
    assert story.hears(whole).promise.words == "Call Rana at three"


def test_the_words_that_kept_a_promise_are_quoted_again_once_they_were_only_missing():
    story = Story().hears(amir_says(CALL)).at(NOW + minutes(5)).says(amir_says, "I just tried to call you, no luck.")
    known, whole = story.promise, shows_all_but(story.case)
    assert story.hears(shows_all_but(story.case, "11")).promise.evidence is None
    assert story.hears(whole).promise == known


@pytest.mark.parametrize(("locale", "said"), [("en", "It is sorted now."), ("de", "The depot found your parcel.")])
def test_no_reply_keeps_a_promise_while_its_comment_is_missing(locale, said):
    story = Story(agent_locale=locale).hears(amir_says(CALL)).at(NOW + minutes(5)).says(amir_says, said)
    known, whole = story.promise, shows_all_but(story.case)
    assert story.hears(shows_all_but(story.case, "2")).promise.state is S.PLANNED
    assert story.hears(whole).promise == known


@pytest.mark.parametrize(("locale", "said"), [("en", "It is sorted now."), ("de", "The depot found your parcel.")])
def test_no_reply_keeps_a_promise_whose_words_were_deleted_but_its_customer_may_take_it_off(locale, said):
    story = Story(agent_locale=locale).hears(amir_says(CALL)).hears(is_deleted()).at(NOW + minutes(5))
    assert story.says(amir_says, said).promise.state is S.PLANNED
    assert story.says(rana_says, "No need to call me any more.").promise.state is S.WITHDRAWN


@pytest.mark.parametrize("how", ["deleted", "redacted"])
def test_no_task_or_note_is_written_with_words_that_are_gone(store, how):
    clockwork = Clockwork(store, remind_in="note").promise(SECRET).later(minutes=1)
    case = store.load(KEY)
    clockwork.advancing.take(KEY, [is_deleted() if how == "deleted" else is_redacted(case)])
    clockwork.later(minutes=11).runs().later(hours=27).runs()
    assert (len(clockwork.tasks), clockwork.state) == (1, S.REMINDED)
    assert "4111" not in written(clockwork)


def test_a_request_that_was_frozen_and_never_sent_is_sent_without_them(store):
    clockwork = Clockwork(store)
    clockwork.helpdesk.faults = [("before", BEFORE)]
    clockwork.promise(SECRET).later(minutes=11).runs()
    assert (clockwork.tasks, "4111" in str(clockwork.follow_ups[0].frozen)) == ([], True)
    clockwork.advancing.take(KEY, [is_deleted()])
    assert "4111" not in str(clockwork.follow_ups[0])
    clockwork.later(minutes=2).runs()
    assert [GONE in task.body for task in clockwork.tasks] == [True]
    assert "4111" not in written(clockwork)


def test_a_request_that_was_frozen_has_its_words_back_too(store):
    clockwork = Clockwork(store)
    clockwork.helpdesk.faults = [("before", BEFORE)]
    clockwork.promise(CALL).later(minutes=11).runs()
    (known,), case = clockwork.follow_ups, store.load(KEY)
    clockwork.advancing.take(KEY, [shows_all_but(case, "2")])
    assert "call" not in str(clockwork.follow_ups[0].frozen)
    clockwork.advancing.take(KEY, [shows_all_but(case)])
    (again,) = clockwork.follow_ups
    assert replace(again, reworded=False) == known


def test_a_task_that_was_asked_for_with_them_and_is_found_later_is_told_its_new_subject(store):
    clockwork = Clockwork(store)
    clockwork.helpdesk.faults = [("after", AFTER)]
    clockwork.promise(SECRET).later(minutes=11).runs()
    clockwork.advancing.take(KEY, [is_redacted(store.load(KEY))])
    clockwork.later(minutes=1).runs()
    assert (len(clockwork.tasks), "4111" in clockwork.tasks[0].body, clockwork.state) == (1, True, S.TASK_MADE)
    assert ["about your card …" in one.subject for one in clockwork.helpdesk.updates] == [True]


def test_a_task_that_is_being_made_while_they_go_is_told_its_new_subject(store):
    clockwork = Clockwork(store).promise(SECRET)
    create = clockwork.helpdesk.create_task

    def redacted_meanwhile(task):
        clockwork.advancing.take(KEY, [is_redacted(store.load(KEY))])
        return create(task)

    clockwork.helpdesk.create_task = redacted_meanwhile
    clockwork.later(minutes=11).runs()
    assert (len(clockwork.tasks), clockwork.state) == (1, S.TASK_MADE)
    assert ["about your card …" in one.subject for one in clockwork.helpdesk.updates] == [True]


def test_a_task_that_takes_the_place_of_one_that_was_told_is_told_nothing_more(store):
    clockwork = Clockwork(store)
    clockwork.helpdesk.faults = [("after", AFTER)]
    clockwork.promise(SECRET).later(minutes=11).runs()
    clockwork.advancing.take(KEY, [is_redacted(store.load(KEY))])
    clockwork.later(minutes=1).runs()
    clockwork.helpdesk.closed.add("t0")
    clockwork.told(due_at=clockwork.follow_ups[0].due_at + minutes(60)).runs()
    updates = len(clockwork.helpdesk.updates)
    clockwork.later(minutes=11).runs()
    assert (clockwork.follow_ups[0].task_id, len(clockwork.helpdesk.updates)) == ("t1", updates)


def test_a_task_that_is_there_already_is_told_its_new_subject():
    story = has_task(Story().hears(amir_says(SECRET))).hears(is_deleted())
    assert [work.data["task_id"] for work in story.works("task_update")] == ["77"]


def test_a_promise_that_a_merge_took_along_forgets_them_there_too():
    story = Story().hears(amir_says(SECRET)).hears(TicketMerged(key=KEY, event_id="m", at=NOW, into="5000"))
    known = story.promise.id
    story.hears(PromiseTaken(key=KEY, event_id="y", at=NOW, follow_up_id=known, moved_to="5000/f-there"))
    (told,) = story.hears(is_deleted()).works("forward")
    assert (told.ticket_id, told.data["event"]["changed"]["id"]) == ("5000", "f-there")
    assert told.data["event"]["changed"]["words"] == GONE


def test_a_request_that_was_frozen_before_a_merge_is_sent_without_what_went_after_it(store):
    clockwork = Clockwork(store)
    clockwork.helpdesk.faults = [("before", BEFORE)]
    (known,) = clockwork.promise(SECRET).later(minutes=11).runs().follow_ups
    changed = replace(known, words=GONE, evidence=None)
    event = FollowUpChanged(key=KEY, event_id="words", at=clockwork.now, changed=changed, fields=("words", "evidence"))
    clockwork.advancing.take(KEY, [event])
    clockwork.later(minutes=2).runs()
    assert (len(clockwork.tasks), "4111" in written(clockwork)) == (1, False)
