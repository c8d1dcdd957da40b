from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from guidance.conversations import fold
from guidance.conversations.folding import visible_comments
from guidance.model import (
    CommentHidden,
    Fetched,
    Person,
    Reading,
    Status,
    Ticket,
    TicketChanged,
    TicketDeleted,
    Visibility,
)
from tests.cast import KEY, NOW, amir_notes, amir_says, case, minutes, rana_says


def _status(status, event_id, at):
    return TicketChanged(key=KEY, event_id=event_id, at=at, ticket=Ticket(status=status), fields=("status",))


EVENTS = (
    rana_says("Where is my parcel?", 1),
    amir_says("It left this morning.", 2),
    rana_says("Thank you, and the invoice?", 3),
    amir_notes("She is a regular.", 4),
    CommentHidden(key=KEY, event_id="h3", at=NOW, comment_id="3"),
    CommentHidden(key=KEY, event_id="p2", at=NOW, comment_id="2", made_private=True),
    _status(Status.PENDING, "s1", NOW),
    _status(Status.SOLVED, "s2", NOW + minutes(1)),
    _status(Status.OPEN, "s0", NOW + minutes(1)),
)


def folded(events):
    state = case()
    for event in events:
        state = fold(state, event, NOW)
    return state


@given(st.permutations(EVENTS), st.lists(st.sampled_from(EVENTS), max_size=6))
def test_any_order_and_any_repeat_of_events_ends_in_the_same_conversation(order, repeats):
    expected = folded(EVENTS)
    state = folded([*order, *repeats])
    assert state.conversation == expected.conversation
    assert state.tombstones == expected.tombstones


def test_a_redacted_comment_stays_gone_though_its_text_arrives_later():
    state = folded([CommentHidden(key=KEY, event_id="h", at=NOW, comment_id="1"), rana_says("my card is 4111 1111", 1)])
    assert state.conversation.comments == ()


SECRET = rana_says("my card is 4111 1111", 1)
HEARD_OF = rana_says("my card is 4111 1111", 1, id="p:abc", provisional=True)


HIDDEN = CommentHidden(key=KEY, event_id="h", at=NOW, comment_id="1")


@given(st.permutations([HEARD_OF, SECRET, HIDDEN]), st.lists(st.just(HEARD_OF), max_size=2), st.booleans())
def test_what_was_heard_of_a_hidden_comment_goes_with_it_in_any_order(order, repeats, made_private):
    order = [replace(one, made_private=made_private) if isinstance(one, CommentHidden) else one for one in order]
    assert [one for one in visible_comments(folded([*order, *repeats])) if one.is_public] == []


def test_what_was_heard_of_goes_when_something_is_hidden_that_nobody_knows_yet():
    assert folded([HEARD_OF, HIDDEN]).provisional == ()


def test_a_retry_that_comes_late_and_tells_no_time_of_its_own_brings_nothing_back():
    retried = rana_says("my card is 4111 1111", 90, id="p:def", provisional=True)
    gone = _snapshot(NOW, amir_says("Hello", 2))
    assert folded([SECRET, gone, retried]).provisional == ()
    untimed = replace(retried, comment=replace(retried.comment, at=None))
    assert folded([SECRET, HIDDEN, untimed]).provisional == ()


def test_a_day_after_something_was_hidden_news_is_heard_at_once_again():
    news = rana_says("Hello?", 25 * 60, id="p:abc", provisional=True)
    state = fold(folded([SECRET, HIDDEN]), news, NOW + timedelta(hours=25))
    assert [one.text for one in state.provisional] == ["Hello?"]


def test_no_reading_outlives_its_comment():
    read = replace(folded([HEARD_OF]), readings={"p:abc": Reading(version="any")})
    assert fold(read, SECRET, NOW).readings == {}
    assert fold(read, amir_says("Hello", 2), NOW + timedelta(hours=25)).readings == {}


def test_a_comment_made_private_is_no_public_reply_any_more():
    state = folded(
        [
            amir_says("internal, sorry", 2),
            CommentHidden(key=KEY, event_id="p", at=NOW, comment_id="2", made_private=True),
        ]
    )
    assert [comment.visibility for comment in state.conversation.comments] == [Visibility.INTERNAL]


def test_a_provisional_comment_gives_way_to_the_confirmed_one_of_the_same_text():
    heard = rana_says("Where’s my parcel?", 1, id="p:abc", provisional=True)
    state = folded([heard, rana_says("Where's my  parcel?", 1)])
    assert [comment.id for comment in visible_comments(state)] == ["1"]


def test_a_provisional_comment_that_is_confirmed_already_is_no_news():
    state = folded([rana_says("Hello?", 1), rana_says("Hello?", 1, id="p:abc", provisional=True)])
    assert state.provisional == ()


def test_a_provisional_comment_lives_a_day_at_most():
    heard = rana_says("Hello?", 1, id="p:abc", provisional=True)
    state = fold(case(), heard, NOW)
    later = fold(state, rana_says("Anybody?", 9), NOW + timedelta(hours=25))
    assert len(state.provisional) == 1
    assert later.provisional == ()


def test_the_later_change_of_a_field_wins_whatever_came_first():
    late, early = _status(Status.SOLVED, "b", NOW + minutes(2)), _status(Status.OPEN, "a", NOW)
    assert folded([late, early]).conversation.ticket.status is Status.SOLVED


def test_a_snapshot_hides_what_the_helpdesk_no_longer_holds():
    state = folded([rana_says("first", 1), amir_says("second", 2)])
    held = replace(state.conversation, comments=state.conversation.comments[:1])
    after = fold(state, Fetched(key=KEY, event_id="f", at=NOW + minutes(5), conversation=held), NOW)
    assert [comment.id for comment in after.conversation.comments] == ["1"]


def test_a_comment_that_one_list_left_out_comes_back_with_the_next():
    said = rana_says("first", 1), amir_says("second", 2)
    state = folded([_snapshot(NOW, *said), _snapshot(NOW, said[0])])
    assert [comment.id for comment in state.conversation.comments] == ["1"]
    after = fold(state, _snapshot(NOW, *said), NOW)
    assert [comment.id for comment in after.conversation.comments] == ["1", "2"]
    assert after.tombstones == {}


def test_once_nothing_is_missing_any_more_news_is_heard_at_once_again():
    said, news = (
        (rana_says("first", 1), amir_says("second", 2)),
        rana_says("Anybody?", 90, id="p:abc", provisional=True),
    )
    missed = folded([_snapshot(NOW, *said), _snapshot(NOW, said[0])])
    assert fold(missed, news, NOW).provisional == ()
    assert len(fold(fold(missed, _snapshot(NOW, *said), NOW), news, NOW).provisional) == 1


def test_news_that_can_not_be_what_is_missing_outlasts_the_whole_ticket_that_left_it_out():
    said, news = (
        (rana_says("first", 1), amir_says("second", 2)),
        rana_says("Anybody?", 90, id="p:abc", provisional=True),
    )
    retried = replace(news, comment=replace(news.comment, id="p:def", text="second, again", undated=True))
    state = folded([_snapshot(NOW, *said), news, retried, _snapshot(NOW, said[0])])
    assert [one.id for one in state.provisional] == ["p:abc"]


def test_a_comment_that_was_missing_from_a_whole_ticket_is_not_brought_back_by_late_news_of_it():
    said = rana_says("first", 1), amir_says("second", 2)
    older = _snapshot(NOW - minutes(1), *said)
    state = folded([_snapshot(NOW, *said), _snapshot(NOW, said[0]), said[1], older])
    assert [comment.id for comment in state.conversation.comments] == ["1"]


def test_a_comment_that_was_told_of_as_deleted_is_not_brought_back_by_a_list_that_shows_it():
    said, missed = rana_says("my card is 4111 1111", 1), amir_says("Hello", 2)
    state = folded([said, _snapshot(NOW, missed), HIDDEN, _snapshot(NOW, said, missed)])
    assert [comment.id for comment in state.conversation.comments] == ["2"]


def _snapshot(at, *said):
    held = folded(said).conversation
    return Fetched(key=KEY, event_id=f"f{at}", at=at, conversation=held)


def test_words_that_the_helpdesk_has_redacted_meanwhile_do_not_stay_nor_come_back():
    secret, blanked = rana_says("my card is 4111 1111", 1), rana_says("my card is ▇▇▇▇", 1)
    for order in ((secret, _snapshot(NOW, blanked)), (_snapshot(NOW, blanked), secret)):
        assert [comment.text for comment in folded(order).conversation.comments] == ["my card is ▇▇▇▇"]


def test_a_provisional_comment_from_before_the_last_snapshot_is_no_news():
    late = rana_says("my card is 4111 1111", 1, id="p:abc", provisional=True)
    assert folded([_snapshot(NOW, rana_says("my card is ▇▇▇▇", 1)), late]).provisional == ()


def test_a_retry_that_tells_no_time_of_its_own_brings_no_redacted_words_back():
    retried = rana_says("my card is 4111 1111", 90, id="p:def", provisional=True)
    state = folded([SECRET, _snapshot(NOW, rana_says("my card is ▇▇▇▇", 1)), retried])
    assert state.provisional == ()
    assert "4111" not in str(state)


LATE = rana_says("Where is my parcel?", 95, id="p:late", provisional=True, undated=True)
"""A webhook that came at 16:35, of what Rana wrote at 15:01; it tells no time."""


def _asked(snapshot, at):
    return replace(snapshot, asked_at=at)


def test_what_came_late_without_a_time_is_no_news_where_it_is_known():
    known = folded([rana_says("Where is my parcel?", 1), amir_says("It left this morning.", 2)])
    assert fold(known, LATE, LATE.at).provisional == ()


def test_what_came_without_a_time_is_settled_by_the_next_snapshot_that_was_asked_for_afterwards():
    said = (rana_says("Where is my parcel, please?", 1), amir_says("It left this morning.", 2))
    heard = fold(folded(said), LATE, LATE.at)
    snapshot = _snapshot(NOW, *said)
    assert len(heard.provisional) == 1
    assert len(fold(heard, _asked(snapshot, LATE.at - minutes(1)), LATE.at).provisional) == 1
    assert fold(heard, _asked(snapshot, LATE.at + minutes(1)), LATE.at).provisional == ()


def test_what_has_a_time_of_its_own_outlasts_a_snapshot_from_before_it():
    news = rana_says("Anybody?", 95, id="p:def", provisional=True)
    snapshot = _asked(_snapshot(NOW, rana_says("Where is my parcel?", 1)), NOW + minutes(99))
    assert len(folded([news, snapshot]).provisional) == 1


def test_what_a_snapshot_only_adds_or_sets_otherwise_keeps_no_news_waiting():
    told, shown = rana_says("Hello, *is* it\nin the post?", 1), rana_says("Hello, is it in the post? Rana", 1)
    news = rana_says("Anybody?", 90, id="p:def", provisional=True)
    assert [one.text for one in folded([told, _snapshot(NOW, shown), news]).provisional] == ["Anybody?"]


LINKED = "Hello, [the label](https://acme.example/l/8) is ![](https://acme.example/p.png) in the post."
PLAIN = "Hello, the label is in the post."


def test_links_and_pictures_that_a_whole_ticket_shows_without_their_targets_keep_no_news_waiting():
    news = rana_says("Anybody?", 90, id="p:def", provisional=True)
    state = folded([rana_says(LINKED, 1), _snapshot(NOW, rana_says(PLAIN, 1)), news])
    assert [one.text for one in visible_comments(state)] == [PLAIN, "Anybody?"]


def test_a_target_that_a_whole_ticket_showed_once_was_taken_out_where_the_next_has_none():
    shown = _snapshot(NOW, rana_says(LINKED, 1)), _snapshot(NOW + minutes(1), rana_says(PLAIN, 1))
    retried = rana_says(LINKED, 90, id="p:def", provisional=True)
    assert folded([*shown, retried]).provisional == ()


def test_a_target_that_is_blacked_out_was_taken_out_however_it_was_told_before():
    blanked = rana_says(LINKED.replace("/l/8", "/▇▇▇"), 1)
    retried = rana_says(LINKED, 90, id="p:def", provisional=True)
    assert folded([rana_says(LINKED, 1), _snapshot(NOW, blanked), retried]).provisional == ()


def test_a_redacted_comment_is_read_again():
    state = replace(folded([rana_says("I am furious", 1)]), readings={"1": Reading(version="any")})
    assert fold(state, _snapshot(NOW, rana_says("I am ▇▇▇▇", 1)), NOW).readings == {}


def test_an_older_snapshot_that_comes_late_brings_nothing_back():
    newer = _snapshot(NOW, rana_says("first", 1))
    older = _snapshot(NOW - minutes(5), rana_says("first, unredacted", 1), amir_says("deleted since", 2))
    assert [comment.text for comment in folded([newer, older]).conversation.comments] == ["first"]


def test_a_ticket_that_comes_back_is_heard_again_whatever_is_told_first():
    deleted = TicketDeleted(key=KEY, event_id="d", at=NOW)
    restored, older = _snapshot(NOW + minutes(1), rana_says("first", 1)), _snapshot(NOW, rana_says("first", 1))
    assert folded([deleted]).gone
    assert folded([older, deleted]).gone
    assert folded([deleted, older]).gone
    assert not folded([deleted, restored]).gone
    assert not folded([restored, deleted]).gone


def test_a_snapshot_leaves_a_comment_alone_that_was_written_after_it():
    state = folded([rana_says("first", 1)])
    snapshot = Fetched(key=KEY, event_id="f", at=NOW - minutes(14), conversation=state.conversation)
    after = fold(fold(state, rana_says("just now", 5), NOW), snapshot, NOW)
    assert [comment.id for comment in after.conversation.comments] == ["1", "5"]


def test_a_person_of_whom_only_the_id_is_told_keeps_their_name():
    event = TicketChanged(key=KEY, event_id="r", at=NOW, requester=Person(id="900"), fields=("requester",))
    assert folded([event]).conversation.requester.name == "Rana Haddad"


def test_another_requester_brings_nothing_of_the_former_ones():
    event = TicketChanged(key=KEY, event_id="r", at=NOW, requester=Person(id="901"), fields=("requester",))
    assert folded([event]).conversation.requester == Person(id="901")
