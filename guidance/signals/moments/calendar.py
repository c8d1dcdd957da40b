"""Days by their names: weekdays, days of a month, feasts, ends of weeks and months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_FARTHEST = 9


def next_weekday(today: date, weekday: int) -> date:
    """The nearest such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_of_week(day: date, weekday: int) -> date:
    """The weekday (0 Monday) in the week of a day."""
    return day + timedelta(days=weekday - day.weekday())


def next_day_of_month(today: date, number: int) -> date | None:
    """The next day with this number, today included."""
    for ahead in range(14):
        day = of_month(add_months(today.replace(day=1), ahead), number)
        if day and day >= today:
            return day
    return None


def next_of_year(today: date, month: int, number: int) -> date | None:
    """The next day with this number and month, today included; the 29th of February where it exists."""
    for ahead in range(_FARTHEST):
        day = of_month(date(today.year + ahead, month, 1), number)
        if day and day >= today:
            return day
    return None


def of_month(month: date, number: int) -> date | None:
    """The day of a month; None where the month is shorter."""
    return month.replace(day=number) if 1 <= number <= last_of_month(month).day else None


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that is shorter."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def easter(year: int) -> date:
    """Easter Sunday (Butcher's algorithm, in the Gregorian calendar)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def feast(name: str, today: date, year: int | None = None) -> date | None:
    """The next such feast, or that of a year.

    `12-25`; `easter-2`: days from Easter; `11:3:4`: fourth Thursday of November
    (`-5`: the last but four... counted from the end); `advent:1`.
    """
    years = [year] if year else [today.year, today.year + 1]
    found = (_feast_in(name, each) for each in years)
    return next((day for day in found if day and (year or day >= today)), None)


def _feast_in(name: str, year: int) -> date | None:
    if name.startswith("easter"):
        return easter(year) + timedelta(days=int(name.removeprefix("easter") or 0))
    if name.startswith("advent:"):
        first = next_weekday(date(year, 11, 26), 6)
        return first + timedelta(weeks=int(name.removeprefix("advent:")) - 1)
    if ":" in name:
        month, weekday, nth = map(int, name.split(":"))
        return next_weekday(date(year, month, 1) - timedelta(days=1), weekday) + timedelta(weeks=nth - 1)
    month, day = map(int, name.split("-"))
    return date(year, month, day)
