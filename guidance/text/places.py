"""Places in a text, and which of them lie within others: asked of thousands at once, in time that hardly grows with their number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

Span = tuple[int, int]


class Places:
    """Some places of one text. Immutable, safe to share between threads."""

    __slots__ = ("_reach", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def cover(self, span: Span) -> bool:
        """Whether `span` lies within one of these."""
        before = bisect_right(self._starts, span[0])
        return before > 0 and span[1] <= self._reach[before - 1]

    def meet(self, span: Span) -> bool:
        """Whether the first or the last character of `span` lies within one of these."""
        return self.cover((span[0], span[0] + 1)) or self.cover((span[1] - 1, span[1]))
