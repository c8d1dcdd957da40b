"""What was measured, as people read it: told with its base and its interval, and only where there is enough to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from guidance.console.counted import ENOUGH
from guidance.console.intervals import Interval, Sums, of_difference, of_mean, of_share
from guidance.dispatch.teams import FEWEST
from guidance.hints.measuring import HINTED, PLAIN, WAITS, WITHHELD
from guidance.hints.recommending import fitted
from guidance.model import Calibration, Rating
from guidance.ports import Tally

TOO_FEW = "too few to tell"
WIDEST = 0.2
"""An interval of feelings that reaches further than this to either side says nothing."""

BESIDE = {HINTED: "with a hint", WITHHELD: "held out", PLAIN: "no hint was called for"}

Weekly = dict[str, Counter[str]]
"""What was counted, by the Monday of its week."""


class Waits(Struct, frozen=True):
    """How many hints were there within so many seconds of the customer's message, each counted once."""

    steps: dict[int, int] = {}

    @property
    def n(self) -> int:
        return sum(self.steps.values())

    @property
    def is_told(self) -> bool:
        """Whether these are enough to be told."""
        return self.n >= ENOUGH

    def within(self, share: float) -> str:
        """The time within which this share of them was there."""
        if not self.is_told:
            return "–"
        there = 0
        for step in WAITS:
            there += self.steps.get(step, 0)
            if there >= share * self.n:
                return _spoken(step)
        return "–"


class Feelings(Struct, frozen=True):
    """Customers' feelings before a reply and in their answer to it, -1 to 1, over so many replies."""

    n: int = 0
    before: float = 0.0
    after: float = 0.0
    changes: Sums = Sums()

    @property
    def is_told(self) -> bool:
        """Whether these are enough to be told."""
        return self.n >= FEWEST

    @property
    def change(self) -> Interval | None:
        """How much better or worse they felt; None where there are too few to tell."""
        return _tellable(of_mean(self.changes)) if self.n >= ENOUGH else None


class Recommended(Struct, frozen=True):
    """How likely recommendations seemed when tickets were solved, and what their customers answered.

    `estimate`: the mean over those `solved`, `estimate_of_rated` over those who answered; None where they are too few.
    """

    solved: int = 0
    estimate: float | None = None
    rated: int = 0
    content: int = 0
    estimate_of_rated: float | None = None

    @property
    def share(self) -> Interval | None:
        """The share of those who answered that was content; None where there are too few to tell."""
        return of_share(self.content, self.rated) if self.rated >= ENOUGH else None


def by_week(tallies: Iterable[Tally]) -> Weekly:
    """What was counted in each week."""
    found: Weekly = {}
    for one in tallies:
        day = date.fromisoformat(one.day)
        monday = (day - timedelta(days=day.weekday())).isoformat()
        found.setdefault(monday, Counter())[one.what] += one.times
    return found


def with_fit(tallies: Iterable[Tally], calibration: Calibration) -> Iterator[Tally]:
    """The tallies of one account, its estimates fitted to what its customers answered."""
    for one in tallies:
        kind, _, rest = one.what.partition(":")
        if kind in ("estimate", "pair"):
            raw, _, rating = rest.partition(":")
            told = ":".join(part for part in (kind, f"{fitted(float(raw), calibration):.2f}", rating) if part)
            yield Tally(one.day, one.rule, told, one.group, one.times)
        else:
            yield one


def hushed(parts: Sequence[Weekly]) -> None:
    """Take out what a part has too few of in a week, out of all parts: the others would give it away."""
    for kind in ("estimate", "rated", "pair", *(f"felt:{beside}" for beside in BESIDE)):
        weeks = {week for part in parts for week, told in part.items() if 0 < _size(told, kind) < FEWEST}
        for part in parts:
            for week in weeks & part.keys():
                part[week] = Counter({what: times for what, times in part[week].items() if not _is_of(what, kind)})


def waits_of(told: Counter[str]) -> Waits:
    return Waits({step: told[f"hint_in:{step}"] for step in WAITS if told[f"hint_in:{step}"] > 0})


def feelings_of(told: Counter[str]) -> dict[str, Feelings]:
    """By what stood beside the reply."""
    return {beside: _feelings(told, f"felt:{beside}") for beside in BESIDE}


def difference(felt: dict[str, Feelings]) -> Interval | None:
    """By how much more feelings rose with a hint than without, where a holdout tells; None: too few to tell."""
    hinted, withheld = felt[HINTED], felt[WITHHELD]
    if min(hinted.n, withheld.n) < ENOUGH:
        return None
    return _tellable(of_difference(hinted.changes, withheld.changes))


def recommended_of(told: Counter[str]) -> Recommended:
    ratings = {rating: max(told[f"rated:{rating}"], 0) for rating in Rating}
    return Recommended(
        solved=_size(told, "estimate"),
        estimate=_mean_likelihood(told, "estimate"),
        rated=sum(ratings.values()),
        content=ratings[Rating.GOOD],
        estimate_of_rated=_mean_likelihood(told, "pair"),
    )


def together(weeks: Weekly) -> Counter[str]:
    """All weeks as one."""
    found = Counter[str]()
    for told in weeks.values():
        found.update(told)
    return found


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def signed(feeling: float) -> str:
    return f"{feeling:+.2f}".replace("-", "−")


def spanned(found: Interval | None) -> str:
    """A change of feelings with its interval, or that there are too few to tell."""
    return f"{signed(found.value)} ({signed(found.low)} to {signed(found.high)})" if found else TOO_FEW


def _feelings(told: Counter[str], kind: str) -> Feelings:
    n = told[f"{kind}:n"]
    if n <= 0:
        return Feelings()
    before, after, squares = (told[f"{kind}:{name}"] for name in ("before", "after", "squares"))
    changes = Sums(n, (after - before) / 100, squares / 10_000)
    return Feelings(n, before / 100 / n, after / 100 / n, changes)


def _mean_likelihood(told: Counter[str], kind: str) -> float | None:
    each = [(float(what.split(":")[1]), times) for what, times in told.items() if _is_of(what, kind)]
    n = sum(times for _, times in each)
    return sum(likelihood * times for likelihood, times in each) / n if n >= FEWEST else None


def _size(told: Counter[str], kind: str) -> int:
    if kind.startswith("felt"):
        return told[f"{kind}:n"]
    return sum(times for what, times in told.items() if _is_of(what, kind))


def _is_of(what: str, kind: str) -> bool:
    return what.startswith(f"{kind}:")


def _tellable(found: Interval) -> Interval | None:
    return found if found.half <= WIDEST else None


def _spoken(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h"
