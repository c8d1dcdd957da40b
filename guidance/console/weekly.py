"""The numbers by team and week: of the whole house, and of teams of five people and more. Never by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from guidance.accounts import calibration_of, settings_of
from guidance.console import measures
from guidance.console.counted import Numbers, numbers_of, tallied
from guidance.console.intervals import Interval
from guidance.console.measures import Feelings, Recommended, Waits, Weekly
from guidance.dispatch.teams import Teams, teams_of, with_teams
from guidance.followups.record import Week, by_week
from guidance.hours.business import BusinessTime
from guidance.model import Calibration, FollowUp
from guidance.ports import Account, Store, Tally

WEEKS = 8
HOUSE = "the whole house"


class Line(Struct, frozen=True, kw_only=True):
    """One week of a team or of the house, by its Monday: what hints did, and what came of it."""

    week: str
    numbers: Numbers
    waits: Waits
    recommended: Recommended
    feelings: dict[str, Feelings]
    promises: Week

    @property
    def kept_share(self) -> str:
        rate = self.promises.kept_rate
        return "–" if rate is None else f"{100 * rate:.0f} %"


class Team(Struct, frozen=True, kw_only=True):
    """A team's weeks, the latest first, and what the same weeks tell together. `is_fitted`: its estimates are fitted to answers."""

    name: str
    lines: list[Line]
    waits: Waits
    feelings: dict[str, Feelings]
    is_fitted: bool

    @property
    def has_change(self) -> bool:
        """Whether there are enough replies of any kind for a picture."""
        return any(one.change for one in self.feelings.values())

    @property
    def difference(self) -> Interval | None:
        return measures.difference(self.feelings)


class Reckoning:
    """What the store counted in the last weeks, put together by team."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._today = now.date()
        self._since = self._today - timedelta(
            days=self._today.weekday(), weeks=WEEKS - 1
        )  # a Monday: no week is cut off
        self.accounts = store.accounts()
        self.fits = {one.id: calibration_of(store, one.id) for one in self.accounts}
        self.tallies = {one.id: self._tallied(one) for one in self.accounts}

    def teams(self) -> list[Team]:
        """The house, then each team that may be shown."""
        settled = {one.id: self._settled(one) for one in self.accounts}
        told = measures.by_week(one for each in self.tallies.values() for one in each)
        teams = [_team(HOUSE, told, _weeks(self.accounts, settled), self.fits.values())]
        split = {one.id: teams_of(self._store, one.id) for one in self.accounts}
        for account in with_teams(split):
            teams += self._teams_of(account, split[account], settled[account])
        return teams

    def _tallied(self, account: Account) -> list[Tally]:
        days = (self._today - self._since).days + 1
        tallies = tallied(self._store, self._today, days=days, accounts=[account.id])
        return list(measures.with_fit(tallies, self.fits[account.id]))

    def _settled(self, account: Account) -> list[FollowUp]:
        return self._store.settled_follow_ups(
            account.id, since=datetime.combine(self._since, time(), _zone_of(account))
        )

    def _teams_of(self, account_id: str, teams: Teams, settled: Sequence[FollowUp]) -> Iterator[Team]:
        account = next(one for one in self.accounts if one.id == account_id)
        tallies, promises = defaultdict[str | None, list[Tally]](list), defaultdict[str | None, list[FollowUp]](list)
        for tally in self.tallies[account.id]:
            tallies[teams.name_of(tally.group)].append(tally)
        for one in settled:
            promises[teams.name_of(one.group)].append(one)
        names = (*teams.shown, *([""] if teams.others else []))
        kept = _tellable([_weeks([account], {account.id: promises[name]}) for name in names])
        told = [measures.by_week(tallies[name]) for name in names]
        measures.hushed(told)
        for name, weeks, week_by_week in zip(names, kept, told, strict=True):
            shown_as = f"{name or 'all other teams'}, {account.id}"
            yield _team(shown_as, week_by_week, weeks, [self.fits[account.id]])


def _team(name: str, told: Weekly, promises: Mapping[str, Week], fits: Iterable[Calibration]) -> Team:
    together = measures.together(told)
    return Team(
        name=name,
        lines=[_line(week, told.get(week, Counter()), promises) for week in sorted({*told, *promises}, reverse=True)],
        waits=measures.waits_of(together),
        feelings=measures.feelings_of(together),
        is_fitted=all(fit.answers for fit in fits),
    )


def _line(week: str, told: Counter[str], promises: Mapping[str, Week]) -> Line:
    return Line(
        week=week,
        numbers=numbers_of(told, told["replies"]),
        waits=measures.waits_of(told),
        recommended=measures.recommended_of(told),
        feelings=measures.feelings_of(told),
        promises=promises.get(week) or Week(begins=date.fromisoformat(week)),
    )


def _weeks(accounts: Iterable[Account], settled: Mapping[str, Sequence[FollowUp]]) -> dict[str, Week]:
    """Promises by week; each account's weeks begin in its own zone."""
    found: dict[str, Week] = {}
    for account in accounts:
        for week in by_week(settled[account.id], _zone_of(account)):
            name = week.begins.isoformat()
            found[name] = found[name].with_also(week) if name in found else week
    return found


def _zone_of(account: Account) -> tzinfo:
    return BusinessTime(settings_of(account).hours).zone


def _tellable(parts: Sequence[dict[str, Week]]) -> list[dict[str, Week]]:
    """Without the weeks in which a part has too few promises to be told: the others would give it away."""
    hushed = {name for part in parts for name, week in part.items() if not week.is_told}
    return [{name: week for name, week in part.items() if name not in hushed} for part in parts]
