"""Rules for times of day: `half past eight`, `18 Uhr 12`, `a las siete y media`, `between 2 and 4 pm`."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from guidance.signals.moments import windows
from guidance.signals.moments.clockwork import clock_at, is_counted, settled
from guidance.signals.moments.numerals import with_meridiem
from guidance.signals.moments.rewriting import Built, Rule, Run, only, refuse_before, rule
from guidance.signals.moments.values import Clock, Item

_QUARTER = 15
_TWO_DIGITS = 10
_FIGURES = 2
"""Characters of an hour written in figures."""

_EARLIEST = 5
"""From five on a French hour in figures is as it says; who writes of earlier ones means the afternoon."""


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
    return clock_at(run.all("n")[-1], _minutes(run.items))


def _to(run: Run) -> Built:
    """`quarter to 8`, `viertel vor 8`."""
    return clock_at(run.all("n")[-1], -_minutes(run.items))


def _half_of(run: Run) -> Built:
    """German `halb acht` is half past seven, British `at half eight` half past eight."""
    if run.scene.language == "en":
        return clock_at(run.get("n"), 30) if run.is_behind("@YB") and not run.is_before("uKbmony") else None
    return clock_at(run.get("n"), -30) if run.scene.language == "de" else None


def _beside_half(run: Run) -> Built:
    """German `fünf vor halb vier`, `fünf nach halb vier`: the minutes count from the half hour before the full one."""
    minutes, hour = run.all("n")
    if run.scene.language != "de" or not 0 < minutes < 30:
        return None
    return clock_at(hour, -30 + (minutes if run.has("p") else -minutes))


def _minutes_to(run: Run) -> Built:
    """`at ten to four`, `um fünf vor vier`, American `at quarter of five`."""
    *minutes, hour = run.all("qn")
    minute = minutes[0] if minutes and minutes[0] else _QUARTER
    if is_counted(run) or not (0 < minute < 30 and 1 <= hour <= 12) or run.get("u") not in (None, "minute"):
        return None
    return clock_at(hour, -minute)


def _minutes_for(run: Run) -> Built:
    """American Spanish `cuarto para las cuatro`, `faltando diez para las cuatro`."""
    is_for = any(item.tags.keys() >= {"Y", "@"} for item in run.items)
    return _minutes_to(run) if is_for and run.scene.language == "es" else None


def _joined(run: Run) -> Built:
    """`to go over it`, `and send it`: such a word before one that we don't know belongs to it, and nobody counts either."""
    if run.items[0].tags.keys() == {"&"}:
        return {"=": None}
    return {"_": None, "=": None} if run.items[0].tags.keys() == {"T", "r"} else None


def _military(run: Run) -> Built:
    """`at 0900`, `1430 hours`: the figures are read as hours and minutes where they say so, or begin with a nought."""
    clock: Clock = run.get("2")
    if run.has("u") or run.has("K"):
        is_hours = run.has("K") or run.get("u") == "hour"
        return {"t": clock} if is_hours and run.is_behind("@YBdw.") else None
    return None if clock.hour >= _TWO_DIGITS or is_counted(run) else {"t": clock}


def _plus(run: Run) -> Built:
    """`ocho y media`, `8 menos cuarto`, `huit heures et demie`, `18 Uhr 12`."""
    minutes = _minutes(run.items[::-1]) * (-1 if run.has("M") else 1)
    clock: Clock | None = run.get("t")
    if clock is None:
        hour = run.get("n") if run.has("n") and "n" in run.items[0].tags else 1
        return clock_at(hour, minutes, is_firm=run.scene.language == "fr" and run.has("K") and _is_figure(run))
    built = clock_at(clock.hour, minutes)
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
    return clock_at(hour, minute) if 1 <= hour <= 12 and minute in (15, 30, 45) and run.is_before("dPSw") else None


def _three_quarters(run: Run) -> Built:
    """German `dreiviertel acht` is a quarter to eight."""
    return clock_at(run.get("n"), -15) if run.scene.language == "de" else None


def _oclock(run: Run) -> Built:
    """`8 o'clock`, `18 Uhr`: in German the hour is as it says."""
    hour, minute = (*run.all("n"), 0)[:2]
    return clock_at(hour, minute, is_firm=run.scene.language == "de" and hour >= 7)


def _hours_or_clock(run: Run) -> Built:
    """`a 14 horas`, `16h`: where hours are counted and told alike, a time of day shows by what stands around it."""
    number = run.get("n")
    is_firm = run.scene.language == "fr" and number >= _EARLIEST and _is_figure(run)
    if run.is_behind("@") or (run.is_behind("B") and run.scene.language == "fr" and 6 <= number <= 23):
        return clock_at(number, is_firm=is_firm)
    is_told = run.is_before("DdSPw") or (13 <= number <= 23 and run.scene.language == "fr")
    return clock_at(number, is_firm=is_firm) if is_told and not run.is_behind("iJGr") else None


def _is_figure(run: Run) -> bool:
    """Whether an hour is written in figures, as on a clock of 24 hours: `6 h`, and not `six heures`."""
    number = next(item for item in run.items if "n" in item.tags)
    return number.end - number.start <= _FIGURES


def _at(run: Run) -> Built:
    """`at 7`: a number that nothing follows which it could count. In English the hours of a bare number end at twelve."""
    if is_counted(run):
        return None
    if run.has("5"):
        return {"t": run.get("5")}
    number = run.get("n") if run.has("n") else run.get("E")
    return None if run.scene.language == "en" and not 1 <= number <= 12 else clock_at(number)


def _by(run: Run) -> Built:
    """English `by 5`, where nothing follows that it could count; elsewhere behind a day, as in `morgen bis 9`."""
    if run.scene.language != "en":
        return None if is_counted(run) or not run.is_behind("dDwPS") else clock_at(run.get("n"))
    is_told = run.is_before(".dwDPS") or (run.is_before("=") and run.is_behind("dDwPS"))
    if run.after and not is_told:
        return None
    return clock_at(run.get("n")) if run.get("n") <= 12 else None


def _in_part(run: Run) -> Built:
    """`7 in the morning`, `in the afternoon at 7`: the part of the day settles the half of the clock."""
    clock: Clock | None = run.get("t") or run.get("5")
    if clock is None:
        number = run.get("n")
        if number != int(number) or not 1 <= number <= 12:
            return None
        clock = Clock(int(number))
    return {"t": settled(clock, run.get("P"))}


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
    rule("T _", _joined),
    rule("& LE? _", _joined),
    rule("2 uK", _military),
    rule("2 k", only("2", "t")),
    rule("! L? 2", _military),
    rule("n n a", _spoken),
    rule("n &M Hqn aP", _plus_settled),
    rule("n r n", _spoken_half),
    rule("5ta a", _meridiem),
    rule("n a", _meridiem),
    rule("n t", _noon),
    rule("Hq pA n k?", _past),
    rule("n u? pT H n k?", _beside_half),
    rule("@ n u? T n k?", _minutes_to),
    rule("@Yc q O n k?", _minutes_to),
    rule("q Y n k?", _minutes_for),
    rule("@r n Y n k?", _minutes_for),
    rule("Hq TB n k?", _to),
    rule("n u? p n k?", _past),
    rule("H n k?", _half_of),
    rule("3 n k?", _three_quarters),
    rule("j L@{0,2} nt5 kK{0,1} &rT L@{0,2} nt5 kK{0,1}", windows.between),
    rule("AO L@{0,2} nt5 kK{0,1} rTY L@{0,2} nt5 kK{0,1}", windows.from_to),
    rule("n r n", windows.from_to),
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
    rule("@ L? n & L@{0,2} n k?", windows.either),
    rule("@ L? nE", _at),
    rule("@ L? 5", _at),
    rule("YB n", _by),
    rule("n K? rT& t", windows.range_of_number),
    rule("t iLOc@{0,3} P", _in_part),
    rule("5 iLOc@{0,3} P", _in_part),
    rule("n iLO{0,3} P", refuse_before("_", _in_part)),
    rule("iLOc{0,3} P @? t", _in_part),
    rule("t & Hq", _plus),
    rule("t M Hq", _plus),
    rule("t rT t", windows.range_of_clocks),
    rule("t & t", windows.range_of_clocks),
    rule("t z", _zoned),
)
