"""Rules for lengths of time, and the moments that they lead to: `within 24-48 hours`, `3 days after Friday`, `in two business days`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from guidance.signals.moments.calendar import add_months, weekday_of_week
from guidance.signals.moments.rewriting import Built, Rule, Run, refuse_before, rule, void
from guidance.signals.moments.values import Due, Scene, Span

_CLOCKED = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
_GERMAN_WEEK = 8
_MOST = 4000
_MOST_DAYS = 36_525
"""A hundred years: nothing that is promised lies further off, and a calendar has an end."""


def _counted(run: Run) -> Built:
    unit = "hour" if run.has("K") and not run.has("u") else run.get("u")
    is_business = run.has("b") or unit.startswith("business_")
    amounts = [amount for amount in run.all("nE") if amount]
    if unit == "weekend" or not amounts or amounts != sorted(amounts) or run.has("y"):
        return None
    if run.has("K") and run.has("r") and run.is_behind("O") and amounts[0] < 12:
        return {"#": None}  # `de 9 a 18 h` is when somebody is open
    return {"U": Span(max(amounts), unit.removeprefix("business_"), is_business, is_range=run.has("r"))}


def _one_more(run: Run) -> Built:
    """`in zwei, drei Tagen`, `dans deux, trois jours`: the longer one is meant."""
    first, second = run.all("n")
    return _counted(run) if second == first + 1 and not run.is_behind("mnoy") else None


def _half(run: Run) -> Built:
    return {"U": Span(0.5, run.get("u") or "hour")} if run.get("u") in _CLOCKED or run.has("K") else None


def _three_quarters(run: Run) -> Built:
    return {"U": Span(0.75, run.get("u") or "hour")} if run.get("u") in _CLOCKED or run.has("K") else None


def _and_a_half(run: Run) -> Built:
    span: Span = run.get("U")
    return {"U": Span(span.amount + 0.5, span.unit)} if span.unit in _CLOCKED else None


def _hour_and_a_half(run: Run) -> Built:
    """Spanish `en hora y media`."""
    return {"U": Span(1.5, "hour")} if run.is_behind("i") else None


def _number_and_a_half(run: Run) -> Built:
    return {"U": Span(run.all("nE")[0] + 0.5, run.get("u") or "hour")}


def _longer(run: Run) -> Built:
    return {"U": run.all("U")[-1]}


def _together(run: Run) -> Built:
    """`2 hours and 30 minutes`, `1 year 2 months 3 days`."""
    rest: Span | None = None
    for span in reversed(run.all("U")):
        if span.is_range or (rest and rest.unit == span.unit):
            return None
        rest = replace(span, rest=rest)
    return {"U": rest}


def add(scene: Scene, start: datetime | date, span: Span, sign: int = 1) -> Due | None:
    """The moment a span after (before, for -1) a day or a time; None for what no promise means."""
    if span.amount > _MOST or span.amount * _days_of(span.unit) > _MOST_DAYS:
        return None
    if span.is_business:
        return _add_business(scene, start, span, sign)
    if span.unit in _CLOCKED or not isinstance(start, datetime):
        return _add_plain(scene, start, span, sign)
    return _add_plain(scene, start.date(), span, sign)


def _days_of(unit: str) -> float:
    return _DAYS.get(unit) or _MONTHS.get(unit, 0) * 30.4375


def _add_business(scene: Scene, start: datetime | date, span: Span, sign: int) -> Due | None:
    if span.unit == "hour" and isinstance(start, datetime) and sign > 0:
        return Due(scene.office.add_hours(start, span.amount).astimezone(scene.business.zone), "time")
    day = start.date() if isinstance(start, datetime) else start
    count = {"day": 1, "week": 5}.get(span.unit, 0) * span.amount
    if not count or count != int(count):
        return None
    return Due(scene.business.close_of(scene.business.business_day(day, sign * int(count))), "day")


def _add_plain(scene: Scene, start: datetime | date, span: Span, sign: int) -> Due | None:
    if span.unit in _CLOCKED:
        if not isinstance(start, datetime):
            return None
        at = (start.astimezone(UTC) + sign * timedelta(seconds=span.amount * _CLOCKED[span.unit])).astimezone(
            start.tzinfo
        )
        return Due(at, "time") if span.rest is None else add(scene, at, span.rest, sign)
    if span.amount != int(span.amount):
        return None
    if span.unit in _DAYS:
        day = start + sign * timedelta(days=int(span.amount) * _DAYS[span.unit])
    else:
        day = add_months(start, sign * int(span.amount) * _MONTHS[span.unit])
    if span.rest is None:
        return Due(scene.business.close_of(day), "day")
    return add(scene, datetime.combine(day, scene.now.timetz()) if span.rest.unit in _CLOCKED else day, span.rest, sign)


def _from_now(run: Run) -> Built:
    span: Span = run.get("U")
    if run.is_before("AOB") and not run.has("f"):
        return None  # counted from something that we do not know: within 30 days of purchase
    due = add(run.scene, run.scene.now, span)
    return {"Z": due} if due else None


def _weekday_then(run: Run) -> Built:
    """`Monday two weeks from now`: the Monday of the week then."""
    due = add(run.scene, run.scene.today, run.get("U"))
    return {"D": weekday_of_week(due.at.date(), run.get("R"))} if due else None


def _weekday_agreed(run: Run) -> Built:
    """`in three days on Friday`: only where that is a Friday, else nothing is sure."""
    due = add(run.scene, run.scene.today, run.get("U"))
    return {"D": due.at.date()} if due and due.at.weekday() == run.get("R") else {"_": None}


def _from_day(run: Run) -> Built:
    due = add(run.scene, run.get("D"), run.get("U"), -1 if run.has("B") else 1)
    return {"D": due.at.date()} if due else None


def _weeks_on_day(run: Run) -> Built:
    """British `a week on Friday` is a week after Friday, `a fortnight today` two after today."""
    return _from_day(run) if run.scene.language == "en" and run.get("U").unit in ("week", "fortnight") else None


def _weeks_after_day(run: Run) -> Built:
    """`Freitag in einer Woche`, `heute in 14 Tagen`. German eight days are a week."""
    span: Span = run.get("U")
    if run.scene.language == "en" or span.unit not in _DAYS:
        return None
    is_week = run.scene.language == "de" and (span.amount, span.unit) == (_GERMAN_WEEK, "day")
    due = add(run.scene, run.get("D"), Span(1, "week") if is_week else span)
    return {"D": due.at.date()} if due else None


def _day_beside(run: Run) -> Built:
    """`the day after Christmas`, `the day before Easter`."""
    if run.get("u") != "day":
        return None
    return {"D": run.get("D") + timedelta(days=-1 if run.has("B") else 1)}


def _bare(run: Run) -> Built:
    """A length of time alone is a promise only where it is a range or counts business days: `3-5 business days`."""
    span: Span = run.get("U")
    if not (span.is_range or span.is_business) or run.is_before("gAB") or run.is_behind("JGl"):
        return None
    return _from_now(run)


def _within_one(run: Run) -> Built:
    """`within the hour`, `in the next hour`, `within the day`."""
    unit = "hour" if run.has("K") and not run.has("u") else run.get("u")
    if unit in _CLOCKED:
        due = add(run.scene, run.scene.now, Span(1, unit))
        return {"Z": due} if due else None
    return {"D": run.scene.today} if unit == "day" and not run.has("x") else None


def _next_business_day(run: Run) -> Built:
    if not (run.has("b") or run.get("u").startswith("business_")) or not run.get("u").endswith("day"):
        return None
    return {"D": run.scene.business.business_day(run.scene.today, 1)}


RULES: tuple[Rule, ...] = (
    rule("xvC b? u b?", _next_business_day),
    rule("H O? LE? uK", _half),
    rule("3 O? LE{0,2} uK", _three_quarters),
    rule("nE & E? H uK", _number_and_a_half),
    rule("K & H", _hour_and_a_half),
    rule("nE rT& n b? u b?", _counted),
    rule("n rT& n K", _counted),
    rule("n n b? u b?", _one_more),
    rule("n n K", _one_more),
    rule("nE b? u & n", refuse_before("uK", _counted)),
    rule("nE b? u b?", _counted),
    rule("nE K", _counted),
    rule("U & E? H", _and_a_half),
    rule("U rT U", _longer),
    rule("U & U", _together),
    rule("U U U", _together),
    rule("U U", _together),
    rule("U g", void),
    rule("G U", void),
    rule("J L? U", void),
)

LEADING: tuple[Rule, ...] = (
    rule("R i? U AB L? D", void),
    rule("i? U AB L? D c? R", void),
    rule("i? U AB L? D", _from_day),
    rule("i? U AB L? t", void),
    rule("R i? U f f?", _weekday_then),
    rule("i? U f f? c? R", _weekday_agreed),
    rule("i U c? R", _weekday_agreed),
    rule("U c R", _weeks_on_day),
    rule("U D", _weeks_on_day),
    rule("D i U", _weeks_after_day),
    rule("L? u AB L? D", _day_beside),
    rule("i? U f f?", _from_now),
    rule("iB L? xvhC? U f?", _from_now),
    rule("Y L? xvhC U", _from_now),
    rule("xvC U f?", void),
    rule("U", _bare),
    rule("i L x? uK", _within_one),
    rule("i x uK", _within_one),
)
