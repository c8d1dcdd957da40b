"""Rules for times of day: `half past eight`, `18 Uhr 12`, `a las siete y media`, `between 2 and 4 pm`."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from guidance.signals.moments.numerals import with_meridiem
from guidance.signals.moments.rewriting import Built, Rule, Run, only, refuse_before, rule
from guidance.signals.moments.values import Clock, Item

_LATE = frozenset({"afternoon", "evening", "night"})
_COUNTED = "umnoyb_r&KEH"
"""What follows a number that counts or names something, and is no hour."""

_OPENS, _CLOSES = 9, (5, 6)
"""Nine to five, or to six, without more are opening hours."""

_BY_DAY = 7
"""From this hour on a number with "Uhr" or "h" is the morning's: evenings have names of their own there, or count past twelve."""

_LONG_DAY = 7
"""A range of at least so many hours is when somebody is open, not when something will happen."""


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


def _clock(hour: float, minute: float = 0, *, is_firm: bool = False) -> Built:
    """A clock from hour and minute, the minute may be negative (`ten to nine`); None where there is no such time."""
    if hour != int(hour) or not 0 <= hour <= 24 or not -60 < minute < 60:
        return None
    if hour == 24 and minute >= 0:
        return {"t": Clock(24, int(minute), is_firm=True, is_fixed=True)}
    total = (int(hour) * 60 + int(minute)) % (24 * 60)
    is_fixed = hour > 12 or hour == 0
    return {"t": Clock(total // 60, total % 60, is_firm=is_firm or is_fixed, is_fixed=is_fixed)}


def _minutes(items: Sequence[Item]) -> float:
    """The minutes that the first of these items that can names: half, quarter, or a number."""
    tags = next(item.tags for item in items if not item.tags.keys().isdisjoint("Hqn"))
    return 30 if "H" in tags else 15 if "q" in tags else float(tags["n"])


def _meridiem(run: Run) -> Built:
    number, meridiem = run.get("n"), run.get("a")
    clock: Clock | None = run.get("t") or run.get("5")
    if clock is None:
        if number is None or number != int(number):
            return None
        clock = Clock(*divmod(int(number), 100)) if number >= 100 else Clock(int(number))
    return {"t": with_meridiem(clock, meridiem)} if 0 < clock.hour <= 24 and clock.minute < 60 else None


def _past(run: Run) -> Built:
    """`half past 8`, `quarter past 8`, `ten past 8`."""
    return _clock(run.all("n")[-1], _minutes(run.items))


def _to(run: Run) -> Built:
    """`quarter to 8`, `viertel vor 8`."""
    return _clock(run.all("n")[-1], -_minutes(run.items))


def _half_of(run: Run) -> Built:
    """German `halb acht` is half past seven, British `at half eight` half past eight."""
    if run.scene.language == "en":
        return _clock(run.get("n"), 30) if run.is_behind("@YB") and not run.is_before("uKbmony") else None
    return _clock(run.get("n"), -30) if run.scene.language == "de" else None


def _plus(run: Run) -> Built:
    """`ocho y media`, `8 menos cuarto`, `huit heures et demie`, `18 Uhr 12`."""
    minutes = _minutes(run.items[::-1]) * (-1 if run.has("M") else 1)
    clock: Clock | None = run.get("t")
    if clock is None:
        return _clock(run.get("n") if run.has("n") and "n" in run.items[0].tags else 1, minutes)
    built = _clock(clock.hour, minutes)
    return {"t": replace(built["t"], is_firm=clock.is_firm, is_fixed=clock.is_fixed)} if built else None


def _plus_number(run: Run) -> Built:
    if run.scene.language == "en" or (run.is_before("uKb") and not run.has("u")):
        return None
    return _plus(run)


def _at_plus(run: Run) -> Built:
    """`a las ocho y media`, the words before the hour left out."""
    first = next(place for place, item in enumerate(run.items) if not item.tags.keys().isdisjoint("nE"))
    return _plus_number(replace(run, items=run.items[first:]))


def _plus_settled(run: Run) -> Built:
    """`ocho y diez p.m.`, `8 menos cuarto de la tarde`."""
    built = _plus_number(replace(run, items=run.items[:-1], after=None))
    if built is None:
        return None
    clock: Clock = built["t"]
    return {"t": with_meridiem(clock, run.get("a")) if run.has("a") else settled(clock, run.get("P"))}


def _spoken(run: Run) -> Built:
    """`one thirty pm`."""
    hour, minute = run.all("n")
    if hour > 12 or not 10 <= minute < 60:
        return None
    return {"t": with_meridiem(Clock(int(hour), int(minute)), run.get("a"))}


def _spoken_half(run: Run) -> Built:
    """`five-thirty tomorrow`."""
    hour, minute = run.all("n")
    return _clock(hour, minute) if 1 <= hour <= 12 and minute in (15, 30, 45) and run.is_before("dPSw") else None


def _between(run: Run) -> Built:
    """`between 8 and 12`, `entre 8h et 12h`, `zwischen 8 und 10 Uhr`: the later end; beside hours that are counted, none."""
    ends = run.all("t5n")
    hours = sum("K" in item.tags for item in run.items)
    if len(ends) != 2 or hours == 1 or run.is_before("uKbmo"):
        return None
    is_by_day = hours == 2 or run.scene.language == "de"
    first, last = (
        one if isinstance(one, Clock) else (_clock(one, is_firm=is_by_day and one >= _BY_DAY) or {}).get("t")
        for one in ends
    )
    if first is None or last is None:
        return None
    hours = (last.hour - first.hour) % (24 if first.is_fixed else 12)
    is_long = hours >= _LONG_DAY or (first.hour == _OPENS and last.hour in _CLOSES)
    return {"#": None} if is_long else {"t": last}


def _three_quarters(run: Run) -> Built:
    """German `dreiviertel acht` is a quarter to eight."""
    return _clock(run.get("n"), -15) if run.scene.language == "de" else None


def _oclock(run: Run) -> Built:
    """`8 o'clock`, `18 Uhr`: in German the hour is as it says."""
    hour, minute = (*run.all("n"), 0)[:2]
    return _clock(hour, minute, is_firm=run.scene.language == "de" and hour >= 7)


def _hours_or_clock(run: Run) -> Built:
    """`a 14 horas`, `16h`: where hours are counted and told alike, a time of day shows by what stands around it."""
    number = run.get("n")
    if run.is_behind("@") or (run.is_behind("B") and run.scene.language == "fr" and 6 <= number <= 23):
        return _clock(number)
    is_told = run.is_before("DdSPw") or (13 <= number <= 23 and run.scene.language == "fr")
    return _clock(number) if is_told and not run.is_behind("iJGr") else None


def _at(run: Run) -> Built:
    """`at 7`: a number that nothing follows which it could count. In English the hours of a bare number end at twelve."""
    if run.is_before(_COUNTED) and not run.is_before("="):
        return None
    if run.has("5"):
        return {"t": run.get("5")}
    number = run.get("n") if run.has("n") else run.get("E")
    return None if run.scene.language == "en" and not 1 <= number <= 12 else _clock(number)


def _by(run: Run) -> Built:
    """English `by 5`, where nothing follows that it could count; elsewhere behind a day, as in `morgen bis 9`."""
    if run.scene.language != "en":
        return None if run.is_before("uKbmony") or not run.is_behind("dDwPS") else _clock(run.get("n"))
    if run.after and not run.is_before(".dwDPS"):
        return None
    return _clock(run.get("n")) if run.get("n") <= 12 else None


def _in_part(run: Run) -> Built:
    """`7 in the morning`, `in the afternoon at 7`: the part of the day settles the half of the clock."""
    clock: Clock | None = run.get("t") or run.get("5")
    if clock is None:
        number = run.get("n")
        if number != int(number) or not 1 <= number <= 12:
            return None
        clock = Clock(int(number))
    return {"t": settled(clock, run.get("P"))}


def _range(run: Run) -> Built:
    """The later end of `2-4pm`; a whole day's hours are opening hours."""
    first, last = run.all("t")
    if last.is_firm and (last.hour - first.hour) % 24 >= _LONG_DAY:
        return {"#": None}
    return {"t": last}


def _range_of_number(run: Run) -> Built:
    number, clock = run.get("n"), run.get("t")
    if number > 12:
        return None
    return {"#": None} if number == 9 and clock.hour in (17, 18) else {"t": clock}


def _zoned(run: Run) -> Built:
    """`5pm EST`, `5pm UTC+2`, `5pm your time`. Whose `our time` is stays open where the two sides have different clocks."""
    named, here, now = run.get("z"), run.scene.business.zone, run.scene.now
    if named == "ours":
        is_same = now.astimezone(run.scene.office.zone).utcoffset() == now.utcoffset()
        return {"t": run.get("t")} if is_same else {"#": None}
    zone = here if named == "theirs" else ZoneInfo(named) if isinstance(named, str) else named
    return {"t": replace(run.get("t"), zone=zone)}


def _noon(run: Run) -> Built:
    return {"t": run.get("t")} if run.get("t").hour in (0, 12, 24) and run.get("n") == 12 else None


RULES: tuple[Rule, ...] = (
    rule("se L? P", only("P")),
    rule("n n a", _spoken),
    rule("n &M Hqn aP", _plus_settled),
    rule("n r n", _spoken_half),
    rule("5ta a", _meridiem),
    rule("n a", _meridiem),
    rule("n t", _noon),
    rule("Hq pA n k?", _past),
    rule("Hq TB n k?", _to),
    rule("n u? p n k?", _past),
    rule("H n k?", _half_of),
    rule("3 n k?", _three_quarters),
    rule("j L@{0,2} nt5 kK{0,1} & L@{0,2} nt5 kK{0,1}", _between),
    rule("n kK M Hq", _plus),
    rule("n kK & Hq", _plus),
    rule("n kK & n u?", _plus_number),
    rule("n kK n u?", _plus_number),
    rule("n M Hqn", _plus),
    rule("@YB L? nE & Hqn", _at_plus),
    rule("5 k", only("5", "t")),
    rule("t k", only("t")),
    rule("n k", _oclock),
    rule("n K", _hours_or_clock),
    rule("P @ L? n", refuse_before("uKb", _in_part)),
    rule("@ L? nE", _at),
    rule("@ L? 5", _at),
    rule("YB n", _by),
    rule("n K? rT& t", _range_of_number),
    rule("t iLOc@{0,3} P", _in_part),
    rule("5 iLOc@{0,3} P", _in_part),
    rule("n iLO{0,3} P", refuse_before("_", _in_part)),
    rule("iLOc{0,3} P @? t", _in_part),
    rule("t & Hq", _plus),
    rule("t M Hq", _plus),
    rule("t rT t", _range),
    rule("t & t", _range),
    rule("t z", _zoned),
)
