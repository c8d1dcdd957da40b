"""Values from 0 to 1 as log-odds, in which what speaks for and against a thing adds up, and back."""

from __future__ import annotations

import math
from typing import Final

_FARTHEST: Final = 30.0
"""Beyond this a value is 0 or 1 as far as anybody can tell, and the power of e too large to work out."""


def odds_of(value: float, *, edge: float) -> float:
    """The log-odds of a value; one that lies nearer to 0 or to 1 than `edge` is taken for the edge."""
    held = max(edge, min(1 - edge, value))
    return math.log(held / (1 - held))


def value_of(odds: float) -> float:
    """The value that these log-odds stand for."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, odds))))
