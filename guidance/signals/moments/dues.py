"""Rules that bring days, parts of days and clocks together to a due moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from guidance.signals.moments.clockwork import is_counted, settled
from guidance.signals.moments.days import short_weekday
from guidance.signals.moments.rewriting import Built, Rule, Run, only, rule, void
from guidance.signals.moments.values import Clock, Due, Item, Scene

_PART_ENDS = {"morning": time(12), "noon": time(14), "afternoon": time(17), "evening": time(21), "night": time(23, 59)}
_PART_STARTS = {"morning": time(5), "noon": time(11), "afternoon": time(12), "evening": time(17), "night": time(18)}

_HOURS = 24


def on_clock(scene: Scene, day: date, clock: Clock) -> datetime:
    """The clock on a day; an open hour is the one within a working day."""
    hour = clock.hour + 12 if not clock.is_firm and 1 <= clock.hour <= 6 else clock.hour
    return _at(scene, day, hour, clock)


def _at(scene: Scene, day: date, hour: int, clock: Clock) -> datetime:
    zone = clock.zone or scene.business.zone
    wall = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, clock.minute, clock.second), zone)
    if _is_past(scene, wall):
        wall = wall.replace(fold=1)  # in the night in which clocks go back, its hour may come once more
    return wall.astimezone(UTC).astimezone(zone)


def _is_past(scene: Scene, at: datetime) -> bool:
    """By the time that goes on: clocks that went back show an hour twice, and two of one zone are compared as they show."""
    return at.astimezone(UTC) < scene.now.astimezone(UTC)


def _day(run: Run) -> Built:
    if run.has("~"):
        return None
    day: date = run.get("D")
    return {"Z": Due(run.scene.business.close_of(day), "day")} if day >= run.scene.today else {"_": None}


def _later_day(run: Run) -> Built:
    """`tomorrow or Friday`: the latter is the latest that is meant."""
    days: list[date] = run.all("D")
    return {"D": max(days)} if min(days) >= run.scene.today and not run.has("~") else None


def _before_day(run: Run) -> Built:
    """Before Friday is by Thursday; before tomorrow, today."""
    day: date = run.get("D") - timedelta(days=1)
    return {"Z": Due(run.scene.business.close_of(day), "day")} if day >= run.scene.today else None


def _day_clock(run: Run) -> Built:
    scene, day, clock = run.scene, run.get("D"), run.get("t")
    if run.has("~"):
        day = day - timedelta(days=7)
        if _is_past(scene, on_clock(scene, day, clock)):
            return {"_": None}  # five on Friday, written on a Friday at six: no five o'clock of another day is meant
    part = run.get("P")
    at = on_clock(scene, day, settled(clock, part) if part else clock)
    return {"Z": _any_time_after(scene, at) if run.has("A") or run.is_behind("A") else Due(at, "time")}


def _day_until(run: Run) -> Built:
    """`Thursday from 1pm, by 3pm at the latest`."""
    clocks: list[Clock] = run.all("t")
    return {"Z": Due(on_clock(run.scene, run.get("D"), clocks[-1]), "time")} if run.has("A") else None


def _day_military(run: Run) -> Built:
    """`tomorrow at 1500`: beside a day, four figures are a time of day."""
    if is_counted(run):
        return None
    return _day_clock(replace(run, items=(*run.items, Item({"t": run.get("2")}, 0, 0))))


def _unread(run: Run) -> Built:
    """A number beside a day that stands where a time of day does, and was none that we can read: that day alone may be wrong."""
    numbers = [one for one in run.all("n5") if one is not None]
    could_be = all(isinstance(one, Clock) or 1 <= one <= _HOURS or 100 <= one < 100 * _HOURS for one in numbers)
    return {"_": None} if could_be else None


def _unread_by(run: Run) -> Built:
    """English `tomorrow by 10`; elsewhere such a word is also `for`."""
    return _unread(run) if run.scene.language == "en" else None


def _short_day_clock(run: Run) -> Built:
    """`Fri 5pm`, `5pm on Fri`: beside a time of day, such a short word is a weekday."""
    day = short_weekday(run)
    return _day_clock(replace(run, items=(Item(day, 0, 0), *run.items))) if day else None


def _any_time_after(scene: Scene, at: datetime) -> Due:
    """`Thursday after 3pm`: the rest of that working day is meant, or of that evening."""
    closes = scene.business.close_of(at.date())
    return Due(closes, "day") if closes > at else Due(at.replace(hour=23, minute=59), "time")


def _clock(run: Run) -> Built:
    """A time of day alone is the next one; where morning or afternoon is open, the next within waking hours."""
    scene, clock = run.scene, run.get("t")
    if run.is_behind("JA"):
        return None
    hours = [clock.hour] if clock.is_firm else [clock.hour % 12, clock.hour % 12 + 12]
    ahead = [at for at in (_at(scene, scene.today, hour, clock) for hour in hours) if not _is_past(scene, at)]
    if not clock.is_firm:
        ahead = [at for at in ahead if 7 <= at.hour <= 21] or ahead
    if ahead:
        return {"Z": Due(ahead[0], "time")}
    return {"Z": Due(_at(scene, scene.today + timedelta(days=1), clock.hour, clock), "time")} if clock.is_firm else None


def _day_part(run: Run) -> Built:
    scene, day, part = run.scene, run.get("D"), run.get("P")
    if run.has("~"):
        day = day - timedelta(days=7)
    end = datetime.combine(day, _PART_ENDS[part], scene.business.zone)
    return {"Z": Due(end, "time")} if end >= scene.now else None


def _today_part(run: Run) -> Built:
    end = datetime.combine(run.scene.today, _PART_ENDS[run.get("S")], run.scene.business.zone)
    return {"Z": Due(end, "time")} if end >= run.scene.now else None


def _today_part_clock(run: Run) -> Built:
    """`tonight at 10`; after midnight, tonight is tomorrow's date."""
    scene, clock, part = run.scene, run.get("t"), run.get("S")
    if clock is None:
        number = run.get("n")
        if number != int(number) or not 1 <= number <= 12:
            return None
        clock = Clock(int(number))
    at = on_clock(scene, scene.today, settled(clock, part))
    if _is_past(scene, at) and part == "night" and at.hour < 6:
        at = on_clock(scene, scene.today + timedelta(days=1), settled(clock, part))
    return {"_": None} if _is_past(scene, at) else {"Z": Due(at, "time")}


def _coming_part(run: Run) -> Built:
    """`in the morning`: the next that has not begun; of an afternoon or evening, the one that has not ended."""
    scene, part = run.scene, run.get("P")
    lasts_to = (_PART_ENDS if part in ("afternoon", "evening") else _PART_STARTS)[part]
    is_ahead = datetime.combine(scene.today, lasts_to, scene.business.zone) > scene.now
    day = scene.today if is_ahead else scene.today + timedelta(days=1)
    return {"Z": Due(datetime.combine(day, _PART_ENDS[part], scene.business.zone), "time")}


def _first_thing(run: Run) -> Built:
    """First thing is within the first hour of that day."""
    day = run.get("D") or run.scene.today + timedelta(days=1)
    return {"Z": Due(run.scene.business.open_of(day) + timedelta(hours=1), "time")}


def _present(run: Run) -> Built:
    return {"Z": Due(run.scene.now, "time")} if run.scene.with_present else None


def _this_part(run: Run) -> Built:
    end = datetime.combine(run.scene.today, _PART_ENDS[run.get("P")], run.scene.business.zone)
    return {"Z": Due(end, "time")} if end >= run.scene.now else None


RULES: tuple[Rule, ...] = (
    rule("# cL@{0,2} t", only("#")),
    rule("t cL{0,2} #", only("#")),
    rule("# #", only("#")),
    rule("D cL@YB{0,2} #", void),
    rule("# cLYB{0,2} D", void),
    rule("g c? DS", void),
    rule("X cOLi{0,3} P? LcO{0,2} D P?", _first_thing),
    rule("D P? X", _first_thing),
    rule("X iLO{0,2} P", _first_thing),
    rule("S @YBciL&{0,2} tn", _today_part_clock),
    rule("t cLi{0,2} S", _today_part_clock),
    rule("n S", _today_part_clock),
    rule("D cLOi@YBA{0,3} t Y @L{0,2} t", _day_until),
    rule("D cLOi@{0,3} P @YBcLO{0,2} t", _day_clock),
    rule("D @YBcLOiA&{0,3} t cLOi{0,3} P", _day_clock),
    rule("D cLOi@YBA{0,3} t", _day_clock),
    rule("D c? B L? _ @YB{0,2} t", _day_clock),
    rule("D cL@YB{0,3} 2", _day_military),
    rule("@YB{1,2} 2 c? D", _day_military),
    rule("t cLOiP&{0,3} D P?", _day_clock),
    rule("D P? cL{0,2} ! L? nq5", _unread),
    rule("! L? nq5 cL{0,2} D", _unread),
    rule("D P? cL{0,2} j @L{0,2} n5", _unread),
    rule("D P? AO L? n5 rTY L? n5", _unread),
    rule("D P? Y n5", _unread_by),
    rule("W @YBc{0,2} t", _short_day_clock),
    rule("t c? W", _short_day_clock),
    rule("D cLOi{0,3} P", _day_part),
    rule("P cLO{0,2} D", _day_part),
    rule("h P", _this_part),
    rule("B L? D", _before_day),
    rule("A L? D", void),
    rule("D & c? D", _later_day),
    rule("D", _day),
    rule("S", _today_part),
    rule("t", _clock),
    rule("iY L? P", _coming_part),
    rule("0", _present),
    rule("N cLYBi@{0,3} Z", void),
    rule("iYB L? Z", only("Z")),
)
