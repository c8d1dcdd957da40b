"""Rules for ends and parts of days, weeks and months: `end of next week`, `later this month`, `close of business on Friday`."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from guidance.signals.moments.calendar import add_months, last_of_month, weekday_of_week
from guidance.signals.moments.rewriting import Built, Rule, Run, only, rule
from guidance.signals.moments.values import Item

_EARLY, _MIDDLE = 10, 15
"""Days of a month by which early in it, and its middle, are over."""
_SECOND = 2


def _end_of_day(run: Run) -> Built:
    return {"D": run.get("D") or run.scene.today}


def _period(run: Run) -> Built:
    """`(the end of) this week`, `next month`: its last day, of a week its last business day."""
    unit = run.get("u")
    ahead = 2 if run.has("l") else 1 if run.has("x") or run.has("v") or run.has("C") else 0
    today = run.scene.today
    if run.has("s") or run.has("I"):
        return _part(run, unit, ahead)
    if unit == "week":
        return {"D": _last_open(run, weekday_of_week(today + timedelta(weeks=ahead), 4))}
    if unit == "weekend":
        return {"D": weekday_of_week(today + timedelta(weeks=ahead if run.has("x") else 0), 6)}
    if unit == "month":
        return {"D": last_of_month(add_months(today, ahead))}
    if unit == "quarter" and run.has("e"):
        return {"D": last_of_month(add_months(today.replace(day=1), (3 - today.month) % 3 + 3 * ahead))}
    if unit == "year" and run.has("e"):
        return {"D": date(today.year + ahead, 12, 31)}
    return {"D": today} if unit == "day" and not ahead and run.has("e") else None


def _part(run: Run, unit: str, ahead: int) -> Built:
    """Early next week is by its Tuesday, the middle of it by its Wednesday; of a month the 10th and the 15th."""
    today = run.scene.today
    if unit == "week":
        day = weekday_of_week(today + timedelta(weeks=ahead), 1 if run.has("s") else 2)
    elif unit == "month":
        day = add_months(today, ahead).replace(day=_part_ends(run))
    else:
        return None
    return {"D": day} if day >= today else None


def _part_ends(run: Run) -> int:
    return _EARLY if run.has("s") else _MIDDLE


def _part_of_month(run: Run) -> Built:
    """`early June`, `mi-juin`, `the first half of May`."""
    month = last_of_month(_month_named(run))
    if run.get("1") != _SECOND:
        month = month.replace(day=_part_ends(run))
    return {"D": month} if month >= run.scene.today else None


def _half_of_month(run: Run) -> Built:
    """`the second half of next month`."""
    if run.get("u") != "month":
        return None
    month = last_of_month(add_months(run.scene.today, 1 if run.has("x") or run.has("v") else 0))
    day = month if run.get("1") == _SECOND else month.replace(day=_MIDDLE)
    return {"D": day} if day >= run.scene.today else None


def _last_open(run: Run, friday: date) -> date:
    """The last business day up to a Friday, else that Friday; where the week is over, its Sunday."""
    days = [friday - timedelta(days=back) for back in range(5)]
    day = next((day for day in days if run.scene.business.is_business_day(day)), friday)
    if day >= run.scene.today:
        return day
    return friday if friday >= run.scene.today else friday + timedelta(days=2)


def _before_weekend(run: Run) -> Built:
    """By or before the weekend is by its Friday."""
    if run.get("u") != "weekend":
        return None
    return {"D": _last_open(run, weekday_of_week(run.scene.today, 4))}


def _at_weekend(run: Run) -> Built:
    return {"D": weekday_of_week(run.scene.today, 6)} if run.get("u") == "weekend" else None


def _before_period(run: Run) -> Built:
    """Before next week is by the end of this one."""
    if run.get("u") != "week":
        return None
    return {"D": _last_open(run, weekday_of_week(run.scene.today, 4))}


def _unit_end(run: Run) -> Built:
    """`Monatsende`, `before the week is out`: the last day of the present one."""
    ends = {"e": None, "u": run.get("4")}
    return _period(replace(run, items=[Item(ends, 0, 0)]))


def _end_of_month(run: Run) -> Built:
    """`end of October`."""
    return {"D": last_of_month(_month_named(run))}


def _month_named(run: Run) -> date:
    today, month = run.scene.today, run.get("m")
    return date(run.get("y") or (today.year if month >= today.month else today.year + 1), month, 1)


RULES: tuple[Rule, ...] = (
    rule("YBe{0,2} L? 4", _unit_end),
    rule("B? L? Q cOLY@{0,2} D", _end_of_day),
    rule("D cL{0,2} Q", _end_of_day),
    rule("B e LO{0,2} D", only("D")),
    rule("e hLc{0,2} D", only("D")),
    rule("Y L? Q", _end_of_day),
    rule("B L? Q", _end_of_day),
    rule("Q", _end_of_day),
    rule("1 LO{0,2} m y?", _part_of_month),
    rule("sI LO{0,2} m y?", _part_of_month),
    rule("1 LO{0,2} xvh? u", _half_of_month),
    rule("1 LO{0,2} u xv", _half_of_month),
    rule("B L? xv u", _before_period),
    rule("BY L? h? u", _before_weekend),
    rule("B L? e LO{0,2} xvhC? u", _period),
    rule("esI{1,2} LO{0,2} u xvl", _period),
    rule("esI{1,2} LO{0,2} xvlhC? u", _period),
    rule("xvlhC u", _period),
    rule("u xvl", _period),
    rule("l", _period),
    rule("cei L? u", _at_weekend),
    rule("e LO{0,2} m y?", _end_of_month),
)
