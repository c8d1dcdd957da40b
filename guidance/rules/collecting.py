"""Large values that stay: built in one go, and then no burden to the cycle collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (5_000, 20, 20)
"""When the collector looks: a draft makes some thousand values that all go by themselves, and Python's own 700 is several looks a draft."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cycle collector: packs become a million values that all stay, and looking them through doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def set_aside() -> None:
    """Keep what lives now out of the collector's later looks, and make these rarer; once a rulebook is in force.

    A look through all of a large rulebook stops the whole process, for 20 ms and more. Nothing is lost by it: a rulebook
    that is replaced holds no cycles, so it goes without the collector.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
