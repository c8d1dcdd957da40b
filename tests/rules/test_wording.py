"""Facts about how a draft is worded."""

from __future__ import annotations

import pytest

from guidance.rules import Rulebook, shipped_rulebook
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.schema import Example
from guidance.rules.wording import lists_steps, of_us_alone


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return shipped_rulebook()


@pytest.mark.parametrize(
    ("draft", "are_steps"),
    [
        ("Do this: 1. Open Settings 2. Tap Wi-Fi", True),
        ("Do this: 1) open Settings, 2) tap Wi-Fi", True),
        ("First, open Settings, then tap Wi-Fi.", True),
        ("The first one is €1.50 and the next one €2.50.", False),
        ("Version 1.2 came in May and version 2.0 in June.", False),
    ],
)
def test_steps_are_seen_within_a_line_whatever_numbers_them(book: Rulebook, draft: str, *, are_steps: bool) -> None:
    rule = book.rules["relationship.listen-more"]
    asked = asked_of(Example(given={"last": "How do I set it up?", "draft": draft}, line=1))
    assert (lists_steps(next(situations_of(rule, asked, book))) is not None) is are_steps


@pytest.mark.parametrize(
    ("draft", "count"),
    [
        ("Our cleaners start at ten on Sundays. We need all of the vehicles in by then. Kind regards from us", 2),
        ("We have moved your visit to Monday, as our fitter is ill. He rings you before he comes.", 0),
        ("The bay is taken from ten on. Kind regards, Ana", 0),
    ],
)
def test_sentences_that_speak_of_us_and_of_nobody_else_are_counted(book: Rulebook, draft: str, count: int) -> None:
    rule = book.rules["limits.both-win"]
    asked = asked_of(Example(given={"last": "Could we bring it back at two?", "draft": draft}, line=1))
    assert of_us_alone(next(situations_of(rule, asked, book))) == count
