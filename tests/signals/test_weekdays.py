"""A weekday and a date side by side: whether they go together, in each language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guidance.signals.weekdays import wrong_weekday

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)
"""A Saturday. The 3rd of December is a Thursday, that of November a Tuesday."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'll call you on Friday the 3rd.", "Friday the 3rd"),
        ("I'll call you on Fri 3rd at noon.", "Fri 3rd"),
        ("I'll call you on Friday, 3 December.", "Friday, 3 December"),
        ("Ich rufe Sie am Freitag, den 3. an.", "Freitag, den 3"),
        ("Ich rufe Sie am Freitag, den 3. Dezember an.", "Freitag, den 3. Dezember"),
        ("Le llamo el viernes 3.", "viernes 3"),
        ("Le llamo el viernes 3 de diciembre.", "viernes 3 de diciembre"),
        ("Je vous appelle vendredi 3.", "vendredi 3"),
        ("Je vous appelle vendredi 3 décembre.", "vendredi 3 décembre"),
        ("It was on Monday 3 December last year.", "Monday 3 December"),
    ],
)
def test_a_date_on_another_weekday_is_found(text: str, words: str) -> None:
    span = wrong_weekday(text, NOW)
    assert span is not None
    assert text[slice(*span)] == words


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you on Friday the 4th.",
        "We called you on Friday the 27th.",
        "It arrives on Friday, 4 December.",
        "We are open on Friday 3 to 5.",
        "On Friday the 3rd parcel came.",
        "We close on Friday the 13th, as the saying goes.",
        "Ich rufe Sie am Freitag, den 4., an.",
        "Freitag 3 Stunden lang geschlossen.",
        "Le llamo el viernes 4.",
        "Je vous appelle vendredi 4 décembre.",
        "It was Friday the 31st of whatever.",
        "Er kommt am Donnerstag, 3. Juni 2027.",
        "It was on Wednesday 3 December last year.",
        "A year ago, on Wednesday 3 December, it rained.",
        "Das war am Mittwoch, 3. Dezember letzten Jahres.",
        "Fue el miércoles 3 de diciembre del año pasado.",
        "C'était mercredi 3 décembre de l'année dernière.",
        "Next year it falls on Friday 3 December.",
        "Two years ago it was on Sunday 3 December.",
        "In 2023 it was on Sunday 3 December.",
    ],
)
def test_what_goes_together_or_is_no_date_is_left_alone(text: str) -> None:
    assert wrong_weekday(text, NOW) is None
