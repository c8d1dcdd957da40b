"""The note that unblocked a ticket is recalled once it is solved, until its writer has been thanked."""

import time

from guidance.model import Status
from guidance.network import favour_in
from tests.network.people import ticket

ASKS = "customer: The label printer prints blank pages. What can I do?"
NOTE = "note 21: Had this last month: the ribbon was mounted upside down, flip the cartridge."
REPLY = "agent 12: Hello Rana, please open the lid and flip the ribbon cartridge, it sits upside down."


def solved(*comments, status=Status.SOLVED):
    return favour_in(ticket("1", *comments, status=status))


def test_a_note_whose_words_the_reply_takes_up_is_recalled():
    found = solved(ASKS, NOTE, REPLY)
    assert (found.helper_name, found.solver_id, found.comment_id) == ("Dev Patel", "12", "2")
    assert found.words.startswith("Had this last month")


def test_a_note_that_was_asked_for_is_recalled_whatever_its_words():
    found = solved(ASKS, "note 12: Dev, do you know this one?", "note 21: Yes. Second page of the handbook.", REPLY)
    assert found.comment_id == "3"


def test_an_open_ticket_a_note_without_effect_and_the_solver_s_own_note_recall_nothing():
    assert solved(ASKS, NOTE, REPLY, status=Status.OPEN) is None
    assert solved(ASKS, "note 21: Looks odd to me.", REPLY) is None
    assert solved(ASKS, NOTE.replace("note 21", "note 12"), REPLY) is None
    assert solved(ASKS, REPLY, NOTE) is None


def test_what_the_customer_had_said_already_is_no_help():
    assert solved(ASKS, "note 21: The label printer prints blank pages, they say.", REPLY) is None


def test_thanks_in_a_note_by_name_settle_it():
    assert solved(ASKS, NOTE, REPLY, "note 12: Thank you, Dev, that was it.") is None
    assert solved(ASKS, NOTE, REPLY, "note 12: Closing this.") is not None


def test_a_ticket_of_hundreds_of_notes_is_looked_through_once():
    notes = [f"note 21: {' '.join(f'w{n}x{m}' for m in range(200))}" for n in range(600)]
    long = ticket("1", ASKS, *notes, "agent 12: Hello Rana, it is on its way.", status=Status.SOLVED)
    begun = time.process_time()
    assert favour_in(long) is None
    assert time.process_time() - begun < 3
