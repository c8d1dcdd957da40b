"""Would customers like this one recommend us after such a ticket? An estimate, with its reasons, always marked as one.

It weighs what the ticket shows: how the customer feels now and whether that turned, thanks, contacts over and over, open
questions, promises kept or not. It says nothing about agents. Where an account has CSAT answers, `calibrate` fits the estimate
to them. In the console only shares over five tickets and more are shown; in the sidebar it is off by default.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from guidance.model import Evidence, FollowUpState
from guidance.rules import Situation
from guidance.signals import heard_from

_START = 0.2
_BROKEN = frozenset({FollowUpState.BROKEN, FollowUpState.LATE})


class Reason(Struct, frozen=True):
    """One thing that the estimate rests on. `weight` above 0 speaks for a recommendation, below 0 against it."""

    says: str
    weight: float
    evidence: tuple[Evidence, ...] = ()


class Estimate(Struct, frozen=True, kw_only=True):
    """How likely a recommendation is, 0 to 1, with the reasons, the heaviest first. `calibrated`: fitted to CSAT answers."""

    likelihood: float
    reasons: tuple[Reason, ...]
    calibrated: bool = False
    is_estimate: bool = True


class Calibration(Struct, frozen=True):
    """How the raw score becomes a likelihood: as it is, or fitted to what customers really answered."""

    slope: float = 1.0
    shift: float = 0.0
    answers: int = 0


def estimate(situation: Situation, calibration: Calibration | None = None) -> Estimate | None:
    """The estimate for a ticket as it stands; None where the customer has said nothing that we can hear."""
    if not situation.last or not situation.covered:
        return None
    reasons = tuple(sorted(_reasons(situation), key=lambda one: -abs(one.weight)))
    fit = calibration or Calibration()
    score = _START + sum(one.weight for one in reasons)
    return Estimate(
        likelihood=round(_logistic(fit.slope * score + fit.shift), 2), reasons=reasons, calibrated=fit.answers > 0
    )


def calibrate(answered: Sequence[tuple[float, bool]], *, fewest: int = 30) -> Calibration:
    """Fit the score to CSAT: pairs of an uncalibrated likelihood and whether the customer was content.

    With fewer than `fewest` pairs, or all of one kind, the estimate stays as it is.
    """
    kinds = {content for _, content in answered}
    if len(answered) < fewest or len(kinds) < 2:
        return Calibration()
    points = [(_logit(likelihood), 1.0 if content else 0.0) for likelihood, content in answered]
    slope, shift = 1.0, 0.0
    for _ in range(200):
        errors = [(x, _logistic(slope * x + shift) - y) for x, y in points]
        slope -= 0.5 * (sum(x * error for x, error in errors) / len(points) + 0.01 * (slope - 1))
        shift -= 0.5 * sum(error for _, error in errors) / len(points)
    return Calibration(slope=max(slope, 0.0), shift=shift, answers=len(answered))


def _reasons(situation: Situation) -> Iterable[Reason]:
    last = situation.last
    yield from _felt(situation)
    if "grateful" in last.signals:
        yield Reason("they truly thank us", 1.4, last.evidence("grateful"))
    if "churn_risk" in last.signals:
        yield Reason("they speak of leaving", -1.6, last.evidence("churn_risk"))
    if "repeat_contact" in last.signals:
        yield Reason("they had to come back or wait", -0.7, last.evidence("repeat_contact"))
    if situation.draft or situation.turns.since:
        left = len(situation.unanswered)
        if left:
            yield Reason("a question of theirs is still open", -0.4 * min(left, 2))
    yield from _kept_or_broken(situation)


def _felt(situation: Situation) -> Iterable[Reason]:
    """How they feel now, and whether that is better or worse than at first."""
    turns = [heard_from(turn, situation.case) for turn in situation.customer_turns]
    felt = [(turn, turn.value("joy") + turn.value("grateful") - turn.value("upset")) for turn in turns]
    if not felt:
        return
    turn, now = felt[-1]
    if "upset" in turn.signals:
        yield Reason("they are let down", -1.5 * turn.value("upset"), turn.evidence("upset"))
    if len(felt) > 1 and now - felt[0][1] >= 0.5:
        yield Reason("they feel better than at first", 0.8)
    if len(felt) > 1 and felt[0][1] - now >= 0.5:
        yield Reason("they feel worse than at first", -0.8)


def _kept_or_broken(situation: Situation) -> Iterable[Reason]:
    states = [one.state for one in situation.case.follow_ups]
    if kept := states.count(FollowUpState.KEPT):
        yield Reason("a promise was kept", 0.5 * min(kept, 2))
    if any(state in _BROKEN for state in states):
        yield Reason("a promise was not kept in time", -0.9)


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _logit(likelihood: float) -> float:
    held = min(max(likelihood, 0.01), 0.99)
    return math.log(held / (1 - held))
