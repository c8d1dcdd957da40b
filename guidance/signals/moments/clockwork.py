"""What all rules for times of day share: clocks from numbers, and whether a number counts something."""

from __future__ import annotations

from msgspec.structs import replace

from guidance.signals.moments.rewriting import Built, Run
from guidance.signals.moments.values import Clock

_LATE = frozenset({"afternoon", "evening", "night"})
_COUNTED = "umnoyb_r&KEH"
"""What follows a number that counts or names something, and is no hour."""


def is_counted(run: Run) -> bool:
    """Whether the next words are counted by the number before them; those that nobody counts are not."""
    return run.is_before(_COUNTED) and not run.is_before("=")


def settled(clock: Clock, part: str) -> Clock:
    """The clock in a part of the day: `8` in the evening is 20:00, `12` at night midnight."""
    hour = clock.hour
    if clock.is_fixed or hour > 12:
        return clock
    if hour == 12:
        hour = 0 if part in ("night", "morning", "evening") else 12
    elif part in _LATE and not (part == "night" and hour < 5):
        hour += 12
    return replace(clock, hour=hour, is_firm=True, is_fixed=True)


def clock_at(hour: float, minute: float = 0, *, is_firm: bool = False) -> Built:
    """A clock from hour and minute, the minute may be negative (`ten to nine`); None where there is no such time."""
    if hour != int(hour) or not 0 <= hour <= 24 or not -60 < minute < 60:
        return None
    if hour == 24 and minute >= 0:
        return {"t": Clock(24, int(minute), is_firm=True, is_fixed=True)}
    total = (int(hour) * 60 + int(minute)) % (24 * 60)
    is_fixed = hour > 12 or hour == 0
    return {"t": Clock(total // 60, total % 60, is_firm=is_firm or is_fixed, is_fixed=is_fixed)}
