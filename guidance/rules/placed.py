"""Where words stand in a turn: in the sentence that a signal rests on, or before it. What is anywhere else in a long reply tells nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guidance.model import Evidence
from guidance.signals import Heard
from guidance.text.sentences import sentences

_ALL = 40
"""As many finds as are looked at."""

Place = tuple[str, int]
"""A text of a turn, and the number of a sentence in it."""


def words_beside(side: Heard, signal: str, terms: Sequence[str]) -> tuple[Evidence, ...]:
    """The words of these terms that stand in a sentence on which the signal rests, or in the next."""
    rests_on = _places(side, side.evidence(signal, most=_ALL))
    return tuple(
        quote
        for quote, (where, number) in _placed(side, side.quotes(terms, most=_ALL))
        if {(where, number), (where, number - 1)} & rests_on
    )[:2]


def words_before(side: Heard, signal: str, terms: Sequence[str]) -> tuple[Evidence, ...]:
    """The words of these terms that stand in a sentence before the first on which the signal rests."""
    rests_on = _places(side, side.evidence(signal, most=_ALL))
    first = {where: min(number for text, number in rests_on if text == where) for where, _ in rests_on}
    quotes = _placed(side, side.quotes(terms, most=_ALL))
    return tuple(quote for quote, (where, number) in quotes if number < first.get(where, 0))[:2]


def one_a_sentence(side: Heard, terms: Sequence[str]) -> tuple[Evidence, ...]:
    """The first words of these terms in each sentence that has some, in order."""
    found: dict[Place, Evidence] = {}
    for quote, place in _placed(side, side.quotes(terms, most=_ALL)):
        if place not in found or quote.start < found[place].start:
            found[place] = quote
    return tuple(sorted(found.values(), key=lambda one: (one.where, one.start)))


def _places(side: Heard, quotes: Iterable[Evidence]) -> set[Place]:
    return {place for _, place in _placed(side, quotes)}


def _placed(side: Heard, quotes: Iterable[Evidence]) -> list[tuple[Evidence, Place]]:
    """Each quote with its text and the number of its sentence there."""
    spoken = {one.where: sentences(one.text) for one in side.said}
    placed = []
    for quote in quotes:
        number = next((n for n, (_, end) in enumerate(spoken[quote.where]) if quote.start < end), 0)
        placed.append((quote, (quote.where, number)))
    return placed
