"""The numbers, by week: the page, its pictures and its CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from guidance.console import charts
from guidance.console.account_settings import percent_of
from guidance.console.charts import Bar, Series
from guidance.console.doors import Door
from guidance.console.measures import BESIDE, percent, signed, spanned
from guidance.console.pages import page
from guidance.console.weekly import WEEKS, Line, Reckoning
from guidance.console.wiring import Wiring
from guidance.errors import RefusedError
from guidance.hints.holdout import MOST
from guidance.hints.recommending import FEWEST_ANSWERS
from guidance.people.users import May

_HINTS = ("replies", "shown", "followed", "dismissed", "noise", "shadow", "held_out")


class Dashboard:
    """The page, its pictures and its CSV."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/numbers", May.SEE, self.show),
            Door("GET", "/console/numbers.svg", May.SEE, self.draw),
            Door("GET", "/console/numbers/feelings.svg", May.SEE, self.draw_feelings),
            Door("GET", "/console/numbers/recommended.svg", May.SEE, self.draw_recommended),
            Door("GET", "/console/numbers.csv", May.SEE, self.download),
        )

    def show(self, status: int = 200, problem: RefusedError | None = None) -> Response:
        told = self._reckoning()
        reasons = Counter[str]()
        for one in (one for tallies in told.tallies.values() for one in tallies):
            if one.what.startswith("dismissed:"):
                reasons[one.what.partition(":")[2]] += one.times
        house, *teams = told.teams()
        return page(
            "numbers.html",
            status,
            problem=problem,
            given=request.form if problem else {},
            house=house,
            teams=teams,
            reasons=reasons.most_common(),
            weeks=WEEKS,
            fits=told.fits,
            fewest_answers=FEWEST_ANSWERS,
            held_out={one.id: percent_of(one.settings) for one in told.accounts},
            estimate_shown={one.id: one.settings.get("estimate_shown", False) for one in told.accounts},
            most_held_out=round(100 * MOST),
            beside=BESIDE,
            kinds=BESIDE,
            percent=percent,
            signed=signed,
            spanned=spanned,
        )

    def draw(self) -> Response:
        """The house's weeks as a picture; the table beside it says the same."""
        lines = self._house_weeks()
        told = {name: [getattr(line.numbers, name) for line in lines] for name in ("shown", "followed", "dismissed")}
        return charts.drawn([line.week for line in lines], [Series(*one) for one in told.items() if any(one[1])])

    def draw_recommended(self) -> Response:
        """The estimate and what customers answered, in percent, week by week; gaps where there is too little to tell."""
        lines = self._house_weeks()
        weeks = [line.recommended for line in lines]
        told = {
            "estimate": [one.estimate for one in weeks],
            "content": [one.share.value if one.share else None for one in weeks],
        }
        series = [
            Series(name, [None if one is None else round(100 * one) for one in values])
            for name, values in told.items()
            if any(one is not None for one in values)
        ]
        return charts.drawn([line.week for line in lines], series)

    def draw_feelings(self) -> Response:
        """By how much feelings rose after a reply, with a hint and without, and between which two values that lies."""
        felt = self._reckoning().teams()[0].feelings
        bars = [
            Bar(name, change.value, change.low, change.high)
            for beside, name in BESIDE.items()
            if (change := felt[beside].change)
        ]
        return charts.compared(bars)

    def download(self) -> Response:
        """The same numbers as CSV; no cell can begin a formula."""
        held = io.StringIO()
        writer = csv.writer(held)
        writer.writerow(["team", "week", *_columns()])
        for team in self._reckoning().teams():
            for line in team.lines:
                writer.writerow([_plain(team.name), line.week, *_cells(line, is_fitted=team.is_fitted)])
        response = FlaskResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="guidance.csv"'
        return response

    def _reckoning(self) -> Reckoning:
        return Reckoning(self._wiring.store, self._wiring.clock())

    def _house_weeks(self) -> list[Line]:
        return list(reversed(self._reckoning().teams()[0].lines))


_PROMISES = ("promises_kept", "promises_late", "promises_broken")
_RECOMMENDED = ("solved", "estimate", "rated", "content", "estimate_of_rated")


def _columns() -> list[str]:
    felt = [
        f"{beside}_{name}" for beside in BESIDE for name in ("answered", "before", "after", "change_low", "change_high")
    ]
    return [
        *_HINTS,
        *_PROMISES,
        "hints_timed",
        "half_within",
        "nine_in_ten_within",
        *_RECOMMENDED,
        "calibration",
        *felt,
    ]


def _cells(line: Line, *, is_fitted: bool) -> Iterator[object]:
    yield from (getattr(line.numbers, name) for name in _HINTS)
    kept = line.promises
    yield from (kept.kept, kept.late, kept.broken) if kept.is_told else ("", "", "")
    yield from (line.waits.n, line.waits.within(0.5), line.waits.within(0.9))
    yield from (_rounded(getattr(line.recommended, name)) for name in _RECOMMENDED)
    yield "fitted" if is_fitted else "uncalibrated"
    for beside in BESIDE:
        felt = line.feelings[beside]
        change = felt.change
        yield felt.n
        yield from (_rounded(felt.before), _rounded(felt.after)) if felt.is_told else ("", "")
        yield from (_rounded(change.low), _rounded(change.high)) if change else ("", "")


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 3)


def _plain(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
