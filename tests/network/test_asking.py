"""A colleague's question is open until it is answered, in whatever words."""

from msgspec.structs import replace

from guidance.model import Colleague, Reach, Roster, Status
from guidance.network import open_questions
from tests import cast
from tests.network.people import LENA, ROSTER, ticket

ASKED = "note 7: Amir, could you check whether the bank has it?"


def asked(case, roster=ROSTER):
    return [(one.agent_id, one.by_name, one.comment_id) for one in open_questions(case, roster)]


def test_a_question_put_by_name_in_a_note_is_open():
    assert asked(ticket("1", "customer: Where is it?", ASKED)) == [("12", "Lena Brandt", "2")]


def test_any_word_of_the_one_who_was_asked_answers_it():
    for answer in ("note 12: Done.", "agent 12: Hello Rana, it has arrived at the bank."):
        assert asked(ticket("1", "customer: Where is it?", ASKED, answer)) == []


def test_what_somebody_else_writes_does_not_answer_it():
    assert asked(ticket("1", ASKED, "note 21: I don't know either.")) == [("12", "Lena Brandt", "1")]


def test_who_asked_may_take_it_back():
    assert asked(ticket("1", ASKED, "note 7: Never mind, found it.")) == []
    assert asked(ticket("1", ASKED, "note 21: Never mind the noise here.")) == [("12", "Lena Brandt", "1")]


def test_a_solved_ticket_holds_no_question():
    assert asked(ticket("1", ASKED, status=Status.SOLVED)) == []


def test_a_public_reply_a_name_in_passing_and_one_s_own_name_ask_nobody():
    for told in (
        "agent 7: Amir, can you hear us?",
        "note 7: I told Amir this morning.",
        "note 12: Amir here, can you look?",
    ):
        assert asked(ticket("1", told)) == [], told


def test_two_of_one_first_name_are_told_apart_by_last_name_else_by_who_is_here():
    twin = Colleague(id="30", name="Amir Aziz", reach=Reach.ALL)
    roster = Roster(at=cast.NOW, colleagues=(*ROSTER.colleagues, twin))
    assert asked(ticket("1", "note 7: @Amir Aziz could you take this?"), roster) == [("30", "Lena Brandt", "1")]
    assert asked(ticket("1", "note 7: Amir, could you take this?"), roster) == []
    assert asked(ticket("1", "agent 12: Hello Rana.", "note 7: Amir, could you add the form?"), roster) == [
        ("12", "Lena Brandt", "2")
    ]


def test_a_ticket_that_went_into_another_one_asks_nobody():
    assert asked(replace(ticket("1", ASKED), merged_into="2")) == []
    assert LENA in ROSTER.colleagues
