"""Patterns over foreign text, in time linear in it: google-re2, without the detours of its Python wrapper.

Most patterns find nothing in most texts. The wrapper needs several times as long as the search itself to say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import re2

Span = tuple[int, int]

_ANYWHERE, _AT_START, _WHOLE = (
    re2._Anchor.UNANCHORED,  # noqa: SLF001 - the wrapper has no other door to the search itself
    re2._Anchor.ANCHOR_START,  # noqa: SLF001
    re2._Anchor.ANCHOR_BOTH,  # noqa: SLF001
)
_NOWHERE = (-1, -1)

_Search = Callable[[Any, bytes, int, int], list[Span]]

_MANY = 20
"""A repeat that counts so far makes RE2 a new state for almost every text, at ten times the cost of one that does not count."""

_COUNTED = re.compile(r"(?<!\\)\{(\d+),(\d+)\}")
_BRACE_IN_CLASS = re.compile(r"\[[^\]]*\{|\\Q")


class Pattern:
    """A compiled pattern, to be used as one of `re`. Raises `re2.error` for what RE2 can't read. `is_bare`: it captures nothing."""

    __slots__ = ("_match", "_whole", "pattern")

    def __init__(self, pattern: str, *, is_bare: bool = False) -> None:
        options = re2.Options()
        options.log_errors = False
        options.never_capture = is_bare
        self.pattern = pattern
        self._whole = re2._Regexp(pattern, options)  # noqa: SLF001 - the public way keeps a cache that grows
        self._match: _Search = self._whole._regexp.Match  # noqa: SLF001
        rough = _uncounted(pattern)
        if rough != pattern:
            at_first = re2._Regexp(rough, options)._regexp.Match  # noqa: SLF001
            self._match = _behind(at_first, self._match, _shortest_end(pattern))

    def search(self, text: str, pos: int = 0) -> re2._Match | None:
        """The first place where the pattern is found."""
        data = text.encode()
        if len(data) != len(text):
            return self._whole.search(text, pos) if pos or self._is_in(data) else None
        spans = self._match(_ANYWHERE, data, pos, len(data))
        return None if spans[0] == _NOWHERE else self._found(text, spans)

    def match(self, text: str) -> re2._Match | None:
        """The pattern at the beginning of a text."""
        return self._whole.match(text) if self._is_in(text.encode(), _AT_START) else None

    def fullmatch(self, text: str) -> re2._Match | None:
        """The pattern over the whole of a text."""
        return self._whole.fullmatch(text) if self._is_in(text.encode(), _WHOLE) else None

    def finditer(self, text: str) -> Iterator[re2._Match]:
        """Every place where the pattern is found; they don't overlap."""
        data = text.encode()
        if len(data) == len(text):
            return (self._found(text, spans) for spans in self._all(data))
        return iter(self._whole.finditer(text) if self._is_in(data) else ())

    def findall(self, text: str) -> list[str]:
        """The words of all matches, or of their one group."""
        found: list[str] = self._whole.findall(text) if self._is_in(text.encode()) else []
        return found

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced."""
        changed: str = self._whole.sub(replacement, text) if self._is_in(text.encode()) else text
        return changed

    def spans(self, text: str) -> list[Span]:
        """The places of all matches in a text."""
        data = text.encode()
        found = self.spans_in(data)
        return found if len(data) == len(text) else _in_characters(data, found)

    def spans_in(self, data: bytes) -> list[Span]:
        """The places of all matches in encoded text."""
        return [spans[0] for spans in self._all(data)]

    def _is_in(self, data: bytes, anchor: re2._Anchor = _ANYWHERE) -> bool:
        return bool(self._match(anchor, data, 0, len(data))[0] != _NOWHERE)

    def _all(self, data: bytes) -> Iterator[list[Span]]:
        """All matches, group by group. After one of nothing the next is sought one character on."""
        place, end = 0, len(data)
        while place <= end:
            spans = self._match(_ANYWHERE, data, place, end)
            if spans[0] == _NOWHERE:
                return
            yield spans
            place = spans[0][1] if spans[0][1] > place else _next_character(data, place)

    def _found(self, text: str, spans: list[Span]) -> re2._Match:
        return re2._Match(self._whole, text, 0, len(text), spans)  # noqa: SLF001


def _next_character(data: bytes, place: int) -> int:
    place += 1
    while place < len(data) and data[place] & 0xC0 == 0x80:
        place += 1
    return place


def _in_characters(data: bytes, spans: Iterable[Span]) -> list[Span]:
    """Places in encoded text as places in the text itself; they come in order."""
    counted, character = 0, 0
    found = []
    for start, end in spans:
        first = character + len(data[counted:start].decode())
        character = first + len(data[start:end].decode())
        counted = end
        found.append((first, character))
    return found


def either(*parts: str) -> str:
    """The pattern of one of these, each of which may hold several itself."""
    return "|".join(parts)


def one_of(*parts: str) -> str:
    """The same as a group, to stand within a longer pattern."""
    return f"(?:{either(*parts)})"


def word_of(*parts: str) -> str:
    """The same where it stands as words of its own."""
    return rf"\b{one_of(*parts)}\b"


def _uncounted(pattern: str) -> str:
    """The pattern with no end to repeats that count far: it is found wherever the pattern is, and seldom elsewhere."""
    if _BRACE_IN_CLASS.search(pattern):
        return pattern
    return _COUNTED.sub(lambda found: f"{{{found[1]},}}" if int(found[2]) >= _MANY else found[0], pattern)


def _shortest_end(pattern: str) -> int:
    """Of the repeats that count far, how far the one counts that ends soonest."""
    return min(int(found[2]) for found in _COUNTED.finditer(pattern) if int(found[2]) >= _MANY)


def _behind(rough: _Search, match: _Search, limit: int) -> _Search:
    """The search that looks closely only where a rough one finds something longer than `limit`.

    In what is no longer, no repeat can have gone beyond its end: the match is the very one that a close look would give.
    """

    def search(anchor: Any, data: bytes, place: int, end: int) -> list[Span]:
        found = rough(anchor, data, place, end)
        start, stop = found[0]
        return found if stop - start <= limit else match(anchor, data, place, end)

    return search
