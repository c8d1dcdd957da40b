"""Words cut to a length, for a line that has to hold them."""

from __future__ import annotations


def shortened(text: str, longest: int) -> str:
    """A text in one line of at most `longest` characters, cut between two words where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"
