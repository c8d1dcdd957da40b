"""Time zones by any name that a helpdesk gives them."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import yaml
from babel.core import get_global

from guidance.model import Hours

_UTC = ZoneInfo("UTC")
_NOWHERE = "ZZ"
_CONTINENTS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})


def zone_of(name: str | None, hours: Hours) -> ZoneInfo:
    """The zone of a person by its name; else that of the business hours; else UTC."""
    return zone(name) or zone(hours.time_zone) or _UTC


@lru_cache(maxsize=1024)
def zone(name: str | None) -> ZoneInfo | None:
    """A zone by its IANA or its Rails name, as Zendesk and Freshdesk have it; None where there is no such zone."""
    if not name or not name.strip():
        return None
    plain = name.strip()
    for spelling in (_rails_names().get(plain.casefold()), plain, plain.replace(" ", "_")):
        if spelling and (found := _iana(spelling)):
            return found
    return None


@cache
def zones_by_city() -> dict[str, str]:
    """The cities that zones are named after, in small letters, with the zone of each: `new york`, `America/New_York`."""
    found = (name.split("/") for name in sorted(available_timezones()))
    return {parts[-1].replace("_", " ").casefold(): "/".join(parts) for parts in found if parts[0] in _CONTINENTS}


def country_of(zone: tzinfo) -> str | None:
    """The country (ISO 3166) in which a zone is; None for UTC and what else is nobody's."""
    name = getattr(zone, "key", "")
    country: str = get_global("zone_territories").get(get_global("zone_aliases").get(name, name), _NOWHERE)
    return None if country in (_NOWHERE, "001") else country


def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may also be a folder, or no path at all
        return None


@cache
def _rails_names() -> dict[str, str]:
    source = resources.files("guidance.hours") / "zones.yaml"
    names: dict[str, str] = yaml.safe_load(source.read_text("utf8"))
    return {name.casefold(): iana for name, iana in names.items()}
