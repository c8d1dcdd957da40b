"""Business time: when an account is open, when its days close, and time counted in open hours and business days only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from guidance.hours.holidays import public_holidays
from guidance.hours.zones import zone_of
from guidance.model import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOSE = time(17)
"""When a day without hours of its own closes."""

_USUAL = dict.fromkeys(DAYS[:5], (("09:00", "17:00"),))
_FARTHEST = 3660
_MIDNIGHT = 24 * 60

Interval = tuple[datetime, datetime]
Minutes = tuple[int, int]
"""A span of a day, in minutes since it began."""


class BusinessTime:
    """An account's business hours in one zone; where `hours` names none, Monday to Friday, 09:00 to 17:00.

    Days and times of day are those of `zone` (that of `hours`, else UTC). Results are aware and carry this zone; hours are
    real hours, also over a change of the clocks. Where nothing is ever open, every day counts as a business day.
    """

    def __init__(self, hours: Hours | None = None, zone: tzinfo | None = None) -> None:
        known = hours or Hours()
        self.zone = zone or zone_of(None, known)
        self._weekly = _spans(_USUAL if known.weekly is None else known.weekly)
        self._is_ever_open = any(self._weekly.values())
        self._country = known.country
        self._closed_on = frozenset(filter(None, map(_iso_date, known.holidays)))

    def is_holiday(self, day: date) -> bool:
        """Whether the account keeps this day as a holiday, by its own list or its country's."""
        return day in self._closed_on or (self._country is not None and day in public_holidays(self._country, day.year))

    def is_business_day(self, day: date) -> bool:
        """Whether there are open hours on this day."""
        return not self._is_ever_open or bool(self._weekly[DAYS[day.weekday()]] and not self.is_holiday(day))

    def intervals(self, day: date) -> list[Interval]:
        """The open intervals of a day, in order; none on a closed day."""
        if not self._is_ever_open:
            return [(self._at(day, 0), self._at(day, _MIDNIGHT))]
        if self.is_holiday(day):
            return []
        return [(self._at(day, start), self._at(day, end)) for start, end in self._weekly[DAYS[day.weekday()]]]

    def close_of(self, day: date) -> datetime:
        """The close of business of this very day; 17:00 where it has no hours."""
        spans = self._weekly[DAYS[day.weekday()]]
        minutes = spans[-1][1] if spans and not self.is_holiday(day) else CLOSE.hour * 60
        return self._at(day, min(minutes, _MIDNIGHT - 1))

    def end_of(self, day: date) -> datetime:
        """The last minute of this very day, whatever its hours."""
        return self._at(day, _MIDNIGHT - 1)

    def open_of(self, day: date) -> datetime:
        """The opening of this very day; 09:00 where it has no hours."""
        spans = self._weekly[DAYS[day.weekday()]]
        return self._at(day, spans[0][0] if spans and not self.is_holiday(day) else 9 * 60)

    def business_day(self, day: date, count: int) -> date:
        """The business day that lies `count` business days after `day` (before it, where negative; 0: `day` or the next one)."""
        step = timedelta(days=-1 if count < 0 else 1)
        left = abs(count)
        if left == 0:
            while not self.is_business_day(day):
                day += step
            return day
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def add_days(self, start: datetime, count: int) -> datetime:
        """The close of the business day that lies `count` business days after `start` (aware)."""
        return self.close_of(self.business_day(start.astimezone(self.zone).date(), count))

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """The moment at which `hours` open hours have passed since `start` (aware)."""
        left = timedelta(hours=hours)
        for opens, closes in self._open_from(start):
            lasts = closes.astimezone(UTC) - opens.astimezone(UTC)
            if lasts >= left:
                return (opens.astimezone(UTC) + left).astimezone(self.zone)
            left -= lasts
        return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(self.zone)

    def hours_before(self, end: datetime, hours: float) -> datetime:
        """The moment from which `hours` open hours pass until `end` (aware); it lies in open hours."""
        left = timedelta(hours=hours)
        for opens, closes in self._open_until(end):
            lasts = closes.astimezone(UTC) - opens.astimezone(UTC)
            if lasts >= left:
                return (closes.astimezone(UTC) - left).astimezone(self.zone)
            left -= lasts
        return (end.astimezone(UTC) - timedelta(hours=hours)).astimezone(self.zone)

    def _open_until(self, end: datetime) -> Iterator[Interval]:
        here = end.astimezone(self.zone)
        for back in range(_FARTHEST):
            for opens, closes in reversed(self.intervals(here.date() - timedelta(days=back))):
                if opens.astimezone(UTC) < here.astimezone(UTC):
                    yield opens, min(closes, here, key=lambda at: at.astimezone(UTC))

    def _open_from(self, start: datetime) -> Iterator[Interval]:
        here = start.astimezone(self.zone)
        for ahead in range(_FARTHEST):
            for opens, closes in self.intervals(here.date() + timedelta(days=ahead)):
                if closes.astimezone(UTC) > here.astimezone(UTC):
                    yield max(opens, here, key=lambda at: at.astimezone(UTC)), closes

    def _at(self, day: date, minutes: int) -> datetime:
        wall = datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes)
        return wall.astimezone(UTC).astimezone(self.zone)  # a time that the clocks skip becomes the one they show


def _spans(weekly: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, list[Minutes]]:
    """Each day's open spans in order; of one over midnight, what is left falls on the day after."""
    found: dict[str, list[Minutes]] = {day: [] for day in DAYS}
    for day, after in zip(DAYS, (*DAYS[1:], DAYS[0]), strict=True):
        for opens, closes in weekly.get(day, ()):
            start, end = _minutes(opens), _minutes(closes)
            if start is None or end is None or start in (end, _MIDNIGHT):
                continue
            found[day].append((start, end if start < end else _MIDNIGHT))
            if start > end > 0:
                found[after].append((0, end))
    return {day: _joined(spans) for day, spans in found.items()}


def _joined(spans: Sequence[Minutes]) -> list[Minutes]:
    """The spans in order, those that overlap or touch as one: an hour counts once."""
    joined: list[Minutes] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _minutes(clock: str) -> int | None:
    """Minutes since midnight of `09:00` or `24:00`; None where it is no time of day."""
    hours, _, minutes = clock.partition(":")
    if not (hours.isdecimal() and minutes[:2].isdecimal()):
        return None
    total = int(hours) * 60 + int(minutes[:2])
    return total if total <= _MIDNIGHT and int(minutes[:2]) < 60 else None


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
