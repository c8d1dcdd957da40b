"""The conditions about illness and bereavement in a customer's life, with the words that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guidance.model import Evidence
from guidance.rules.schema import Match
from guidance.rules.situation import Situation
from guidance.signals import occasions
from guidance.text.patterns import Span

_MOST = 2
"""As many words as any condition quotes."""


def tells_of_death(situation: Situation) -> Match:
    """Somebody has died, and nobody whom they tell of is dying."""
    return _told(situation, occasions.deaths)


def tells_of_grief(situation: Situation) -> Match:
    """A death, somebody who is dying, grave illness or an accident."""
    return _told(situation, occasions.griefs)


def tells_of_ailing(situation: Situation) -> Match:
    """Any of these, or illness however light: nothing of which a reminder is made."""
    return _told(situation, occasions.ailments)


def _told(situation: Situation, find: Callable[[str], Sequence[Span]]) -> Match:
    quotes = [
        Evidence(one.where, start, end, one.text[start:end])
        for one in situation.last.said
        for first, last in one.reading.written
        for start, end in _placed(find(one.text[first:last]), first)
    ]
    return tuple(quotes[:_MOST]) or None


def _placed(spans: Sequence[Span], first: int) -> Sequence[Span]:
    return [(first + start, first + end) for start, end in spans]
