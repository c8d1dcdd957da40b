"""The words of a folded text, without a pattern: splitting is an order of magnitude cheaper than matching word by word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def letter_words(folded: str) -> list[str]:
    """Runs of letters and the marks on them, in any script."""
    return folded.translate(_LETTERS).split()


def plain_words(folded: str) -> list[str]:
    """Runs of ASCII letters and digits."""
    return folded.translate(_PLAIN).split()


class _Kept(dict[int, str]):
    """For `str.translate`: what is no part of a word becomes a space. Worked out at first sight."""

    def __init__(self, is_part: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_part = is_part

    def __missing__(self, code: int) -> str:
        kept = chr(code) if self._is_part(chr(code)) else " "
        self[code] = kept
        return kept


_LETTERS = _Kept(lambda char: unicodedata.category(char)[0] in "LM")
_PLAIN = _Kept(lambda char: char.isascii() and char.isalnum())
