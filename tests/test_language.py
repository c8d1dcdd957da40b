"""Telling a text's language: by its common words where they say it surely, else by a model, and by the locale where neither can."""

from __future__ import annotations

import pytest

from guidance.text.language import detect


@pytest.mark.parametrize("hint", [None, "en-US"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bardzo dziękuję za pomoc i do zobaczenia, wszystko działa.", "pl"),
        ("Dzień dobry, nie mogę się zalogować do aplikacji i nie wiem co robić", "pl"),
        ("Ho perso il mio biglietto, do per scontato che i costi siano rimborsati", "it"),
        ("I can't log in, do you know why? My café order is gone", "en"),
        ("i dont know why my phone is dead", "en"),
        ("No ones helping me", "en"),
        ("no me llega el correo", "es"),
    ],
)
def test_words_that_are_common_in_several_languages_do_not_make_a_text_english(text, language, hint):
    assert detect(text, hint) == language


def test_a_few_words_are_in_the_language_of_the_locale():
    assert detect("no, i do", "pl-PL") == "pl"


def test_one_word_that_comes_again_and_again_does_not_tell_a_language():
    text = "Du kan köpa bara den ena. Den långa kostar 245 kr och den korta 195 kr, och båda finns hemma."
    assert detect(text) == "sv"
