"""What it did, by week: for the whole house, and for teams of five people and more. Never by person."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask import Response as FlaskResponse
from msgspec import Struct
from werkzeug.wrappers import Response

from guidance.accounts import settings_of
from guidance.console.charts import Series, drawn
from guidance.console.counted import Numbers, numbers_of, tallied
from guidance.console.doors import Door
from guidance.console.pages import page
from guidance.console.wiring import Wiring
from guidance.dispatch.teams import teams_of
from guidance.followups.record import Week, by_week
from guidance.hours.business import BusinessTime
from guidance.model import FollowUp
from guidance.people.users import May
from guidance.ports import Account, Tally

WEEKS = 8
HOUSE = "the whole house"


class Line(Struct, frozen=True, kw_only=True):
    """One week of a team or of the house, by its Monday: what hints did, and how promises were kept."""

    week: str
    numbers: Numbers
    promises: Week

    @property
    def kept_share(self) -> str:
        rate = self.promises.kept_rate
        return "–" if rate is None else f"{100 * rate:.0f} %"


class Team(Struct, frozen=True):
    """A team's weeks, the latest first."""

    name: str
    lines: list[Line]


class Dashboard:
    """The page, and its CSV."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def doors(self) -> Sequence[Door]:
        return (
            Door("GET", "/console/numbers", May.SEE, self.show),
            Door("GET", "/console/numbers.svg", May.SEE, self.draw),
            Door("GET", "/console/numbers.csv", May.SEE, self.download),
        )

    def show(self) -> Response:
        tallies = self._tallies()
        reasons = Counter[str]()
        for one in tallies:
            if one.what.startswith("dismissed:"):
                reasons[one.what.partition(":")[2]] += one.times
        house, *teams = self._teams()
        return page("numbers.html", house=house, teams=teams, reasons=reasons.most_common(), weeks=WEEKS)

    def draw(self) -> Response:
        """The house's weeks as a picture; the table beside it says the same."""
        lines = list(reversed(self._teams()[0].lines))
        told = {name: [getattr(line.numbers, name) for line in lines] for name in ("shown", "followed", "dismissed")}
        return drawn([line.week for line in lines], [Series(*one) for one in told.items() if any(one[1])])

    def download(self) -> Response:
        """The same numbers as CSV; no cell can begin a formula."""
        held = io.StringIO()
        writer = csv.writer(held)
        hints = ["replies", "shown", "followed", "dismissed", "noise", "shadow"]
        writer.writerow(["team", "week", *hints, "promises_kept", "promises_late", "promises_broken"])
        for team in self._teams():
            for one in team.lines:
                counts = [getattr(one.numbers, name) for name in hints]
                kept = [one.promises.kept, one.promises.late, one.promises.broken]
                writer.writerow(
                    [_plain(team.name), one.week, *counts, *(kept if one.promises.is_told else ["", "", ""])]
                )
        response = FlaskResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="guidance.csv"'
        return response

    def _teams(self) -> list[Team]:
        """The house, then each team that may be shown."""
        store, accounts = self._wiring.store, self._wiring.store.accounts()
        since = datetime.combine(self._first_day(), time(), UTC)
        settled = {one.id: store.settled_follow_ups(one.id, since=since) for one in accounts}
        told = [Team(HOUSE, _lines(self._tallies(), _weeks(accounts, settled)))]
        for account in accounts:
            told += self._teams_of(account, settled[account.id])
        return told

    def _teams_of(self, account: Account, settled: Sequence[FollowUp]) -> Iterator[Team]:
        teams = teams_of(self._wiring.store, account.id)
        tallies, promises = defaultdict[str | None, list[Tally]](list), defaultdict[str | None, list[FollowUp]](list)
        for tally in self._tallies(account):
            tallies[teams.name_of(tally.group)].append(tally)
        for one in settled:
            promises[teams.name_of(one.group)].append(one)
        names = (*teams.shown, *([""] if teams.others else []))
        weeks = _tellable([_weeks([account], {account.id: promises[name]}) for name in names])
        for name, told in zip(names, weeks, strict=True):
            yield Team(f"{name or 'all other teams'}, {account.id}", _lines(tallies[name], told))

    def _tallies(self, account: Account | None = None) -> list[Tally]:
        accounts = None if account is None else [account.id]
        return tallied(self._wiring.store, self._wiring.clock().date(), days=7 * WEEKS, accounts=accounts)

    def _first_day(self) -> date:
        return self._wiring.clock().date() - timedelta(days=7 * WEEKS - 1)


def _weeks(accounts: Iterable[Account], settled: dict[str, list[FollowUp]]) -> dict[str, Week]:
    """Promises by week; each account's weeks begin in its own zone."""
    found: dict[str, Week] = {}
    for account in accounts:
        for week in by_week(settled[account.id], BusinessTime(settings_of(account).hours).zone):
            name = week.begins.isoformat()
            found[name] = found[name].with_also(week) if name in found else week
    return found


def _tellable(parts: Sequence[dict[str, Week]]) -> list[dict[str, Week]]:
    """Without the weeks in which a part has too few promises to be told: the others would give it away."""
    hushed = {name for part in parts for name, week in part.items() if not week.is_told}
    return [{name: week for name, week in part.items() if name not in hushed} for part in parts]


def _lines(tallies: Iterable[Tally], promises: dict[str, Week]) -> list[Line]:
    """The weeks in which anything was counted, the latest first, each from its Monday."""
    counted = defaultdict[str, Counter[str]](Counter)
    for one in tallies:
        day = date.fromisoformat(one.day)
        counted[(day - timedelta(days=day.weekday())).isoformat()][one.what] += one.times
    weeks = sorted(counted.keys() | promises.keys(), reverse=True)
    return [
        Line(
            week=week,
            numbers=numbers_of(counted[week], counted[week]["replies"]),
            promises=promises.get(week) or Week(begins=date.fromisoformat(week)),
        )
        for week in weeks
    ]


def _plain(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
