"""Names that may have been meant by one that there is not."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(name: str, there: Iterable[str], *, most: int = 3) -> str:
    """The names that come close, as in `remind_in or remind_before`; empty where none does."""
    return " or ".join(get_close_matches(name, list(there), n=most))
