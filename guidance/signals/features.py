"""What a model sees of a text: hashed words, pairs of words and runs of characters. The same code serves training."""

from __future__ import annotations

import binascii
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 15
"""Buckets of the hash; a power of two."""

_RUNS = (3, 4, 5)
_PRIME = np.uint32(0x01000193)
_MIX = np.uint32(0x9E3779B1)

Rows = NDArray[np.uint32]


class _Spread(dict[int, str]):
    """For `str.translate`: digits become 0, and every sign stands alone between spaces."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        spread = (
            "0" if character.isdigit() else character if character.isalnum() or character == "'" else f" {character} "
        )
        self[code] = spread
        return spread


_SPREAD = _Spread()


def rows_of(folded: str) -> tuple[Rows, Rows]:
    """The buckets of a folded text's words and pairs, and those of its runs of characters, each once."""
    plain = folded.translate(_SPREAD)
    return _words(plain.split()), _characters(" ".join(plain.split()))


def words_of(folded: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words that `rows_of` counts and their spans, for evidence."""
    words, spans, place = folded.translate(_SPREAD).split(), [], 0
    for word in words:
        while not _SPREAD[ord(folded[place])].strip():
            place += 1
        spans.append((place, place + len(word)))
        place += len(word)
    return words, spans


@lru_cache(maxsize=1 << 15)
def bucket(name: str) -> int:
    """The bucket of one named feature. Most words of a text were in another one just before, and hashing is dearer than looking up."""
    return binascii.crc32(name.encode()) & (BUCKETS - 1)


def _words(words: list[str]) -> Rows:
    around = ["<", *words, ">"]
    names = [*words, *(f"{one} {two}" for one, two in pairwise(around))]
    return _each_once(np.fromiter((bucket(name) for name in names), np.uint32, len(names)))


def _characters(plain: str) -> Rows:
    codes = np.frombuffer(f" {plain} ".encode("utf-32-le"), np.uint32)
    found = [_runs(codes, length) for length in _RUNS if len(codes) >= length]
    return _each_once(np.concatenate(found)) if found else np.empty(0, np.uint32)


def _each_once(rows: Rows) -> Rows:
    """Sorted, each once: what `np.unique` gives, at a twelfth of its time on so few."""
    rows = np.sort(rows)
    kept: Rows = rows[np.concatenate(([True], rows[1:] != rows[:-1]))]
    return kept


def _runs(codes: Rows, length: int) -> Rows:
    """The hash of every run of `length` characters, worked out for all places at once."""
    with np.errstate(over="ignore"):
        hashed = np.full(len(codes) - length + 1, length, np.uint32)
        for step in range(length):
            hashed = (hashed ^ codes[step : len(codes) - length + 1 + step]) * _PRIME
        hashed = (hashed ^ (hashed >> np.uint32(15))) * _MIX
    mixed: Rows = (hashed >> np.uint32(11)) & np.uint32(BUCKETS - 1)
    return mixed
