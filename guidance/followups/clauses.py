"""The clauses of a folded sentence: as far as a denial, a delay or a doubt in it reaches."""

from __future__ import annotations

from collections.abc import Iterator

from guidance.text.patterns import Pattern, Span

_SO = "so "
_BREAK = Pattern(
    rf"[,;:()!]| - |\b{_SO}(?:i|we|you|he|she|it|they|the|your|our|that|there)\b"
    r"|\b(?:but|and|because|while|aber|und|sondern|weil|denn|pero|sino|y|porque|mais|et|car|parce que)\b"
)
"""Where a clause ends. "So" ends one before whom the next speaks of, and none in "so far"."""


def clauses(folded: str) -> Iterator[str]:
    """Every clause, in order."""
    begin = 0
    for start, end in _breaks(folded):
        yield folded[begin:start]
        begin = end
    yield folded[begin:]


def clause_at(folded: str, start: int, end: int) -> Span:
    """The clause in which something stands."""
    breaks = _breaks(folded)
    begins = max((after for _, after in breaks if after <= start), default=0)
    return begins, min((before for before, _ in breaks if before >= end), default=len(folded))


def _breaks(folded: str) -> list[Span]:
    return [(start, start + len(_SO) if folded.startswith(_SO, start) else end) for start, end in _BREAK.spans(folded)]
