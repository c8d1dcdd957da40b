"""Backtests: what a rulebook would have said over a folder of past conversations, and how often."""

from guidance.backtests.corpus import read_corpus
from guidance.backtests.hits import Hit, Hits, run

__all__ = ["Hit", "Hits", "read_corpus", "run"]
