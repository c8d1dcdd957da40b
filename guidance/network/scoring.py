"""Scores of solved tickets against a question: BM25 over postings of five bytes each.

A posting is the ticket's number (four bytes) and the word's weight in it (one byte), as `terms.matter_of` gave it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

POSTING = np.dtype([("ticket", "<u4"), ("weight", "u1")])
MOST_ASKED = 16
"""Terms of a question that are looked up: the rarest."""

COMMON_SHARE = 0.06
"""A term that stands in a larger share of the solved tickets tells nothing, unless the tickets that hold it are few."""

_FEW = 60
"""A term in no more tickets than these counts, whatever share of them it is."""

_TELLING = 20
"""With fewer solved tickets than these, nothing says whether a word that stands in one of them is rare."""

LARGEST_NUMBER = 2**32 - 1


def rarity(found_in: int, of: int) -> float:
    """How much a term tells that stands in `found_in` of so many tickets; 0.0 where it is too common, or unknown."""
    if found_in == 0 or found_in > max(_FEW, COMMON_SHARE * of):
        return 0.0
    return math.log(1 + (of - found_in + 0.5) / (found_in + 0.5))


def best(postings: Sequence[bytes], *, of: int, count: int) -> list[tuple[int, float, int]]:
    """The tickets that score highest among `of`: number, score, and how much they share. `postings`: those of each term.

    A shared term counts as one, a rare one (in fewer tickets than the root of them all, where these are enough to tell) as two.
    """
    found = [np.frombuffer(packed, POSTING) for packed in postings]
    read = [(rarity(len(one), of), one) for one in found if rarity(len(one), of)]
    if not read:
        return []
    numbers = np.concatenate([one["ticket"] for _, one in read])
    worths = np.concatenate([one["weight"] * (worth / 100) for worth, one in read])
    counts = np.concatenate([np.full(len(one), 2 if of >= _TELLING and len(one) ** 2 <= of else 1) for _, one in read])
    tickets, places = np.unique(numbers, return_inverse=True)
    scores = np.bincount(places, worths).astype(np.float64)
    shared = np.bincount(places, counts)
    return [(int(tickets[n]), float(scores[n]), int(shared[n])) for n in _highest(scores, count)]


def _highest(scores: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.intp]:
    few = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return few[np.argsort(-scores[few], kind="stable")]
