"""Occasions in a customer's life: what is to be wished well, on which day, and what must never be stored.

Finding only; planning a reminder for the day is for follow-ups. Illness and bereavement are found so that a fitting word can be
said now; `may_be_kept` is False for them, always.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import holidays
from msgspec import Struct

from guidance.model import Hours
from guidance.signals.moments import find_moments
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, word_of
from guidance.text.sentences import sentences

_KINDS = {
    "loss": either(
        r"passed away|has died|have died|died (?:last|on|in|this|suddenly)|funeral|bereave\w*|miscarriage|stillborn",
        r"lost (?:my|our) (?:husband|wife|mother|father|mum|mom|dad|son|daughter|brother|sister|baby|grand\w+)\b",
    ),
    "illness": either(
        r"(?:in|at|to) (?:the )?hospital|hospice|intensive care|cancer|chemo\w*|diagnosed with|had a stroke|heart attack",
        r"(?:my|his|her|the) surgery|terminally ill|car accident",
    ),
    "birthday": either(
        r"birthday|turns? (?:\d{1,2}|thirty|forty|fifty|sixty|seventy|eighty|ninety)",
        r"turning (?:\d{1,2}|thirty|forty|fifty|sixty|seventy|eighty|ninety)",
    ),
    "wedding": r"wedding|(?:get|gets|getting|got|am|are) married|honeymoon|engaged to|just engaged|got engaged",
    "anniversary": r"(?:our|my|their|wedding|\d{1,2}(?:st|nd|rd|th)) anniversary",
    "baby": either(
        r"new baby|newborn|baby shower|had (?:a|our) baby|(?:was|were) born|we're expecting|expecting our|am pregnant",
        r"christening",
    ),
    "job": either(
        r"new job|first day at|starting (?:a|my) (?:new )?(?:job|role)|got the job|got promoted|my promotion|just retired",
        r"retiring|retirement",
    ),
    "achievement": either(
        r"graduat\w+|passed my|won (?:the|a|an) (?:\w+ ){0,3}(?:award|prize|medal)|received (?:the|an) award",
        r"got my (?:licen[cs]e|degree|citizenship)",
    ),
}
_OCCASIONS = {kind: Pattern(word_of(words)) for kind, words in _KINDS.items()}
_NO_OCCASION = Pattern(
    either(
        r"\bdate of birth\b",
        r"\bbirthday\b[^.!?]{0,30}\b(?:match\w*|on file|wrong|incorrect|verif\w+|invalid|registered|entered|accepted)\b",
        r"\bbirthday (?:field|card template|box)\b",
        r"\b(?:phone|battery|laptop|screen|engine|router|plants?|signal|connection) (?:has |have )?died\b",
        r"\bcancel(?:l?ed)? (?:the|our|my) (?:wedding|party)\b",
    )
)
NEVER_KEPT = frozenset({"loss", "illness"})


class Occasion(Struct, frozen=True, kw_only=True):
    """One occasion: its kind, the words that tell of it, and the day if one is named. `text` is the source's own words."""

    kind: str
    start: int
    end: int
    text: str
    on: date | None = None

    @property
    def may_be_kept(self) -> bool:
        """Whether a reminder may be planned; never for illness and bereavement."""
        return self.kind not in NEVER_KEPT


def find_occasions(
    text: str, *, now: datetime, language: str = "en", hours: Hours | None = None, zone: tzinfo | None = None
) -> tuple[Occasion, ...]:
    """The occasions that a customer tells of, one of a kind; where a loss is told, nothing else is.

    `now` is aware; a day is the one named in the same sentence. English only; other languages find nothing.
    """
    if language != "en":
        return ()
    found: dict[str, Occasion] = {}
    for start, end in sentences(text):
        said = text[start:end]
        folded = fold(said)
        if _NO_OCCASION.search(folded.text):
            continue
        for kind, pattern in _OCCASIONS.items():
            if kind not in found and (hit := pattern.search(folded.text)):
                first, last = folded.span(hit.start(), hit.end())
                day = None if kind in NEVER_KEPT else _day_in(said, now, language, hours, zone)
                found[kind] = Occasion(kind=kind, start=start + first, end=start + last, text=said[first:last], on=day)
    sad = tuple(one for kind, one in found.items() if kind in NEVER_KEPT)
    return sad or tuple(found.values())


def _day_in(said: str, now: datetime, language: str, hours: Hours | None, zone: tzinfo | None) -> date | None:
    """The day that a sentence names; a stretch of time such as "within a week" is none."""
    days = [
        moment.at.date()
        for moment in find_moments(said, now=now, language=language, hours=hours, zone=zone)
        if moment.kind == "day"
    ]
    return days[0] if len(days) == 1 else None


def holiday_of(locale: str | None, day: date) -> str | None:
    """The public holiday on a day in a locale's country (`en-GB`: United Kingdom), by its English name where there is one."""
    country = (locale or "").replace("_", "-").partition("-")[2].upper()
    if len(country) != 2:
        return None
    try:
        known = holidays.country_holidays(country, years=day.year, language="en_US")
    except NotImplementedError:
        return None
    return known.get(day)


__all__ = ["Occasion", "find_occasions", "holiday_of"]
