from guidance.conversations import turns_of
from tests.cast import amir_notes, amir_says, rana_says


def comments(*events):
    return [event.comment for event in events]


def texts(turn):
    return [comment.text for comment in turn]


def test_the_latest_turn_is_everything_the_customer_wrote_since_the_last_reply():
    turns = turns_of(comments(rana_says("a", 1), amir_says("b", 2), rana_says("c", 3), rana_says("d", 4)))
    assert texts(turns.latest) == ["c", "d"]


def test_the_agents_bubbles_after_it_belong_to_the_agents_turn():
    turns = turns_of(comments(rana_says("a", 1), amir_says("b", 2), amir_says("c", 3)))
    assert texts(turns.since) == ["b", "c"]
    assert turns.slot == "3"


def test_a_note_takes_no_turn():
    turns = turns_of(comments(rana_says("a", 1), amir_notes("hm", 2), rana_says("b", 3)))
    assert texts(turns.latest) == ["a", "b"]
    assert turns.slot == ""


def test_a_provisional_reply_opens_no_slot():
    turns = turns_of(comments(rana_says("a", 1), amir_says("b", 2, provisional=True)))
    assert turns.slot == ""


def test_nothing_said_is_no_turn():
    turns = turns_of([])
    assert (turns.latest, turns.since, turns.slot, turns.last_reply) == ((), (), "", None)
