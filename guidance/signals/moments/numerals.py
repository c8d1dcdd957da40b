"""Figures in a text: dates, clocks and numbers written with digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

import re2
from msgspec.structs import replace

from guidance.hours.horizon import is_within
from guidance.signals.moments.values import Clock, Item, Scene

Tags = dict[str, Any]
Suffix = Callable[[str], Tags | None]

_FRACTIONS = frozenset({(1, 2), (1, 3), (1, 4), (3, 4)})
"""What may be a part of an hour; `2/3 hours` are two or three."""

_NO_DAY: Tags = {"_": None, "#": None}
"""A date that is none: a time of day beside it is no time of some other day."""


def read_numeral(match: re2._Match, scene: Scene, suffix: Suffix) -> Iterator[Item]:
    """The items that one run of digits, with what is glued to it, may stand for."""
    start, end = match.span()
    if match["iso"]:
        yield from _iso(match)
    elif match["zone"]:
        yield Item({"z": _hours_off(match["zone"])}, start, end)
    elif match["dmy"]:
        yield Item(_date_tags(match["dmy"], scene), start, end)
    elif match["clock"]:
        yield Item(_clock_tags(match["clock"], match["meridiem"], scene), start, end)
    elif match["dots"]:
        yield from _dots(match, scene)
    elif match["slash"]:
        yield Item(_slash_tags(match["slash"], scene), start, end)
    elif match["num"]:
        yield Item(_number(match["num"]), start, _place(match, "num")[1])
        yield Item({"a": _meridiem(match["suffix"])}, _place(match, "suffix")[0], end)
    elif match["plain"]:
        yield from _plain(match, suffix)
    else:
        yield Item({"_": None}, start, end)


def _place(match: re2._Match, group: str) -> tuple[int, int]:
    number = match.re.groupindex[group]  # re2 knows the names of groups for their texts only
    return match.start(number), match.end(number)


def _iso(match: re2._Match) -> Iterator[Item]:
    digits = match["iso"].replace("/", "-").replace(".", "-").split("-")
    day = _day(*map(int, digits))
    start, end = _place(match, "iso")
    time = next((group for group in ("stamp", "isotime") if match[group]), None)
    begins = _place(match, time)[0] if time else end
    yield Item({"D": day} if day else _NO_DAY, start, begins)
    if time:
        clock = _clock(match[time], is_firm=True, zone=_offset(match["offset"]))
        yield Item({"t": clock} if clock else {"_": None}, begins, match.end())


def _offset(written: str | None) -> tzinfo | None:
    """The zone of `z` or `+02:00`."""
    return datetime.strptime(written.upper(), "%z").tzinfo if written else None


def _hours_off(written: str) -> tzinfo:
    """The zone of `+2`, `-05:30` or `+0530`."""
    hours, _, minutes = written[1:].partition(":")
    hours, minutes = (hours[:-2], hours[-2:]) if len(hours) > 2 else (hours, minutes or "0")
    off = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-off if written[0] == "-" else off)


def _date_tags(written: str, scene: Scene) -> Tags:
    first, second, year = map(int, written.replace("/", ".").replace("-", ".").split("."))
    full = year if year > 99 else 2000 + year
    day = _ordered(first, second, full, scene.day_first)
    return {"D": day} if day else _NO_DAY if year > 99 else {"_": None}


def _ordered(first: int, second: int, year: int, day_first: bool) -> date | None:
    """The day in the order that is usual here, else in the other one."""
    usual, other = ((second, first), (first, second)) if day_first else ((first, second), (second, first))
    return _day(year, *usual) or _day(year, *other)


def _slash_tags(written: str, scene: Scene) -> Tags:
    first, second = map(int, written.split("/"))
    tags = _yearless(first, second, scene)
    is_padded = written.startswith("0") or "/0" in written
    if first < 10 and second < 10 and tags and not is_padded:
        tags = {} if first <= second <= 4 else {"6": tags["D"]}  # 1/2 is a half, or the first of two messages
    if (first, second) in _FRACTIONS and not is_padded:
        tags["n"] = first / second
    return tags or _NO_DAY


def _yearless(first: int, second: int, scene: Scene) -> Tags:
    for year in range(scene.today.year, scene.today.year + 9):
        day = _ordered(first, second, year, scene.day_first)
        if day and day >= scene.today:
            return {"D": day}
    return {}


def _dots(match: re2._Match, scene: Scene) -> Iterator[Item]:
    start, end = _place(match, "dots")
    written = match["dots"]
    whole, fraction = (part.strip() for part in written.rstrip(".").split("."))
    tags: Tags = {}
    ordinal = written.endswith(".") and scene.language == "de"
    day = _yearless(int(whole), int(fraction), scene).get("D") if not match["dotmeridiem"] else None
    if day:
        tags["D" if ordinal or " " in written else "6"] = day
    if len(fraction) == 2 and int(whole) <= 24 and int(fraction) < 60 and not ordinal:
        clock = _clock_tags(f"{whole}:{fraction}", match["dotmeridiem"], scene)
        tags.update(clock if match["dotmeridiem"] else {"5": clock["t"]})
    if " " not in written:
        tags["n"] = float(f"{whole}.{fraction}")
    yield Item(tags or {"_": None}, start, _place(match, "dotmeridiem")[1] if match["dotmeridiem"] else end)


def _plain(match: re2._Match, suffix: Suffix) -> Iterator[Item]:
    start, end = _place(match, "plain")
    number = _number(match["plain"])
    letters = match["letters"]
    if not letters:
        yield Item(number, start, end)
        return
    meant = suffix(letters)
    is_a_seat = letters in ("a", "p") and number["n"] > 12
    if meant is None or is_a_seat:
        yield Item({"_": None}, start, match.end())
    elif "o" in meant:
        yield Item({"o": number["n"]}, start, match.end())
    else:
        yield Item(number, start, end)
        yield Item(meant, _place(match, "letters")[0], match.end())


def _number(digits: str) -> Tags:
    number = float(digits.replace(",", ".")) if "," in digits else int(digits)
    tags: Tags = {"n": number}
    if len(digits) == 4 and digits.isdigit():
        if 1990 <= number <= 2100:
            tags["y"] = number
        if clock := _clock(f"{digits[:2]}:{digits[2:]}", is_firm=True):
            tags["2"] = clock
    return tags


def _clock_tags(written: str, meridiem: str | None, scene: Scene) -> Tags:
    clock = _clock(written.replace("h", ":"), is_firm=scene.is_24h or written.startswith("0"))
    if clock is None:
        return {"_": None}
    return {"t": with_meridiem(clock, _meridiem(meridiem)) if meridiem else clock}


def _clock(written: str, *, is_firm: bool, zone: tzinfo | None = None) -> Clock | None:
    hour, minute, second = (*map(int, written.split(":")), 0)[:3]
    if hour > 24 or minute > 59 or second > 59:
        return None
    is_fixed = hour > 12 or hour == 0
    return Clock(hour, minute, second, is_firm=is_firm or is_fixed, is_fixed=is_fixed, zone=zone)


def with_meridiem(clock: Clock, meridiem: str) -> Clock:
    """The clock with `am` or `pm` settled."""
    hour = clock.hour
    if hour <= 12:
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    return replace(clock, hour=hour, is_firm=True, is_fixed=True)


def _meridiem(written: str) -> str:
    return "am" if written.lstrip(" .").startswith("a") else "pm"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if is_within(found) else None
