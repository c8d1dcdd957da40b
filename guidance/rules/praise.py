"""The condition about whom a customer's thanks are for."""

from __future__ import annotations

from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals.names import profile_name
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either, one_of, word_of
from guidance.text.words import letter_words

_PEOPLE = one_of(
    r"driver|agent|colleagues?|engineer|technician|fitter|nurse|doctor|guard|waiter|waitress|chef|cook|courier|postman|clerk",
    r"manager|receptionist|team|crew|staff|people|lads?|lady|ladies|man|men|woman|women|guys?|girls?|chap|fellow|department|desk",
)
_OF_ANOTHER = Pattern(
    either(
        word_of(
            r"he|she|they|him|her|them|his|hers|their|whoever|everybody|everyone",
            r"(?:your|the|that|this) (?:\w+ ){0,2}" + _PEOPLE,
            r"(?:mr|mrs|ms|miss|dr) \w+",
        ),
        r"\b(?:please|do) (?:\w+ )?thank (?:[a-x]\w*|\w{4,})",
    )
)
"""Somebody of whom they speak, and not to."""


def thanks_somebody_else(situation: Situation) -> Match:
    """The customer speaks of somebody who is not the one that reads it: by name, as "she", as "your driver"."""
    told = fold(situation.last.text).text
    reader = profile_name(situation.reader.agent_name)
    if reader and fold(reader.first).text in letter_words(told):
        return None
    return () if _OF_ANOTHER.search(told) else None
