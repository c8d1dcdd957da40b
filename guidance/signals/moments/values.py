"""What the grammar builds: items of a text, and the clocks, spans and moments that they come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from msgspec import Struct

from guidance.hours.business import BusinessTime


class Moment(Struct, frozen=True):
    """A moment found in a text: its words (code points), the latest moment meant (aware), and `kind` `time` or `day`."""

    start: int
    end: int
    text: str
    at: datetime
    kind: str


class Item(Struct, frozen=True):
    """A piece of the folded text: what it may stand for (tag -> value), and where it is."""

    tags: Mapping[str, Any]
    start: int
    end: int


class Clock(Struct, frozen=True):
    """A time of day. `is_firm`: read as a clock of 24 hours; `is_fixed`: no part of the day can shift it any more.

    `zone`: where another one is named.
    """

    hour: int
    minute: int = 0
    second: int = 0
    is_firm: bool = False
    is_fixed: bool = False
    zone: tzinfo | None = None


class Span(Struct, frozen=True):
    """A length of time; a range stands for its longer end."""

    amount: float
    unit: str
    is_business: bool = False
    is_range: bool = False
    rest: Span | None = None


class Due(Struct, frozen=True):
    """The latest moment meant; `kind` is `time` or `day`."""

    at: datetime
    kind: str


class Scene(Struct, frozen=True):
    """When and where the words were written. `day_first`: how 5/12 is read. `is_24h`: `um 8` is in the morning.

    `business` tells the days, in the customer's zone where it is known; `office` is open as the account is, in its own zone.
    """

    now: datetime
    business: BusinessTime
    language: str
    day_first: bool
    is_24h: bool
    with_present: bool
    office: BusinessTime

    @property
    def today(self) -> date:
        """The writer's day."""
        return self.now.date()
