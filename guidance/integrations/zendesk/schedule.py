"""Zendesk's business hours. Source: its Schedules API; intervals count minutes from Sunday 00:00, local time."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from guidance.integrations.taming import Id
from guidance.model import Hours

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY = 24 * 60
_LONGEST_HOLIDAY = 400


class Interval(Struct, frozen=True, kw_only=True):
    start_time: int
    end_time: int


class ScheduleRecord(Struct, frozen=True, kw_only=True):
    id: Id = None
    time_zone: str | None = None
    intervals: list[Interval] = []


class SchedulesPage(Struct, frozen=True, kw_only=True):
    schedules: list[ScheduleRecord] = []


class HolidayRecord(Struct, frozen=True, kw_only=True):
    """Both days are part of it."""

    start_date: date
    end_date: date


class HolidaysPage(Struct, frozen=True, kw_only=True):
    holidays: list[HolidayRecord] = []


def hours_from(schedule: ScheduleRecord, holidays: list[HolidayRecord]) -> Hours:
    """A schedule as our hours; `time_zone` stays the name that Zendesk gives, IANA or Rails."""
    weekly: dict[str, list[tuple[str, str]]] = {}
    for interval in sorted(schedule.intervals, key=lambda one: one.start_time):
        day = interval.start_time // _DAY
        if 0 <= day < len(_DAYS):
            opens, closes = interval.start_time - day * _DAY, interval.end_time - day * _DAY
            weekly.setdefault(_DAYS[day], []).append((_clock(opens), _clock(closes)))
    return Hours(
        time_zone=schedule.time_zone,
        weekly={day: tuple(spans) for day, spans in weekly.items()},
        holidays=tuple(sorted({day for one in holidays for day in _days(one)})),
    )


def _clock(minutes: int) -> str:
    hour, minute = divmod(max(0, min(minutes, _DAY)), 60)
    return f"{hour:02}:{minute:02}"


def _days(holiday: HolidayRecord) -> list[str]:
    length = min((holiday.end_date - holiday.start_date).days, _LONGEST_HOLIDAY)
    return [(holiday.start_date + timedelta(days=number)).isoformat() for number in range(length + 1)]
