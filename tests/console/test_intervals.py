"""Intervals against those of a statistics library (scipy 1.17): Wilson's, Student's, Welch's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.console.intervals import Sums, of_difference, of_mean, of_share

ONE = (0.1, 0.4, 0.5, 0.2, 0.9, 0.3, -0.2, 0.6, 0.8, 0.4, 0.1, 0.7)
OTHER = (0.0, -0.3, 0.2, 0.5, -0.1, 0.1, 0.4, -0.4, 0.3, 0.0)


def sums(values):
    return Sums(len(values), sum(values), sum(one * one for one in values))


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(0, 12, 0.0, 0.24249), (8, 10, 0.49016, 0.94332), (45, 60, 0.62768, 0.84223), (12, 12, 0.75751, 1.0)],
)
def test_a_share_has_wilsons_interval(count, base, low, high):
    told = of_share(count, base)
    assert (told.value, told.low, told.high) == (
        count / base,
        pytest.approx(low, abs=1e-5),
        pytest.approx(high, abs=1e-5),
    )


def test_a_mean_has_students_interval():
    told = of_mean(sums(ONE))
    assert (told.low, told.high) == (pytest.approx(0.19546, abs=1e-4), pytest.approx(0.60454, abs=1e-4))


def test_a_difference_of_means_has_welchs_interval():
    told = of_difference(sums(ONE), sums(OTHER))
    assert told.value == pytest.approx(0.33)
    assert (told.low, told.high) == (pytest.approx(0.05715, abs=1e-4), pytest.approx(0.60285, abs=1e-4))


def test_values_that_are_all_the_same_leave_no_doubt():
    told = of_difference(sums([0.5] * 10), sums([0.25] * 10))
    assert (told.low, told.high) == (0.25, 0.25)


@given(
    st.lists(st.integers(-200, 200), min_size=2, max_size=60), st.lists(st.integers(-200, 200), min_size=2, max_size=60)
)
def test_a_difference_lies_within_its_interval_and_turns_with_its_sides(one, other):
    told, turned = of_difference(sums(one), sums(other)), of_difference(sums(other), sums(one))
    assert told.low <= told.value <= told.high
    assert (turned.value, turned.low) == (pytest.approx(-told.value, abs=1e-6), pytest.approx(-told.high, abs=1e-6))
