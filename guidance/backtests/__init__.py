"""Backtests: what a rulebook would have said over a folder of past conversations, and how often."""

from guidance.backtests.comparing import Books, Compared, Stopped, compare, lines_in
from guidance.backtests.corpus import checked, lines_of, read_corpus
from guidance.backtests.hits import Hit, Hits, run

__all__ = [
    "Books",
    "Compared",
    "Hit",
    "Hits",
    "Stopped",
    "checked",
    "compare",
    "lines_in",
    "lines_of",
    "read_corpus",
    "run",
]
