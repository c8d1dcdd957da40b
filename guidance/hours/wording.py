"""A moment in words, for what we write into a helpdesk: in English, by the clock and in the order of where the account is."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from guidance.hours.zones import country_of, zone
from guidance.model import Hours

_ELSEWHERE = "GB"


def in_words(at: datetime, locale: str, hours: Hours) -> str:
    """A day and a time of day: `Friday, March 6, 2026, 3:00 PM` or `Friday, 6 March 2026, 15:00`.

    `locale` is that of the account's agents; where it names no country, `hours` say in which one they are.
    """
    country = _country(locale, hours)
    spoken, english = _locale(f"und_{country}"), _locale(f"en_{country}") or Locale.parse(f"en_{_ELSEWHERE}")
    clock = "h:mm a" if spoken and "h" in spoken.time_formats["short"].pattern else "HH:mm"
    return f"{format_date(at, 'full', locale=english)}, {format_time(at, clock, locale=english)}"


def clock_named(at: datetime, place: str | None) -> str:
    """The clock by which a moment is told: `EST` where that of the place has such a name, else `GMT-3`."""
    there = zone(place)
    local = at.astimezone(there) if there else at
    name = local.tzname() or ""
    if local.utcoffset() == at.utcoffset() and name.isalpha():
        return name
    minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "GMT"


def _country(locale: str, hours: Hours) -> str:
    named, where = _locale(locale), zone(hours.time_zone)
    country = (named and named.territory) or hours.country or (where and country_of(where)) or _ELSEWHERE
    return country.upper()[:2]


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
