"""Slips that are seen without a rule: a mention of a file, a number or an address from elsewhere, and what only sounds like one."""

from __future__ import annotations

import pytest

from guidance.signals.slips import foreign_data, mention_of_attachment


@pytest.mark.parametrize(
    "text",
    [
        "I've attached the invoice.",
        "The plan is tacked on to this message.",
        "You'll find the drawings at the bottom of this mail.",
        "The spreadsheet below has all the dates.",
        "The letter goes with this email.",
        "Your label comes as a PDF with this mail.",
        "The plan is attached to the last message.",
        "The invoice is enclosed.",
    ],
)
def test_a_file_that_comes_along_is_heard(text: str) -> None:
    assert mention_of_attachment(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "I've added this to your order.",
        "You can log in with this email.",
        "Your account is registered with this email address.",
        "Sorry you're stuck with this message.",
        "The lid goes with this pan.",
        "Please reply on this email.",
        "Please use the form below with your order number.",
        "The statement below shows your balance.",
        "Save it as a PDF on your phone.",
        "Export it as a CSV in Settings.",
        "Save the files with this name.",
        "The garden is enclosed by a wall.",
        "The key is enclosed in the parcel.",
        "A card is enclosed with every kettle.",
        "The strap is attached to the ring.",
        "The magnet is attached to her collar.",
    ],
)
def test_what_only_sounds_like_a_file_is_not(text: str) -> None:
    assert mention_of_attachment(text) is None


HELD = "My order 448812 came broken, and case 300198 is still open. Write to ana@example.com."


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Order 448821 left this morning.", "448821"),
        ("I've put a note on order 448821.", "448821"),
        ("We moved case 301098 to Friday.", "301098"),
        ("The link went to your email kevin@example.org.", "kevin@example.org"),
    ],
)
def test_another_number_of_the_same_kind_and_another_address_of_theirs_are_not_from_here(
    draft: str, words: str
) -> None:
    span = foreign_data(draft, HELD)
    assert span is not None
    assert draft[slice(*span)] == words


@pytest.mark.parametrize(
    "draft",
    [
        "Your replacement order 448990 leaves today.",
        "I've placed order 448990 for you.",
        "This is now case 300455.",
        "I've merged it into case 300455.",
        "We swapped it for order 448990.",
        "Invoice 2026117 is corrected.",
        "The new reference is ref 99812345.",
        "You have order 448812 and, of last month, order 440011.",
        "I've emailed it to our fitter tom@fitters.example.",
    ],
)
def test_a_number_that_is_given_today_or_stands_for_another_thing_may_be_nowhere_on_the_ticket(draft: str) -> None:
    assert foreign_data(draft, HELD) is None
