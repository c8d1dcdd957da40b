"""What a model sees of a text: hashed words, pairs of words and runs of characters. The same code serves training."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

BUCKETS = 1 << 15
"""Buckets of the hash; a power of two."""

_RUNS = (3, 4, 5)
"""Lengths of the runs of characters, one more each."""

_MOST_KNOWN = 1 << 15
"""Words and pairs whose buckets are kept."""

_PRIME = np.uint32(0x01000193)
_MIX = np.uint32(0x9E3779B1)

Rows = NDArray[np.uint32]
Numbers = NDArray[np.int64]


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


class Pieces(Struct, frozen=True, eq=False):
    """Several pieces of text at once: the buckets of all their words and pairs, and runs of characters, and of which piece each is."""

    words: Rows
    word_of: Numbers
    characters: Rows
    character_of: Numbers


def rows_by_piece(pieces: Sequence[str]) -> Pieces:
    """The buckets of each of these folded texts, as `rows_of` finds them; what stands twice in one counts twice."""
    spoken = [piece.translate(_SPREAD).split() for piece in pieces]
    names: list[str | tuple[str, str]] = []
    counts = []
    for words in spoken:
        names += words
        names += pairwise(chain("<", words, ">"))
        counts.append(2 * len(words) + 1)
    plain = [f" {' '.join(words)} " for words in spoken]
    of = np.repeat(np.arange(len(plain)), [len(one) for one in plain])
    runs = _hashed(_codes("".join(plain)))
    within = [of[: len(run)] == of[len(of) - len(run) :] for run in runs]
    return Pieces(
        words=buckets_of(names),
        word_of=np.repeat(np.arange(len(plain)), counts),
        characters=np.concatenate([run[kept] for run, kept in zip(runs, within, strict=True)]),
        character_of=np.concatenate([of[: len(kept)][kept] for kept in within]),
    )


def words_of(folded: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words that `rows_of` counts and their spans, for evidence."""
    words, spans, place = folded.translate(_SPREAD).split(), [], 0
    for word in words:
        while folded[place].isspace():
            place += 1
        spans.append((place, place + len(word)))
        place += len(word)
    return words, spans


class _Buckets(dict[str | tuple[str, str], int]):
    """The bucket of a word, or of a pair of words, by its hash. Most were in another text just before, and hashing is dearer than looking up."""

    def __missing__(self, name: str | tuple[str, str]) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        text = name if isinstance(name, str) else " ".join(name)
        found = self[name] = binascii.crc32(text.encode()) & (BUCKETS - 1)
        return found


_BUCKETS = _Buckets()


def buckets_of(names: Iterable[str | tuple[str, str]]) -> Rows:
    """The buckets of words or of pairs of words, in order."""
    return np.array(list(map(_BUCKETS.__getitem__, names)), np.uint32)


def _words(words: list[str]) -> Rows:
    return _each_once(buckets_of(chain(words, pairwise(chain("<", words, ">")))))


def _characters(plain: str) -> Rows:
    return _each_once(np.concatenate(_hashed(_codes(f" {plain} "))))


def _codes(text: str) -> Rows:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _hashed(codes: Rows) -> list[Rows]:
    """For each length the hashes of all runs of so many characters, worked out for all places and lengths at once."""
    places = len(codes) - _RUNS[0] + 1
    if places < 1:
        return [np.empty(0, np.uint32)]
    hashed = np.repeat(np.array(_RUNS, np.uint32), places).reshape(len(_RUNS), places)
    for step in range(_RUNS[-1]):
        going_on = hashed[max(0, step + 1 - _RUNS[0]) :, : len(codes) - step]
        going_on ^= codes[step : step + going_on.shape[1]]
        going_on *= _PRIME
    hashed ^= hashed >> np.uint32(15)
    hashed *= _MIX
    hashed >>= np.uint32(11)
    hashed &= np.uint32(BUCKETS - 1)
    return [row[: max(0, places - more)] for more, row in enumerate(hashed)]


def _each_once(rows: Rows) -> Rows:
    """Sorted, each once: what `np.unique` gives, at a twelfth of its time on so few."""
    rows.sort()
    is_new = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=is_new[1:])
    kept: Rows = rows[is_new]
    return kept
