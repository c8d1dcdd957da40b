"""What somebody may have meant who mistyped a name."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 0.6


def close_to(given: str, known: Iterable[str], *, most: int = 3, at_least: float = CLOSE) -> list[str]:
    """The known names that are written like this one, the likest first."""
    import difflib  # noqa: PLC0415 - only where somebody mistyped

    return difflib.get_close_matches(given, list(known), n=most, cutoff=at_least)


def nearest(given: str, known: Iterable[str], *, at_least: float = CLOSE) -> str:
    """The known name that is written most like this one; '' where none is much like it."""
    return next(iter(close_to(given, known, most=1, at_least=at_least)), "")


def meant(given: str, known: Iterable[str]) -> str:
    """`; did you mean …?` behind what is wrong with a name; '' where nothing is much like it."""
    close = nearest(given, known)
    return f"; did you mean `{close}`?" if close else ""
