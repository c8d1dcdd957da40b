"""The desk's pace: how soon a promise becomes a task, and how soon a reminder comes, so that a person can watch it happen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from guidance.demo.accounts import HOURS
from guidance.settings import read_settings
from guidance.store import open_store


class Pace(StrEnum):
    """AT_ONCE: no grace. GRACE: 30 seconds to correct a promise. BRISK: no grace, always open, reminded 12 minutes before."""

    AT_ONCE = "at_once"
    GRACE = "grace"
    BRISK = "brisk"


_ALWAYS = {
    "time_zone": HOURS["time_zone"],
    "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}
PACES: Mapping[Pace, Mapping[str, Any]] = {
    Pace.AT_ONCE: {"grace_for": 0, "remind_before": 2.0, "nudge_after": 4.0, "hours": HOURS, "own_hours": False},
    Pace.GRACE: {"grace_for": 30, "remind_before": 2.0, "nudge_after": 4.0, "hours": HOURS, "own_hours": False},
    Pace.BRISK: {"grace_for": 0, "remind_before": 0.2, "nudge_after": 0.002, "hours": _ALWAYS, "own_hours": True},
}


def set_pace(pace: Pace) -> None:
    """Change the settings of both demo accounts in the service's store. Raises `SetupError` where there is none."""
    settings = read_settings(os.environ)
    store = open_store(settings.redis_url, data_dir=settings.data_dir, key=settings.secret_key, max_connections=2)
    try:
        for account in store.accounts():
            store.change_account(account.id, lambda one: replace(one, settings={**one.settings, **PACES[pace]}))
    finally:
        store.close()
