"""Moments in a text: by when something is promised or wanted, in English, Spanish, German and French."""

from guidance.signals.moments.finder import find_moments
from guidance.signals.moments.values import Moment

__all__ = ["Moment", "find_moments"]
