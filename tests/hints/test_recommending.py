"""The estimate of a recommendation: what it rests on, and how it is fitted to what customers answered."""

from __future__ import annotations

import math
import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.hints.recommending import FEWEST_ANSWERS, calibrate, estimate, fitted
from guidance.model import Calibration, Moment
from guidance.pipeline import advance
from guidance.rules import Situation, shipped_rulebook
from tests.cast import NOW, amir_says, case, rana_says

BOOK = shipped_rulebook()


def estimated(*said, calibration=None):
    state = case()
    for event in said:
        state = advance(state, event, BOOK, NOW).case
    return estimate(Situation(state, Moment.CUSTOMER, NOW, ear=BOOK.ear), calibration)


def answers(slope, shift, count, seed=3):
    """So many customers who answer as such a fit would have it."""
    drawn, found = random.Random(seed), Counter()
    for _ in range(count):
        likelihood = round(drawn.uniform(0.02, 0.98), 2)
        score = slope * math.log(likelihood / (1 - likelihood)) + shift
        found[likelihood, drawn.random() < 1 / (1 + math.exp(-score))] += 1
    return found


def loss(answered, calibration):
    """How badly an estimate tells what was answered; none is taken as surer than one in a hundred, before it is fitted."""
    held = [(min(max(likelihood, 0.01), 0.99), content, times) for (likelihood, content), times in answered.items()]
    told = ((min(max(fitted(x, calibration), 1e-9), 1 - 1e-9), content, times) for x, content, times in held)
    return -sum(times * math.log(p if content else 1 - p) for p, content, times in told)


def test_thanks_speak_for_a_recommendation_and_anger_against_it_each_with_its_words():
    glad, let_down = (
        estimated(rana_says("Thank you so much, you are wonderful!")),
        estimated(rana_says("This is ridiculous.")),
    )
    assert glad.likelihood > 0.7 > 0.3 > let_down.likelihood
    assert (
        glad.reasons[0].says == "they truly thank us"
        and glad.reasons[0].evidence[0].text in "Thank you so much, you are wonderful!"
    )
    assert not glad.calibrated


def test_where_the_customer_said_nothing_nothing_is_estimated():
    assert estimated(amir_says("Hello?")) is None


def test_a_fit_moves_the_estimate_and_says_so():
    fit = calibrate(answers(1.0, -1.5, 400))
    told = estimated(rana_says("Where is my invoice?"), calibration=fit)
    assert told.calibrated and told.likelihood < estimated(rana_says("Where is my invoice?")).likelihood


@pytest.mark.parametrize(("slope", "shift"), [(0.5, 0.8), (1.0, 0.0), (1.5, -1.0)])
def test_a_fit_finds_how_customers_answer(slope, shift):
    fit = calibrate(answers(slope, shift, 4000))
    assert fit.slope == pytest.approx(slope, abs=0.15) and fit.shift == pytest.approx(shift, abs=0.15)
    assert fit.answers == 4000


def strip_of(text, **settings):
    return advance(case(**settings), rana_says(text), BOOK, NOW).advice.facts


def test_agents_see_no_estimate_unless_the_account_wants_it():
    assert not any("recommend" in fact for fact in strip_of("This is ridiculous."))


def test_where_the_account_wants_it_the_strip_ends_with_the_estimate_marked_as_one_and_with_its_reason():
    told = strip_of("This is ridiculous.", estimate_shown=True)[-1]
    pattern = r"Estimate, uncalibrated: \d+ % of customers like this one would recommend us; what weighs most: they are let down"
    assert re.fullmatch(pattern, told)
    fitted_to = Calibration(slope=1.0, shift=0.5, answers=80)
    assert strip_of("This is ridiculous.", estimate_shown=True, calibration=fitted_to)[-1].startswith("Estimate: ")


def test_fewer_than_thirty_answers_leave_it_as_it_is():
    assert calibrate({(0.9, True): FEWEST_ANSWERS - 2, (0.1, False): 1}) == Calibration()
    assert calibrate({(0.9, True): FEWEST_ANSWERS - 1, (0.1, False): 1}).answers == FEWEST_ANSWERS


def test_answers_that_are_all_of_one_kind_fit_nothing():
    assert calibrate({(0.9, True): 500}) == Calibration()


def test_an_estimate_that_speaks_for_its_opposite_is_left_with_the_share_of_the_content():
    fit = calibrate({(0.9, False): 40, (0.1, True): 40, (0.5, True): 20})
    assert fit.slope == 0.0
    assert fitted(0.9, fit) == fitted(0.1, fit) == pytest.approx(0.6)


def test_an_answer_that_was_taken_back_counts_for_nothing():
    answered = answers(1.0, 0.5, 200)
    assert calibrate(answered) == calibrate({**answered, (0.011, True): -1, (0.012, False): 0})


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 100).map(lambda n: n / 100), st.booleans()), st.integers(0, 500), max_size=12
    )
)
def test_whatever_was_answered_a_fit_is_never_far_worse_than_none(answered):
    fit = calibrate(answered)
    assert math.isfinite(fit.slope) and math.isfinite(fit.shift) and fit.slope >= 0
    assert loss(answered, fit) <= loss(answered, Calibration()) + 0.5


def test_there_is_no_estimate_in_a_language_that_is_heard_in_part():
    assert estimated(rana_says("Das ist eine Frechheit, mein Paket ist schon wieder nicht da.")) is None
