"""House words: the names and sayings that a brand insists on, found again in a text as whole folded words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from guidance.text.fold import fold
from guidance.text.scan import Scanner, Span

_ID = "house"


def house_spans(text: str, words: tuple[str, ...]) -> list[Span]:
    """Where these words stand in a text, in order; they may overlap. Linear in the text, however many words there are."""
    return _scanner(words).scan(fold(text)).get(_ID, []) if words else []


def is_nothing_else(text: str, span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span of a text touches some of `spans`, which are in order, and holds no letter and no digit beside them."""
    place, end = span
    touching = [one for one in spans if one[0] < end and one[1] > place]
    for first, last in touching:
        if _says_something(text[place:first]):
            return False
        place = max(place, last)
    return bool(touching) and not _says_something(text[place:end])


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with spaces in the place of these spans, so that all else stands where it stood."""
    pieces, place = [], 0
    for first, last in spans:
        pieces += [text[place:first], " " * (last - max(first, place))]
        place = max(place, last)
    return "".join([*pieces, text[place:]])


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


@lru_cache(maxsize=64)
def _scanner(words: tuple[str, ...]) -> Scanner:
    return Scanner({_ID: words}, {})
