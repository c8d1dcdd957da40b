"""Who is spoken to in a note, what takes a question back."""

import pytest

from guidance.signals.colleagues import asks, takes_back
from guidance.signals.names import KnownName, profile_name

ROSA = profile_name("Rosa Lind") or KnownName(first="Rosa", last="Lind")


@pytest.mark.parametrize(
    "note",
    [
        "Rosa - which machine was this? can't send it without",
        "pls Rosa confirm the plate number",
        "Just checking with you Rosa, was this with or without VAT",
        "need to know from Rosa if it was signed off",
        "Rosa the man is at the gate, who pays him",
    ],
)
def test_a_note_that_speaks_to_somebody_and_wants_something_asks(note):
    assert asks(note, ROSA)


@pytest.mark.parametrize(
    "note",
    [
        "Heard from Rosa, she needs two more days.",
        "@Jim can you take this? Rosa is off.",
        "Rosa wants the ledger, please note.",
        "Rosa, nice work on this.",
        "Rosa, no need to look any more, please leave it.",
        "Rosa, for your information: the bill went out at noon, sent to Mrs Wood. Nothing needed from you.",
        "FYI Rosa, they want the blue one.",
    ],
)
def test_a_note_that_speaks_of_somebody_or_wants_nothing_asks_nothing(note):
    assert not asks(note, ROSA)


def test_who_has_found_it_takes_the_question_back():
    assert takes_back("Never mind, Jan gave it to me.")
    assert not takes_back("Never mind the form, where is the key?")
    assert takes_back("How did he get in there? Anyway, nothing for you to do.")
    assert takes_back("Jan, for info: the key hangs by the door.")


def test_a_colleague_of_whom_only_the_title_and_last_name_are_known_is_asked_by_the_last_name():
    smith = profile_name("Mr Smith")
    assert asks("Smith, can you send the invoice again?", smith)
    assert not asks("Anybody free? Can you send the invoice again?", smith)
    assert not asks("@Rosa can you send the invoice again?", smith)
