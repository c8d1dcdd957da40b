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


class Beginnings:
    """Counts what this process begins and does not come to an end with. All methods raise `StoreUnavailableError`."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._under_way: list[str] = []

    @contextmanager
    def begun(self, name: str) -> Iterator[int]:
        """How often this was begun and came to no end, this time among them. Whatever end it comes to now, it is one."""
        times = self._notebook.tally(_counted(name), seconds=_COUNTED_FOR)
        self._under_way.append(name)
        try:
            yield times
        except Exception:
            self.end(name)
            raise
        self.end(name)

    def end(self, name: str) -> None:
        """Count this beginning no more: should we end now, it is not what ended us."""
        try:
            self._under_way.remove(name)
        except ValueError:
            return
        self._notebook.untally(_counted(name))

    def end_all(self) -> None:
        """Count nothing that is under way: somebody ends us."""
        for name in [*self._under_way]:
            self.end(name)


def safest_first(claimed: Sequence[T], times: Callable[[T], int]) -> list[T]:
    """In the order in which they are best begun: what was handed out often last, and of that the first one last.

    Whoever had them all was at that one when it ended.
    """
    often = [one for one in claimed if times(one) > OFTEN]
    return [*(one for one in claimed if times(one) <= OFTEN), *reversed(often)]


def _counted(name: str) -> str:
    return f"begun:{name}"
