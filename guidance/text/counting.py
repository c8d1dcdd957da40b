"""A number with what it counts, as people say it."""

from __future__ import annotations


def counted(count: int, what: str) -> str:
    """`1 rule`, `2 rules`."""
    return f"{count} {what}{'' if count == 1 else 's'}"
