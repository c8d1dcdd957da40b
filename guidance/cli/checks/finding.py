"""What a look at one thing showed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from guidance.errors import GuidanceError
from guidance.text.counting import counted

GOOD, DOUBTFUL, BAD = "good", "doubtful", "bad"

Told = tuple[str, str]
"""A state and a sentence."""


class Finding(Struct, frozen=True):
    """What a look at one thing showed. `state`: `good`, `doubtful` (it runs, with less than it could) or `bad`."""

    about: str
    state: str
    told: str


def look(about: str, check: Callable[[], Told]) -> Finding:
    """The finding of one check; an error of ours is one, too, and a file that can't be read."""
    try:
        return Finding(about, *check())
    except GuidanceError as error:
        return Finding(about, BAD, str(error))
    except OSError as error:
        return Finding(about, BAD, f"{error.filename}: {error.strerror}")


def ago(since: datetime, now: datetime) -> str:
    """How long ago something was, in words: `4 minutes ago`."""
    passed = max(now - since, timedelta(0))
    return f"{lasting(passed)} ago" if passed >= timedelta(minutes=1) else "less than a minute ago"


def lasting(time: timedelta) -> str:
    """A time in the largest unit that fits: `2 days`."""
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if count := time // length:
            return counted(count, unit)
    return counted(int(time.total_seconds()), "second")
