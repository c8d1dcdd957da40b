"""What the signals of one text say about each other."""

from __future__ import annotations

import time

import pytest

from guidance.signals.models import shipped_model
from guidance.signals.together import heard_together
from guidance.text.fold import fold


def values(text: str) -> dict[str, float]:
    model = shipped_model("agent")
    assert model is not None
    return heard_together(model, fold(text).text, {})


def test_a_way_out_is_heard_beside_a_bare_no_though_a_word_of_it_holds_the_same_letters() -> None:
    heard = values("No. The shop in Norwich swaps it tomorrow between nine and noon.")
    assert heard["refusal"] > 0.5
    assert heard["alternative"] > 0.5


def test_a_bare_no_alone_holds_no_way_out() -> None:
    assert values("No. That is not possible at our shop.")["alternative"] < 0.5


@pytest.mark.parametrize("text", ["", "no", "no" * 4_000, "no " * 2_000])
def test_odd_texts_are_judged_in_no_time(text: str) -> None:
    began = time.perf_counter()
    values(text)
    assert time.perf_counter() - began < 1


def is_taken_for_a_closing(text: str) -> bool:
    model = shipped_model("customer")
    assert model is not None
    folded = fold(text).text
    return heard_together(model, folded, {})["grateful"] < model.values(folded, ())["grateful"]


@pytest.mark.parametrize(
    ("bare", "named"),
    [
        ("Great. Thank you", "Great. Thank you so much"),
        ("ok thanks", "ok thanks for the quick reply"),
        ("Thanks Lewis!", "Many thanks Lewis!"),
    ],
)
def test_a_bare_thanks_closes_and_thanks_that_name_something_do_not(bare: str, named: str) -> None:
    assert is_taken_for_a_closing(bare)
    assert not is_taken_for_a_closing(named)
