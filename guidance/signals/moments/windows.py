"""Rules for windows of time, which come to their later end: `between 2 to 4 pm`, `von 8 bis 12`, `entre 8h et midi`, `at 10 or 11`."""

from __future__ import annotations

from guidance.signals.moments.clockwork import clock_at, is_counted
from guidance.signals.moments.rewriting import Built, Run
from guidance.signals.moments.values import Clock

_OPENS, _CLOSES = 9, (5, 6)
"""Nine to five, or to six, without more are opening hours."""

_BY_DAY = 7
"""From this hour on a number with "Uhr" or "h" is the morning's: evenings have names of their own there, or count past twelve."""

_LONG_DAY = 7
"""A range of at least so many hours is when somebody is open, not when something will happen."""

_AFTERNOON = range(13, 24)
_BESIDE = "dwPSDmoy6"
"""What a day ends or begins with, or its part."""


def between(run: Run) -> Built:
    """`between 8 and 12`, `entre 8h et midi`, `zwischen 8 und 10 Uhr`; beside hours that are counted, none."""
    hours = _hours_in(run)
    is_told = run.has("t") or run.is_behind(_BESIDE + "n") or all(one in _AFTERNOON for one in run.all("n"))
    is_bare = not (hours or run.has("t") or run.has("k"))
    if run.is_before("uKbmo") or (hours == 1 and not is_told) or (is_bare and _is_counted(run)):
        return None
    return _later_end(run, is_by_day=hours > 0 or run.scene.language == "de")


def from_to(run: Run) -> Built:
    """`from 10 to 11 am`, `von 8 bis 12 Uhr`, `de 8 h à 12 h`; bare numbers are hours only beside a day."""
    is_from = not run.items[0].tags.keys().isdisjoint("AO")
    is_beside = run.is_behind(_BESIDE) or run.is_before(_BESIDE)
    clocks, hours = len(run.all("t5k")), _hours_in(run)
    if _is_counted(run) or (clocks and not is_from):
        return None
    if not is_beside:
        return {"_": None} if is_from and not (clocks or hours) else None
    return _later_end(run, is_by_day=clocks + hours > 0 or run.scene.language != "en")


def _is_counted(run: Run) -> bool:
    """As of one number; but both ends are there, and an "and" begins something else."""
    return is_counted(run) and not run.is_before("&")


def _hours_in(run: Run) -> int:
    """How many of the numbers are followed by "h", "heures" or "horas", which may count them."""
    return sum("K" in item.tags for item in run.items)


def _later_end(run: Run, *, is_by_day: bool) -> Built:
    ends = run.all("t5n")
    if len(ends) != 2:
        return None
    first, last = (
        one if isinstance(one, Clock) else (clock_at(one, is_firm=is_by_day and one >= _BY_DAY) or {}).get("t")
        for one in ends
    )
    if first is None or last is None:
        return None
    hours = (last.hour - first.hour) % (24 if first.is_fixed else 12)
    is_long = hours >= _LONG_DAY or (first.hour == _OPENS and last.hour in _CLOSES)
    return {"#": None} if is_long else {"t": last}


def either(run: Run) -> Built:
    """`at 10 or 11`: the latter is the latest that is meant."""
    if _is_counted(run) or run.has("y"):
        return None
    return clock_at(run.all("nE")[-1]) if all(1 <= one <= 12 for one in run.all("nE")) else None


def range_of_clocks(run: Run) -> Built:
    """The later end of `2-4pm`; a whole day's hours are opening hours."""
    first, last = run.all("t")
    if last.is_firm and (last.hour - first.hour) % 24 >= _LONG_DAY:
        return {"#": None}
    return {"t": last}


def range_of_number(run: Run) -> Built:
    number, clock = run.get("n"), run.get("t")
    if number > 12:
        return None
    return {"#": None} if number == _OPENS and clock.hour in (17, 18) else {"t": clock}
