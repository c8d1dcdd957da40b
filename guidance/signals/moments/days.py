"""Rules for days: `the 20th`, `next Friday`, `May 29`, `Monday the 13th`, `before Christmas`."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from guidance.signals.moments.calendar import (
    add_months,
    feast,
    next_day_of_month,
    next_of_year,
    next_weekday,
    of_month,
    weekday_of_week,
)
from guidance.signals.moments.rewriting import Built, Rule, Run, only, refuse_before, rule, void
from guidance.signals.moments.values import Item

_FLOORS = 5
"""`on the 3rd floor`: small ordinals before a noun count things, not days."""

_WEEKS = 5
_WEEKS_OF_YEAR = 53
_MONTHS_MEANT = 2
"""`Monday the 13th` is of this month or the next one; further off, day and number hardly belong together."""


def _number(run: Run) -> int:
    """The day of the month among the items; 0 where there is none."""
    numbers = _numbers([item for item in run.items if "y" not in item.tags])
    return int(numbers[0]) if numbers and numbers[0] == int(numbers[0]) and 1 <= numbers[0] <= 31 else 0


def _numbers(items: list[Item]) -> list[float]:
    return [item.tags.get("o", item.tags.get("n")) for item in items if "o" in item.tags or "n" in item.tags]


def _built(day: date | None) -> Built:
    return {"D": day} if day else None


def _named(day: date | None) -> Built:
    """The day that was named outright; where there is none (31 November), a time of day beside it is no time of another day."""
    return {"D": day} if day else {"#": None}


def _month_day(run: Run) -> Built:
    """`May 29`, `the 29th day of May 2027`, `2027/29/May`."""
    month, number, year = run.get("m"), _number(run), run.get("y")
    if not number or run.get("u") not in (None, "day"):
        return None
    if year:
        return _named(of_month(date(year, month, 1), number))
    return _named(next_of_year(run.scene.today, month, number))


def _two_numbers(run: Run) -> Built:
    """`am siebten vierten`, `7. vierter`, `el 17 del 11`: the second number is the month."""
    day, month = _numbers(list(run.items))[:2]
    is_spoken = run.scene.language == "de" and run.has("o")
    is_joined = run.scene.language == "es" and run.has("O")
    if not (is_spoken or is_joined) or not (1 <= day <= 31 and 1 <= month <= 12) or run.is_before("uKb"):
        return None
    return _built(next_of_year(run.scene.today, int(month), int(day)))


def _weekday_and_number(run: Run) -> Built:
    """`Monday the 13th`: this month's or the next one's, where that is a Monday."""
    number = _number(run)
    if not number or run.is_before("uKba"):
        return None
    weekday = run.get("w") if run.has("w") else run.get("W")
    first = run.scene.today.replace(day=1)
    days = (of_month(add_months(first, ahead), number) for ahead in range(_MONTHS_MEANT))
    return _named(next((day for day in days if day and day >= run.scene.today and day.weekday() == weekday), None))


def _day_of_month(run: Run) -> Built:
    """`the 20th`, `el dia 18`."""
    number = _number(run)
    return _built(next_day_of_month(run.scene.today, number)) if number else None


def _day_of_named_month(run: Run) -> Built:
    """`the 15th of next month`, `the 21st of this month`."""
    number = _number(run)
    if not number or run.all("u")[-1] != "month":
        return None
    ahead = 0 if run.has("h") else 1
    return _named(of_month(add_months(run.scene.today.replace(day=1), ahead), number))


def _ordinal_day(run: Run) -> Built:
    if run.is_before("uwn_mP") and (_number(run) <= _FLOORS or not run.is_behind("cYB")):
        return None
    return _day_of_month(run)


def _number_day(run: Run) -> Built:
    """`el 20`, `am 20.`, `le 23`; English does not say so."""
    if run.scene.language == "en" or run.is_before("uKbm_noyrH8") or run.is_behind("@r"):
        return None
    return _day_of_month(run)


def _weak_date(run: Run) -> Built:
    """`on 5.12`, `Friday 7/6`: figures that could be anything are a date behind such words."""
    return {"D": run.get("6")} if not run.is_before("uKP_nka") or "w" in run.items[0].tags else None


def _relative(run: Run) -> Built:
    return {"D": run.scene.today + timedelta(days=run.get("d"))}


def _weekday(run: Run) -> Built:
    """The nearest such weekday; today's own name may mean today or next week, so alone it is left open (`~`)."""
    weekday = run.get("w")
    day = next_weekday(run.scene.today, weekday)
    if weekday == run.scene.today.weekday() and not run.has("C"):
        return {"D": day, "R": weekday, "~": None}
    return {"D": day, "R": weekday}


def _in_second_next(run: Run) -> Built:
    """`Monday of the week after next`, and German `übernächsten Montag`, which is at the latest of that week."""
    is_week = run.get("u") == "week" or run.items[0].tags.keys() == {"l"}
    return {"D": weekday_of_week(run.scene.today + timedelta(weeks=2), run.get("w"))} if is_week else None


def _next_weekday(run: Run) -> Built:
    """`next Friday` is the one of next week."""
    if run.get("u") not in (None, "week"):
        return None
    weeks = 2 if run.has("l") else 1
    return {"D": weekday_of_week(run.scene.today + timedelta(weeks=weeks), run.get("w"))}


def _this_weekday(run: Run) -> Built:
    day = weekday_of_week(run.scene.today, run.get("w"))
    return {"D": day if day >= run.scene.today else next_weekday(run.scene.today, run.get("w"))}


def _counted_weekday(run: Run) -> Built:
    """`the first Monday of December`, `second Tuesday of next month`; a fifth that the month has not is no other day."""
    today, number, weekday, month = run.scene.today, run.get("o"), run.get("w"), run.get("m")
    if month is None and run.get("u") != "month":
        return None
    if month is None:
        first = add_months(today.replace(day=1), 0 if run.has("h") else 1)
    else:
        first = date(today.year + (month < today.month), month, 1)
    day = next_weekday(first - timedelta(days=1), weekday) + timedelta(weeks=number - 1)
    return {"D": day} if number <= _WEEKS and day.month == first.month else {"#": None}


def _weekday_week(run: Run) -> Built:
    """British `Monday week` is a week after Monday."""
    if run.scene.language != "en" or run.get("u") != "week":
        return None
    weekday = run.get("w") if run.has("w") else run.get("W")
    return {"D": next_weekday(run.scene.today, weekday) + timedelta(days=7)}


def _weekday_in_eight(run: Run) -> Built:
    """`lundi en huit`, `el viernes en ocho` is a week after that day, `en quinze` two."""
    weeks = {8: 1, 15: 2}.get(run.get("n"))
    if weeks is None or run.scene.language not in ("fr", "es"):
        return None
    return {"D": next_weekday(run.scene.today, run.get("w")) + timedelta(weeks=weeks)}


def _in_calendar_week(run: Run) -> Built:
    """`KW 48`, `mercredi de la semaine 36`: the weekday, else the Friday, early the Tuesday of the next such week.

    "Cette semaine 2 techniciens" counts technicians.
    """
    number, today = run.get("n"), run.scene.today
    if run.is_behind("hE") or number != int(number) or not 1 <= number <= _WEEKS_OF_YEAR:
        return None
    weekday = run.get("w") if run.has("w") else 1 if run.has("s") else 4
    for year in (today.year, today.year + 1):
        try:
            day = date.fromisocalendar(year, int(number), weekday + 1)
        except ValueError:
            continue
        if day >= today:
            return {"D": day}
    return None


def short_weekday(run: Run) -> Built:
    """`by Sat`, `bis Mo`: in Spanish and French such short words are mostly others."""
    return (
        _weekday(replace(run, items=[Item({"w": run.get("W")}, 0, 0)])) if run.scene.language in ("en", "de") else None
    )


def _feast(run: Run) -> Built:
    """A feast by itself; before a noun (`Christmas jumper`) it is none."""
    year = run.get("y")
    if run.is_before("_") and not run.is_behind("YBcAO@iCxU"):
        return None
    if year is None and run.has("x") and run.has("u"):
        year = run.scene.today.year + 1
    return _built(feast(run.get("F"), run.scene.today, year))


def _lasting_to(run: Run) -> Built:
    """`since Monday` is no day to come; `for Monday`, `für Montag` is."""
    return None if run.has("c") else void(run)


RULES: tuple[Rule, ...] = (
    rule("wW rT wW", only("V", "#")),
    rule("wW & wW", lambda run: {"w": run.all("wW")[-1]}),
    rule("E w", void),
    rule("J w", _lasting_to),
    rule("w J", void),
    rule("n y m", _month_day),
    rule("y n m", _month_day),
    rule("y m n", _month_day),
    rule("n m y", _month_day),
    rule("m n y", _month_day),
    rule("m y n", _month_day),
    rule("no u? OLci{0,2} m OLci{0,2} y", _month_day),
    rule("no u? OLc{0,2} m", _month_day),
    rule("m L? no y", _month_day),
    rule("m L? no", refuse_before("u", _month_day)),
    rule("no O? no", _two_numbers),
    rule("cYwWxd 6", _weak_date),
    rule("w A xv", void),
    rule("u A x", refuse_before("wWumnoFDd", lambda run: {"l": run.get("u"), "u": run.get("u")})),
    rule("L? o w OLci{0,2} hxv? m", _counted_weekday),
    rule("L? o w OLci{0,2} hxv u", _counted_weekday),
    rule("w cOLi{0,3} 7 n", _in_calendar_week),
    rule("esI{0,2} OL{0,2} 7 n", refuse_before("uKb", _in_calendar_week)),
    rule("w ci n", refuse_before("uKbr", _weekday_in_eight)),
    rule("w LOc{0,2} l", _in_second_next),
    rule("l c? w", _in_second_next),
    rule("C w", _weekday),
    rule("h x w", _weekday),
    rule("h C w", _weekday),
    rule("w LOc{0,2} xvl u", _next_weekday),
    rule("w LOc{0,2} u xvl", _next_weekday),
    rule("xvl u c? w", _next_weekday),
    rule("wW LcO{0,2} D", only("D")),
    rule("D LcO{0,2} wW", only("D")),
    rule("wW L? no", _weekday_and_number),
    rule("x L? D", only("D")),
    rule("o u? OLc{0,2} hxv u", _day_of_named_month),
    rule("L? n OLc{0,2} hxv u", _day_of_named_month),
    rule("o u? OLc{0,2} u xv", _day_of_named_month),
    rule("L? n OLc{0,2} u xv", _day_of_named_month),
    rule("L o", _ordinal_day),
    rule("L n", _number_day),
    rule("cY n", _number_day),
    rule("d", _relative),
    rule("xv w", _next_weekday),
    rule("w xv", _next_weekday),
    rule("h w", _this_weekday),
    rule("w u", _weekday_week),
    rule("W u", _weekday_week),
    rule("w", _weekday),
    rule("cYB W", short_weekday),
    rule("F OLci{0,3} u? y", _feast),
    rule("F OLci{0,3} x u", _feast),
    rule("F OLci{0,3} u x", _feast),
    rule("x? F", _feast),
    rule("8 OL{0,3} D", void),
    rule("D 9", void),
)
