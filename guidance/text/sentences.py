"""Sentences of what people really type: no capitals, bullets, line breaks, emoji, and full stops that end nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from guidance.text.lines import wraps

_EMOJI = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
_MAY_END = re.compile(f"[.!?…。！？\n{_EMOJI}]")
_ONE_EMOJI = re.compile(f"[{_EMOJI}]")
_MARKS = re.compile(f"[.!?…\"')\\]}}”’»*_{_EMOJI}]*")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs e.g i.e eg ie etc approx inc ltd co corp dept tel nr ca bzw usw z.b d.h u.a evtl inkl ggf str "
    "hr fr sra srta p.ej ej ud uds dto av pag m mme mlle p.ex cf env max min ext ref fig a.m p.m u.s u.k a.k.a".split()
)
_DAY_AND_MONTH = re.compile(r"(?:3[01]|[012]?\d)\.(?:1[0-2]|0?\d)")
_BEFORE_FIGURES = frozenset({"no", "est", "art"})
"""Words of their own that stand for another only before a figure: "no. 7" is a number, and "I said no." an answer."""
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember", "jan", "feb", "mär",
    "apr", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
)  # fmt: skip

Span = tuple[int, int]


@lru_cache(maxsize=64)
def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The sentences of a text, or of one span of it, as `(start, end)` without the blanks around; linear in the text.

    One text is asked for its sentences from several sides, so the latest few are kept.
    """
    start, end = span or (0, len(text))
    within = text[start:end]
    soft = frozenset(wraps(within))
    found: list[Span] = []
    begin = run = 0
    for mark in _MAY_END.finditer(within):
        place = mark.start()
        if place < begin:
            continue
        if place >= run:
            run = _MARKS.match(within, place + 1).end()  # type: ignore[union-attr]  # it may match nothing, so it always matches
        stop = _end_at(within, place, run, soft)
        if stop:
            _add(found, within, begin, stop, start)
            begin = stop
    _add(found, within, begin, len(within), start)
    return tuple(found)


def _add(found: list[Span], within: str, begin: int, stop: int, shift: int) -> None:
    piece = within[begin:stop]
    left = len(piece) - len(piece.lstrip(" \t\r\n-*•·>"))
    right = len(piece.rstrip())
    if piece[left : left + 1].isalnum() or "?" in piece or any(map(str.isalnum, piece)):
        found.append((shift + begin + left, shift + begin + max(right, left)))


def _end_at(text: str, place: int, stop: int, soft: frozenset[int]) -> int | None:
    """Where the sentence ends that `place` may end, None if it goes on. `stop`: behind the closing quotes and further marks there."""
    char = text[place]
    if char == "\n":
        return None if place in soft else place + 1
    if stop >= len(text) or text[stop] == "\n" or char in "。！？":
        return stop
    following = text[stop]
    if not following.isspace():
        return stop if following.isupper() and char in ".!?" and text[place - 1 : place].islower() else None
    after = text[stop : stop + 24].lstrip(" \t")
    if _is_emoji(char):
        return stop if after[:1].isupper() else None
    if char in "!?":
        return stop
    return None if _goes_on(text, place, stop, after) else stop


def _goes_on(text: str, place: int, stop: int, after: str) -> bool:
    """Whether a full stop at `place` ends no sentence: an abbreviation, a numbered day or entry, dots of hesitation."""
    if stop - place > 1 or text[place] == "…" or text[place - 1 : place] == ".":
        return after[:1].islower()
    word = text[max(0, place - 16) : place].split()
    last = word[-1].lower().lstrip("(\"'") if word else ""
    if last in _BEFORE_FIGURES and after[:1].isdigit():
        return True
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last not in ("i", "u")):
        return True
    if _DAY_AND_MONTH.fullmatch(last):
        return after[:1].islower() or after[:1].isdigit()
    if last.isdigit() and len(last) <= 2:
        return (
            after[:1].islower()
            or after.lower().startswith(_MONTHS)
            or not text[max(0, place - 16) : place - len(last)].strip(" \t-*")
        )
    return False


def _is_emoji(char: str) -> bool:
    return char >= "\u2600" and _ONE_EMOJI.match(char) is not None
