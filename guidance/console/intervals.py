"""Intervals, as textbooks have them: between which two values a share or a mean lies with 95 % confidence."""

from __future__ import annotations

import math

from msgspec import Struct

_Z = 1.959964
"""The normal distribution's 97.5 % point."""


class Interval(Struct, frozen=True):
    """A value as it was found, and between which two the true one lies with 95 % confidence."""

    value: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """How far from the middle the ends lie."""
        return (self.high - self.low) / 2


class Sums(Struct, frozen=True):
    """So many values, their sum, and the sum of their squares."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Of the whole from which these are a sample; two of them at least."""
        return max(self.squares - self.total**2 / self.n, 0.0) / (self.n - 1)


def of_share(count: int, base: int) -> Interval:
    """A share's interval after Wilson; `base` is 1 and more."""
    share, weight = count / base, _Z**2 / base
    middle = (share + weight / 2) / (1 + weight)
    half = _Z * math.sqrt(share * (1 - share) / base + weight / (4 * base)) / (1 + weight)
    return Interval(share, max(middle - half, 0.0), min(middle + half, 1.0))


def of_mean(sums: Sums) -> Interval:
    """A mean's interval after Student, of two values and more."""
    half = _t(sums.n - 1) * math.sqrt(sums.variance / sums.n)
    return Interval(sums.mean, sums.mean - half, sums.mean + half)


def of_difference(one: Sums, other: Sums) -> Interval:
    """By how much the mean of `one` is above that of `other`, after Welch; of two values and more each."""
    parts = [(sums.variance / sums.n, sums.n - 1) for sums in (one, other)]
    error = sum(part for part, _ in parts)
    freedom = error**2 / sum(part**2 / free for part, free in parts) if error else parts[0][1] + parts[1][1]
    difference, half = one.mean - other.mean, _t(freedom) * math.sqrt(error)
    return Interval(difference, difference - half, difference + half)


def _t(freedom: float) -> float:
    """Student's 97.5 % point, by its expansion about the normal one (Abramowitz and Stegun 26.7.5)."""
    z, f = _Z, freedom
    terms = (
        z,
        (z**3 + z) / (4 * f),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * f**3),
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * f**4),
    )
    return sum(terms)
