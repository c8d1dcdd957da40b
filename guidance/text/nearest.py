"""What somebody may have meant who mistyped a name."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 0.6


def nearest(given: str, known: Iterable[str], *, at_least: float = CLOSE) -> str:
    """The known name that is written most like this one; '' where none is much like it."""
    import difflib  # noqa: PLC0415 - only where somebody mistyped

    return next(iter(difflib.get_close_matches(given, list(known), n=1, cutoff=at_least)), "")


def meant(given: str, known: Iterable[str]) -> str:
    """`; did you mean …?` behind what is wrong with a name; '' where nothing is much like it."""
    close = nearest(given, known)
    return f"; did you mean `{close}`?" if close else ""
