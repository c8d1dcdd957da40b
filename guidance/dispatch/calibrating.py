"""How the estimate is fitted to what customers answered: once a day, by account, from counts alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from guidance.accounts import calibration_name
from guidance.hints.recommending import calibrate
from guidance.model import Calibration, Rating
from guidance.ports import Store

LOOKS_BACK = timedelta(days=180)
"""Older answers are about another service than today's."""

_ANEW_AFTER = 24 * 3600
_KEPT_FOR = 7 * 24 * 3600


def look_at_answers(store: Store, now: datetime) -> None:
    """Fit each account's estimate anew where that was not done today. Raises `StoreUnavailableError`."""
    for account in store.accounts():
        if store.remember(f"calibrated:{account.id}", b"1", seconds=_ANEW_AFTER):
            fit = msgspec.json.encode(fit_of(store, account.id, now))
            store.keep(calibration_name(account.id), fit, seconds=_KEPT_FOR)


def fit_of(store: Store, account_id: str, now: datetime) -> Calibration:
    """The fit to all that the account's customers answered in the last half year."""
    answered = Counter[tuple[float, bool]]()
    for one in store.tallies(account_id, since=(now - LOOKS_BACK).date(), until=now.date()):
        kind, _, rest = one.what.partition(":")
        if kind == "pair":
            likelihood, _, rating = rest.partition(":")
            answered[float(likelihood), rating == Rating.GOOD] += one.times
    return calibrate(answered)
