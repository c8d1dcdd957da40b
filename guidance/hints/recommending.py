"""Would customers like this one recommend us after such a ticket? An estimate, with its reasons, always marked as one.

It weighs what the ticket shows: how the customer feels now and whether that turned, thanks, contacts over and over, open
questions, promises kept or not. It says nothing about agents. Where an account has CSAT answers, `calibrate` fits the estimate
to them (`dispatch/calibrating.py`). In the console it is told over five tickets and more; in the sidebar it is off by default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from guidance.model import Calibration, Evidence, FollowUpState
from guidance.rules import Situation
from guidance.signals import heard_from
from guidance.signals.odds import odds_of, value_of

FEWEST_ANSWERS = 30
"""With fewer answers of customers the estimate stays uncalibrated."""

_START = 0.2
_PULL = 1.0
_STEPS = 60
_EDGE = 0.01
"""No estimate is surer than this."""

SAYS = MappingProxyType(
    {
        "thanks": "they truly thank us",
        "leaving": "they speak of leaving",
        "came-back": "they had to come back or wait",
        "open-question": "a question of theirs is still open",
        "upset": "they are let down",
        "better": "they feel better than at first",
        "worse": "they feel worse than at first",
        "kept": "a promise was kept",
        "not-in-time": "a promise was not kept in time",
    }
)
"""What an estimate may rest on, in English."""

_BROKEN = frozenset({FollowUpState.BROKEN, FollowUpState.LATE})


class Reason(Struct, frozen=True):
    """One thing that the estimate rests on. `weight` above 0 speaks for a recommendation, below 0 against it."""

    kind: str
    weight: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def says(self) -> str:
        """The reason in English."""
        return SAYS[self.kind]


class Estimate(Struct, frozen=True, kw_only=True):
    """How likely a recommendation is, 0 to 1, with the reasons, the heaviest first. `calibrated`: fitted to CSAT answers."""

    likelihood: float
    reasons: tuple[Reason, ...]
    calibrated: bool = False


def estimate(situation: Situation, calibration: Calibration | None = None) -> Estimate | None:
    """The estimate for a ticket as it stands; None where the customer has said nothing, or not in the language that is heard in full."""
    if not situation.last or not situation.heard_whole:
        return None
    reasons = tuple(sorted(_reasons(situation), key=lambda one: -abs(one.weight)))
    fit = calibration or Calibration()
    score = _START + sum(one.weight for one in reasons)
    return Estimate(
        likelihood=round(value_of(fit.slope * score + fit.shift), 2), reasons=reasons, calibrated=fit.answers > 0
    )


def fitted(likelihood: float, calibration: Calibration) -> float:
    """An uncalibrated likelihood as it becomes by what customers answered."""
    return (
        value_of(calibration.slope * _score_of(likelihood) + calibration.shift) if calibration.answers else likelihood
    )


def calibrate(answered: Mapping[tuple[float, bool], int]) -> Calibration:
    """Fit the score to CSAT: how often a customer with this uncalibrated likelihood was content, or was not.

    With fewer than `FEWEST_ANSWERS`, or all of one kind, the estimate stays as it is. The fit is drawn a little towards that.
    """
    points = [(_score_of(likelihood), content, times) for (likelihood, content), times in answered.items() if times > 0]
    answers = sum(times for *_, times in points)
    if answers < FEWEST_ANSWERS or len({content for _, content, _ in points}) < 2:
        return Calibration()
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        by_slope, by_shift = _step(points, slope, shift)
        slope, shift = slope - by_slope, shift - by_shift
    if slope < 0:
        # An estimate that would speak for its opposite says nothing; what is left is the share of those who were content.
        content = sum(times for _, is_content, times in points if is_content)
        return Calibration(slope=0.0, shift=_score_of(content / answers), answers=answers)
    return Calibration(slope=slope, shift=shift, answers=answers)


def _step(points: Sequence[tuple[float, bool, int]], slope: float, shift: float) -> tuple[float, float]:
    """One step of Newton's method, no longer than 1, so that it can't leap over what it looks for."""
    errors = [(x, times, value_of(slope * x + shift), content) for x, content, times in points]
    down_slope = sum(x * times * (p - content) for x, times, p, content in errors) + _PULL * (slope - 1)
    down_shift = sum(times * (p - content) for _, times, p, content in errors) + _PULL * shift
    a = sum(x * x * times * p * (1 - p) for x, times, p, _ in errors) + _PULL
    b = sum(x * times * p * (1 - p) for x, times, p, _ in errors)
    c = sum(times * p * (1 - p) for _, times, p, _ in errors) + _PULL
    held = a * c - b * b
    by_slope, by_shift = (c * down_slope - b * down_shift) / held, (a * down_shift - b * down_slope) / held
    longest = max(abs(by_slope), abs(by_shift), 1.0)
    return by_slope / longest, by_shift / longest


def _reasons(situation: Situation) -> Iterable[Reason]:
    last = situation.last
    yield from _felt(situation)
    if "grateful" in last.signals:
        yield Reason("thanks", 1.4, last.evidence("grateful"))
    if "churn_risk" in last.signals:
        yield Reason("leaving", -1.6, last.evidence("churn_risk"))
    if "repeat_contact" in last.signals:
        yield Reason("came-back", -0.7, last.evidence("repeat_contact"))
    if situation.draft or situation.turns.since:
        left = len(situation.unanswered)
        if left:
            yield Reason("open-question", -0.4 * min(left, 2))
    yield from _kept_or_broken(situation)


def _felt(situation: Situation) -> Iterable[Reason]:
    """How they feel now, and whether that is better or worse than at first."""
    turns = [heard_from(turn, situation.case) for turn in situation.customer_turns]
    felt = [(turn, turn.value("joy") + turn.value("grateful") - turn.value("upset")) for turn in turns]
    if not felt:
        return
    turn, now = felt[-1]
    if "upset" in turn.signals:
        yield Reason("upset", -1.5 * turn.value("upset"), turn.evidence("upset"))
    if len(felt) > 1 and now - felt[0][1] >= 0.5:
        yield Reason("better", 0.8)
    if len(felt) > 1 and felt[0][1] - now >= 0.5:
        yield Reason("worse", -0.8)


def _kept_or_broken(situation: Situation) -> Iterable[Reason]:
    states = [one.state for one in situation.case.follow_ups]
    if kept := states.count(FollowUpState.KEPT):
        yield Reason("kept", 0.5 * min(kept, 2))
    if any(state in _BROKEN for state in states):
        yield Reason("not-in-time", -0.9)


def _score_of(likelihood: float) -> float:
    return odds_of(likelihood, edge=_EDGE)
