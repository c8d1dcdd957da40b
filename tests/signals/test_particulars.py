"""How little a reply says of any matter."""

from __future__ import annotations

import pytest

from guidance.signals.particulars import AT_MOST, particulars, wanting


@pytest.mark.parametrize(
    "fits_anybody",
    [
        "Hi Noor, thanks for reaching out. Please send us a DM so that we can look into this for you. ^AB",
        "We're sorry to hear about this experience! Kindly fill in the form here: <link> 2/2",
        "Thank you for the feedback, Petra! We'll pass it along to the right team. -Jo",
    ],
)
def test_a_reply_of_stock_words_has_no_particulars(fits_anybody: str) -> None:
    assert particulars(fits_anybody) == frozenset()
    assert wanting(fits_anybody) == list(AT_MOST)


def test_what_is_the_matter_is_a_particular_and_who_is_spoken_to_is_not() -> None:
    assert particulars("Hello Ines, the zip of your tent should not tear. ^Tom") == {"zip", "tent", "tear"}


def test_the_more_a_reply_says_of_a_matter_the_fewer_cues_are_heard() -> None:
    brief = wanting("Please send us a photo of the torn tent. ^KL")
    full = wanting(
        "The torn tent goes back free of charge: print the label, tape it on the bag, leave it at any kiosk."
    )
    assert brief[0] == "few_particulars"
    assert full == []
