"""Lines of a text, and which line ends are only a mail program's wrapping."""

from __future__ import annotations

from collections.abc import Iterator

WRAPPED = 50
"""A line at least this long, in characters, may have been broken by a mail program rather than by its writer."""

_OPENERS = frozenset(">-*•–—·#|\n\r\t ")


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Every line of a text as `(start, end)`, its line feed left out; an empty text has one empty line."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def wraps(text: str) -> list[int]:
    """Places of the line feeds that only wrap: after a long line, before a line that opens nothing of its own."""
    places = []
    start = 0
    while (end := text.find("\n", start)) >= 0:
        if end - start >= WRAPPED and end + 1 < len(text) and text[end + 1] not in _OPENERS and text[start] != ">":
            places.append(end)
        start = end + 1
    return places
