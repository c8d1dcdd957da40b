"""Weekdays and dates that stand side by side, in all four languages, and whether they go together."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of
from guidance.text.sentences import sentences

_WEEKDAY = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi",
            "tuesday tue tues dienstag martes mardi",
            "wednesday wed mittwoch miercoles mercredi",
            "thursday thu thur thurs donnerstag jueves jeudi",
            "friday fri freitag viernes vendredi",
            "saturday sat samstag sonnabend sabado samedi",
            "sunday sun sonntag domingo dimanche",
        )
    )
    for name in names.split()
}
_MONTH = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier",
            "february feb februar febrero fevrier",
            "march mar marz maerz marzo mars",
            "april apr abril avril",
            "may mai mayo",
            "june jun juni junio juin",
            "july jul juli julio juillet",
            "august aug agosto aout",
            "september sep sept septiembre septembre",
            "october oct oktober octubre octobre",
            "november nov noviembre novembre",
            "december dec dezember diciembre decembre",
        ),
        1,
    )
    for name in names.split()
}
_DAY_NAME = r"\b(" + either(*sorted(_WEEKDAY, key=len, reverse=True)) + r"),? "
_DAY_FIRST = Pattern(
    _DAY_NAME
    + r"(?:the |den |dem |el |le )?(\d{1,2})(?:st|nd|rd|th|\.|er)? (?:of |de )?([a-z]{3,10})(?:,? (?:de )?(\d{4}))?\b"
)
_MONTH_FIRST = Pattern(_DAY_NAME + r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b")
_NO_MONTH = Pattern(_DAY_NAME + r"(?:the |den |dem |el |le )?(\d{1,2})(st|nd|rd|th)?")
_NAMED = Pattern(r"\b" + either(*(name for name in _WEEKDAY if len(name) > 4)) + r"s?\b")
_ENDS_THERE = Pattern(
    r"^(?:\s*$|[.,;!?)\"\n]|\.? (?:at|by|before|after|from|between|around|to|so|if|unless|when|once|with|um|an|ab|auf|"
    r"gegen|zuruck|a|vers|antes)\b)"
)
"""What may follow a day of the month for it to be one: "Friday the 3rd at noon", and not "Friday the 3rd parcel came"."""
_NAMES_MONTH = Pattern(r"^\.? (?:of |de )?" + one_of(*sorted(_MONTH, key=len, reverse=True)) + r"\b")
"""A day whose month stands behind it was looked at with that: "Mittwoch, 3. Juni"."""
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_FAR = 200
"""So many days from today a date without its year may be."""
_MONTHS_MEANT = range(-1, 3)
"""A day without its month is of the last, this or one of the next two."""
_ENGLISH = frozenset(
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun".split()
)

_OF_ANOTHER_YEAR = (
    (
        -1,
        Pattern(
            word_of(
                r"last year|a year ago|(?:letzte[sn]|vergangenen|vorigen) jahr(?:es)?|vor einem jahr",
                r"(?:el )?ano pasado|hace un ano|l'an(?:nee)? (?:dernier|passe)e?|il y a un an",
            )
        ),
    ),
    (
        1,
        Pattern(
            word_of(
                r"next year|a year (?:from now|on)|(?:nachste[sn]|kommenden) jahr(?:es)?|in einem jahr",
                r"(?:el )?(?:proximo ano|ano que viene)|l'an(?:nee)? prochaine?|dans un an",
            )
        ),
    ),
)
"""Words that move a date without its year into the year before, or the next."""
_LONG_AGO = Pattern(
    either(
        r"\b(?:years (?:ago|earlier)|(?:year )?before last|vorletzte[sn]|vor \w+ jahren|hace \w+ anos|il y a \w+ ans)\b",
        r"\b(?:19|20)\d\d\b",
    )
)
"""Words that move it into a year that we don't work out."""


def names_weekday(text: str) -> bool:
    """Whether a text names a day of the week, by its whole name."""
    return bool(_NAMED.search(fold(text).text))


def wrong_weekday(text: str, now: datetime) -> tuple[int, int] | None:
    """A date that does not fall on the weekday written beside it; without month or year, one near enough to be meant."""
    folded = fold(text)
    for pattern, day_group, month_group in ((_DAY_FIRST, 2, 3), (_MONTH_FIRST, 3, 2)):
        for found in pattern.finditer(folded.text):
            weekday, day, month = _WEEKDAY[found[1]], int(found[day_group]), _MONTH.get(found[month_group])
            beside = _said_beside(folded.text, *found.span())
            if month is None or (not found[4] and _LONG_AGO.search(beside)):
                continue
            years = [int(found[4])] if found[4] else _years_meant(month, day, beside, now)
            if not _falls_on(weekday, month, day, years):
                return folded.span(found.start(), found.end())
    for found in _NO_MONTH.finditer(folded.text):
        if _is_day_of_month(found[1], found[2], found[3], folded.text[found.end() :]) and not _is_near(
            _WEEKDAY[found[1]], int(found[2]), now.date()
        ):
            return folded.span(found.start(), found.end())
    return None


def _said_beside(text: str, start: int, end: int) -> str:
    """What else the sentence says in which a date stands."""
    around = next((one for one in sentences(text) if one[0] <= start < one[1]), (start, end))
    return text[around[0] : start] + " " + text[end : around[1]]


def _years_meant(month: int, day: int, beside: str, now: datetime) -> list[int]:
    """The years that may be meant by a date without one: those in which it is near, and one that words beside it name."""
    near = [year for year in range(now.year - 1, now.year + 2) if _is_within(_FAR, year, month, day, now.date())]
    return near + [now.year + step for step, words in _OF_ANOTHER_YEAR if words.search(beside)]


def _is_within(days: int, year: int, month: int, day: int, today: date) -> bool:
    with suppress(ValueError):
        return abs((date(year, month, day) - today).days) <= days
    return False


def _is_day_of_month(weekday: str, day: str, ending: str | None, rest: str) -> bool:
    """Whether a number beside a weekday is a day of the month: hours stand there as well, and a proverb."""
    if (weekday in _ENGLISH and ending not in _ORDINALS) or (weekday, day) == ("friday", "13"):
        return False
    return bool(_ENDS_THERE.search(rest[:40])) and not _NAMES_MONTH.search(rest[:40])


def _is_near(weekday: int, day: int, today: date) -> bool:
    """Whether this day falls on that weekday in a month that may be meant."""
    near = []
    for ahead in _MONTHS_MEANT:
        years, month = divmod(today.month - 1 + ahead, 12)
        with suppress(ValueError):
            near.append(date(today.year + years, month + 1, day))
    return not near or any(one.weekday() == weekday for one in near)


def _falls_on(weekday: int, month: int, day: int, years: Iterable[int]) -> bool:
    """Whether the date is on that weekday in one of these years, or is in none of them at all."""
    meant = []
    for year in years:
        with suppress(ValueError):
            meant.append(date(year, month, day))
    return not meant or any(one.weekday() == weekday for one in meant)
