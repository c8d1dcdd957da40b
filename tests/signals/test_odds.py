"""Values as log-odds, and back."""

from __future__ import annotations

import pytest

from guidance.signals.odds import odds_of, value_of


@pytest.mark.parametrize("value", [0.01, 0.3, 0.5, 0.97])
def test_log_odds_lead_back_to_the_value_that_they_came_from(value: float) -> None:
    assert value_of(odds_of(value, edge=0.001)) == pytest.approx(value)


@pytest.mark.parametrize(("value", "held"), [(0.0, 0.05), (1.0, 0.95), (1.4, 0.95)])
def test_no_value_is_surer_than_the_edge(value: float, held: float) -> None:
    assert value_of(odds_of(value, edge=0.05)) == pytest.approx(held)


@pytest.mark.parametrize(("odds", "value"), [(-10_000.0, 0.0), (10_000.0, 1.0)])
def test_log_odds_beyond_all_bounds_are_a_plain_no_or_yes(odds: float, value: float) -> None:
    assert value_of(odds) == pytest.approx(value)
