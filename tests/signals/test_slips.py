"""Slips that are seen without a rule: a mention of a file, and what only sounds like one."""

from __future__ import annotations

import pytest

from guidance.signals.slips import mention_of_attachment, placeholder


@pytest.mark.parametrize(
    "text",
    [
        "I've attached the invoice.",
        "The plan is tacked on to this message.",
        "You'll find the drawings at the bottom of this mail.",
        "The spreadsheet below has all the dates.",
        "The letter goes with this email.",
        "Your label comes as a PDF with this mail.",
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
    ],
)
def test_what_only_sounds_like_a_file_is_not(text: str) -> None:
    assert mention_of_attachment(text) is None


def test_all_in_spanish_is_nothing_left_to_do() -> None:
    assert placeholder("Hola, Ana: todo está listo, y lo llevo yo hasta el final.") is None
    assert placeholder("Hi Ana, TODO write the date.") == (8, 12)
