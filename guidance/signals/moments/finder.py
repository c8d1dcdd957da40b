"""Finding moments: the one door to the grammar."""

from __future__ import annotations

from datetime import datetime, tzinfo

from guidance.hours.business import BusinessTime
from guidance.hours.zones import country_of, zone_of
from guidance.hours.zones import zone as zone_named
from guidance.model import Hours
from guidance.signals.moments import clocks, days, dues, periods, spans
from guidance.signals.moments.lexicon import lexicon
from guidance.signals.moments.rewriting import rewrite
from guidance.signals.moments.values import Due, Moment, Scene
from guidance.text.fold import fold

_RULES = (*clocks.RULES, *spans.RULES, *days.RULES, *periods.RULES, *spans.LEADING, *dues.RULES)
_MONTH_FIRST = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "PH", "BZ", "FM", "PW"})
_CORE = frozenset("wmudtPSFDnoQeWK064")


def find_moments(
    text: str,
    *,
    now: datetime,
    language: str,
    hours: Hours | None = None,
    zone: tzinfo | None = None,
    with_present: bool = False,
) -> list[Moment]:
    """The moments to come that a text names, in order, each the latest that its words can mean; none where that is unsure.

    `now` is aware; days and times of day are those of `zone` (else of `hours`, else UTC). Days fall due at the close of
    business. `language` is ISO 639-1; other than English, Spanish, German and French find nothing. `with_present`: words
    like "right now" count too.
    """
    words = lexicon(language)
    if words is None:
        return []
    folded = fold(text)
    scene = _scene(now, language, hours, zone, with_present)
    items = words.items(text, folded, scene)
    if not any(not _CORE.isdisjoint(item.tags) for item in items):
        return []
    found = []
    for item in rewrite(items, _RULES, scene):
        due: Due | None = item.tags.get("Z")
        if due and due.at >= now.replace(second=0, microsecond=0):
            start, end = folded.span(item.start, item.end)
            found.append(Moment(start, end, text[start:end], due.at, due.kind))
    return found


def _scene(now: datetime, language: str, hours: Hours | None, zone: tzinfo | None, with_present: bool) -> Scene:
    here = zone or (zone_of(None, hours) if hours and hours.time_zone else now.tzinfo)
    assert here is not None
    business = BusinessTime(hours, here)
    return Scene(
        now=now.astimezone(here),
        business=business,
        language=language,
        day_first=language != "en" or not _is_month_first(hours, here),
        is_24h=language != "en",
        with_present=with_present,
        office=BusinessTime(hours) if hours and zone_named(hours.time_zone) not in (None, here) else business,
    )


def _is_month_first(hours: Hours | None, here: tzinfo) -> bool:
    """Whether 5/12 is the 12th of May where the account writes from; so it is where nothing says where that is.

    Its country says so, else that of its zone, else that of the zone in which the days are told.
    """
    if hours and hours.country:
        return hours.country[:2].upper() in _MONTH_FIRST
    house = zone_named(hours.time_zone) if hours else None
    country = country_of(house or here)
    return country is None or country in _MONTH_FIRST or country == "CA"
