"""How far off a time may lie that is reckoned with: a calendar has an end, and counting on from there fails."""

from __future__ import annotations

from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What machines write for never and always (`0001-01-01`, `9999-12-31`) lies beyond."""


def is_within(day: date) -> bool:
    """Whether a day or a moment lies between these years, both included."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
