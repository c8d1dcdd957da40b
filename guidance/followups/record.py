"""The record of promises by week: kept, kept late, broken, never confirmed. By team, never by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo

from msgspec import Struct

from guidance.model import FollowUp, FollowUpState

FEWEST = 5
"""A rate over fewer promises could be traced back to one person, so it is not given."""


class Week(Struct, frozen=True, kw_only=True):
    """One week's promises, by the day on which they were settled; `begins`: its Monday."""

    begins: date
    kept: int = 0
    late: int = 0
    broken: int = 0
    withdrawn: int = 0

    @property
    def is_told(self) -> bool:
        """Whether these are enough to be told by number."""
        return self.kept + self.late + self.broken >= FEWEST

    def with_also(self, other: Week) -> Week:
        """Both together; of another account, in the same week."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in ("kept", "late", "broken", "withdrawn")}
        return Week(begins=self.begins, **sums)

    @property
    def kept_rate(self) -> float | None:
        """The share that was kept in time, of those that were kept at all or broken; None where they are too few."""
        counted = self.kept + self.late + self.broken
        return round(self.kept / counted, 2) if self.is_told else None


def by_week(settled: Iterable[FollowUp], zone: tzinfo) -> tuple[Week, ...]:
    """The record of settled promises, the latest week first. One that went over to another ticket is counted there."""
    weeks: dict[date, Counter[str]] = {}
    for one in settled:
        if one.settled_at is None or one.moved_to is not None or one.is_open:
            continue
        day = one.settled_at.astimezone(zone).date()
        weeks.setdefault(day - timedelta(days=day.weekday()), Counter())[_what(one)] += 1
    return tuple(Week(begins=begins, **weeks[begins]) for begins in sorted(weeks, reverse=True))


def _what(one: FollowUp) -> str:
    if one.state is FollowUpState.KEPT:
        return "late" if one.late_at else "kept"
    return "broken" if one.state is FollowUpState.BROKEN else "withdrawn"
