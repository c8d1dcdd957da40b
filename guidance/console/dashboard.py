"""What it did, by week, for the whole house: nothing is told apart by group, so no filter can take one from another."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from flask import Response as FlaskResponse
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.console.counted import Numbers, numbers_of, tallied
from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.people.users import May
from guidance.ports import Tally

WEEKS = 8


class Line(Struct, frozen=True):
    """One week, by its Monday."""

    week: str
    numbers: Numbers


class Dashboard:
    """The page, and its CSV."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/numbers", May.SEE, self.show),
            Door("GET", "/console/numbers.csv", May.SEE, self.download),
        )

    def show(self) -> Response:
        tallies = self._tallies()
        reasons = Counter[str]()
        for one in tallies:
            if one.what.startswith("dismissed:"):
                reasons[one.what.partition(":")[2]] += one.times
        return page("numbers.html", lines=weekly(tallies), reasons=reasons.most_common(), weeks=WEEKS)

    def download(self) -> Response:
        """The same numbers as CSV; no cell can begin a formula."""
        held = io.StringIO()
        writer = csv.writer(held)
        writer.writerow(["week", "replies", "shown", "followed", "dismissed", "noise", "shadow"])
        for one in weekly(self._tallies()):
            n = one.numbers
            writer.writerow([one.week, n.replies, n.shown, n.followed, n.dismissed, n.noise, n.shadow])
        response = FlaskResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="guidance.csv"'
        return response

    def _tallies(self) -> list[Tally]:
        return tallied(self._wiring.store, self._wiring.clock().date(), days=7 * WEEKS)


def weekly(tallies: Sequence[Tally]) -> list[Line]:
    """The weeks, the latest first, each from its Monday."""
    counted = dict[str, Counter[str]]()
    for one in tallies:
        day = date.fromisoformat(one.day)
        week = (day - timedelta(days=day.weekday())).isoformat()
        counted.setdefault(week, Counter())[one.what] += one.times
    return [Line(week, numbers_of(of, of["replies"])) for week, of in sorted(counted.items(), reverse=True)]
