"""Public holidays by country."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country (`US`) or one of its parts (`US-CA`, ISO 3166) in a year; none where it is unknown."""
    name, _, part = country.upper().partition("-")
    try:
        return frozenset(holidays.country_holidays(name, subdiv=part or None, years=year))
    except NotImplementedError:
        return public_holidays(name, year) if part else frozenset()
