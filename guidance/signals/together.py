"""What the signals of one text say about each other: a way out is one only beside a no."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

BESIDE_A_NO: Final = 0.5
"""How much surer, in log-odds, a way out may be than the no that it stands beside."""

FARTHEST: Final = 6.0
"""Log-odds beyond this count no more."""


def heard_together(values: Mapping[str, float]) -> dict[str, float]:
    """An agent's signals in view of each other, values 0..1: an alternative is a concrete step that stands beside a refusal."""
    if not {"alternative", "refusal", "action"} <= values.keys():
        return dict(values)
    refusal, step, own = (_odds(values[name]) for name in ("refusal", "action", "alternative"))
    way_out = min(refusal + BESIDE_A_NO, (own + step) / 2)
    return dict(values) | {"alternative": 1 / (1 + math.exp(-way_out))}


def _odds(value: float) -> float:
    edge = 1 / (1 + math.exp(FARTHEST))
    value = max(edge, min(1 - edge, value))
    return math.log(value / (1 - value))
