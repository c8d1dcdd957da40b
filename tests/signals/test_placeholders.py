"""Placeholders that nobody filled in, and what only looks like one."""

from __future__ import annotations

import pytest

from guidance.signals.placeholders import placeholder


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Your order XXXX leaves today.", "XXXX"),
        ("Your code is xxxx", "xxxx"),
        ("The fee is XXXXX euros, due on 12 May.", "XXXXX"),
        ("Your parcel arrives on ________.", "________"),
        ("The price is TODO.", "TODO"),
        ("TODO: ask for the price", "TODO"),
        ("Use ${discount_code} when you pay.", "${discount_code}"),
    ],
)
def test_what_waits_to_be_filled_in_is_found(text: str, words: str) -> None:
    span = placeholder(text)
    assert span is not None
    assert text[slice(*span)] == words


@pytest.mark.parametrize(
    "text",
    [
        "We charged card XXXX XXXX XXXX 4242 on Monday.",
        "It is the one that ends so: XXXX-XXXX-XXXX-4242.",
        "It begins with 5412 (5412-XXXX-XXXX-XXXX).",
        "To DE12 XXXX XXXX XXXX XXXX 12.",
        "We have 0171 XXXX 678.",
        "Sign at the line ________ on page 2.",
        "Your name goes on the empty line: ________.",
        "Type TODO before the task.",
        "Search for TODO in the editor.",
        "Every “TODO” is listed there.",
        "Have a lovely weekend xxxx",
        "Set it to ${HOME}/bin and restart.",
        "Type export PATH=${JAVA_HOME}/bin:${PATH} there.",
    ],
)
def test_a_mask_a_line_to_sign_a_word_to_type_and_kisses_are_none(text: str) -> None:
    assert placeholder(text) is None


def test_all_in_spanish_is_nothing_left_to_do() -> None:
    assert placeholder("Hola, Ana: todo está listo, y lo llevo yo hasta el final.") is None
    assert placeholder("Hi Ana, TODO write the date.") == (8, 12)
