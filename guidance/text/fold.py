"""Folding: one plain spelling for what people type many ways, with the way back to their own characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from guidance.text.lines import wraps

_STRAIGHT = {
    **dict.fromkeys("‘’‚‛ʼʹ′´`‹›＇", "'"),
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
}
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k",
}  # fmt: skip
_UNFOLDED = ((0x3400, 0xA000), (0xAC00, 0xD7A4), (0x1F000, 0x1FB00))
_ASCII = str.maketrans(
    dict.fromkeys((*range(10), *range(11, 32), 127), " ") | {chr(c): chr(c + 32) for c in range(65, 91)} | {"`": "'"}
)


class Folded(Struct, frozen=True):
    """A folded text. `at[i]` is the place in the original of the folded character `i`; it has one entry more than `text`."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of a folded span in the original text."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (self.at[start], self.at[start])


class _Table(dict[int, str]):
    """Code point -> its folded spelling, worked out at first sight. Kept only within the BMP, so it can't grow without end."""

    def __missing__(self, code: int) -> str:
        if any(first <= code < end for first, end in _UNFOLDED):
            return chr(code)
        folded = _spelling(chr(code))
        if len(folded) != 1:
            _RESIZED.add(chr(code))
        if code < 0x10000:
            self[code] = folded
        return folded


_RESIZED: set[str] = set()
"""Characters seen so far whose folded spelling is not exactly one character."""


@lru_cache(maxsize=128)
def fold(text: str) -> Folded:
    """Fold a text: NFKC, case, accents, quotes, dashes and spaces made plain; zero-width and direction signs dropped.

    Line feeds stay, but those that only wrap a long line become spaces. Takes time linear in the text.
    """
    if text.isascii():
        return Folded(_unwrapped(text.translate(_ASCII)), range(len(text) + 1))
    folded = text.translate(_TABLE)
    if len(folded) == len(text) and _RESIZED.isdisjoint(text):
        return Folded(_unwrapped(folded), range(len(text) + 1))
    return _fold_slowly(text)


def _fold_slowly(text: str) -> Folded:
    pieces: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        piece = _TABLE[ord(char)]
        pieces.append(piece)
        at.extend([place] * len(piece))
    at.append(len(text))
    return Folded(_unwrapped("".join(pieces)), at)


def _unwrapped(text: str) -> str:
    if len(text) < 50 or "\n" not in text:
        return text
    places = wraps(text)
    if not places:
        return text
    chars = list(text)
    for place in places:
        chars[place] = " "
    return "".join(chars)


def _spelling(char: str) -> str:
    if char in _STRAIGHT:
        return _STRAIGHT[char]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # half of a surrogate pair has no UTF-8, and re2 and Aho-Corasick read UTF-8
    return "".join(_plain(part) for part in unicodedata.normalize("NFKC", char).casefold())


def _plain(char: str) -> str:
    if char < "\x80":
        return " " if char < " " and char != "\n" else char
    kind = unicodedata.category(char)
    if kind == "Cf" or char in "\ufe0e\ufe0f" or "\u0300" <= char <= "\u036f":
        return ""
    if kind in ("Zs", "Cc"):
        return " "
    base = unicodedata.normalize("NFKD", char)
    if len(base) > 1 and all("\u0300" <= mark <= "\u036f" for mark in base[1:]):
        char = base[0]
    return _STRAIGHT.get(char) or _LETTERS.get(char, char)


_TABLE = _Table((code, spelling) for code, spelling in ((ord(c), s) for c, s in _STRAIGHT.items()))
_TABLE.update((code, chr(code).translate(_ASCII)) for code in range(128))
