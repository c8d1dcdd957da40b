"""Freshdesk's business hours. Source: its Business Hours API; a day that is missing is closed, holidays are not told."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from guidance.model import Hours

_DAYS = {
    "monday": "mon",
    "tuesday": "tue",
    "wednesday": "wed",
    "thursday": "thu",
    "friday": "fri",
    "saturday": "sat",
    "sunday": "sun",
}


class DayRecord(Struct, frozen=True, kw_only=True):
    """Times as in `08:00:00 am`."""

    start_time: str
    end_time: str


class ScheduleRecord(Struct, frozen=True, kw_only=True):
    time_zone: str | None = None
    is_default: bool = False
    business_hours: dict[str, DayRecord | None] | None = None


def hours_from(schedules: list[ScheduleRecord]) -> Hours | None:
    """The account's default schedule as our hours, None where it has none; the zone keeps its Rails name."""
    chosen = next((one for one in schedules if one.is_default), schedules[0] if schedules else None)
    if chosen is None or chosen.business_hours is None:
        return None
    weekly = {_DAYS[day]: span for day, one in chosen.business_hours.items() if day in _DAYS and (span := _span(one))}
    return Hours(time_zone=chosen.time_zone, weekly=weekly)


def _span(day: DayRecord | None) -> tuple[tuple[str, str], ...]:
    if day is None:
        return ()
    opens, closes = _clock(day.start_time), _clock(day.end_time)
    if opens is None or closes is None:
        return ()
    return ((opens, "24:00" if closes == "00:00" else closes),)


def _clock(text: str) -> str | None:
    for form in ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M"):
        try:
            return datetime.strptime(text.strip(), form).strftime("%H:%M")  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    return None
