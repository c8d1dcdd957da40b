"""What ends the process that is at it leaves no other trace than its beginnings: these are counted, and it is put aside in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from guidance.ports import Notebook
from guidance.store.inbox import OFTEN

T = TypeVar("T")

MOST_BEGUN = 3
"""Beginnings that came to no end, counted from the time on when something was handed out `OFTEN`."""

ENDS_US = "Each process that was at this ended with it, so it is tried no more by itself."

_COUNTED_FOR = 86_400


@contextmanager
def begun(notebook: Notebook, name: str) -> Iterator[int]:
    """How often this was begun and came to no end, this time among them. Whatever end it comes to now, it is one."""
    name = f"begun:{name}"
    times = notebook.tally(name, seconds=_COUNTED_FOR)
    try:
        yield times
    except Exception:
        notebook.untally(name)
        raise
    notebook.untally(name)


def safest_first(claimed: Sequence[T], times: Callable[[T], int]) -> list[T]:
    """In the order in which they are best begun: what was handed out often last, and of that the first one last.

    Whoever had them all was at that one when it ended.
    """
    often = [one for one in claimed if times(one) > OFTEN]
    return [*(one for one in claimed if times(one) <= OFTEN), *reversed(often)]
