"""Which language a text is in, where that can be told."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

COVERED = (
    "en", "es", "de", "fr", "pt", "it", "nl", "pl", "sv", "da", "no", "fi", "cs", "ru", "uk", "tr", "ar", "he", "zh", "ja", "ko", "el", "hu", "ro",
)  # fmt: skip
"""The languages told apart, ISO 639-1."""

FEWEST_WORDS = 4
SURE = 0.6
"""The model's own probability, over texts of any length, from which its answer is taken."""

_READ = 300
_COMMON = {
    "en": "the and you to is it i my for of this that have are not your was can be on with me please we what how when do but will no",
    "es": "que de el la los las un una por para con mi es se lo su muy pero como gracias hola esta del le al ya sin un",
    "de": "und der die das ich nicht ist ein eine mit sie wir mein zu auf es für von bitte habe den dem aber sind noch ihr wird kann",
    "fr": "et le la les un une des je vous ne pas est que pour mon ma dans avec sur bonjour merci il nous ce cette mais votre du au suis de",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_ELSEWHERE_TOO = frozenset("i do to my no on me is was will".split())
"""Common in English, and in Polish, Italian or Swedish as well: alone they tell nothing."""
_SURELY_ENGLISH = _LANGUAGES["en"] - _ELSEWHERE_TOO


def detect(text: str, hint: str | None = None) -> str | None:
    """The language of a text, ISO 639-1; `hint` is the ticket's locale (`en-US`), and wins unless the text clearly says otherwise.

    None where there is no hint and the text is too short or too mixed to tell.
    """
    expected = base(hint)
    words = text[: 2 * _READ].lower().split()
    if len(words) < FEWEST_WORDS and (text.isascii() or len(text) < 2 * FEWEST_WORDS):
        return expected
    plain = {word.strip(".,!?;:") for word in words}
    counts = {language: len(common & plain) for language, common in _LANGUAGES.items()}
    if not plain & _SURELY_ENGLISH:
        counts["en"] = 0
    first, second = sorted(counts.values(), reverse=True)[:2]
    if first >= 2 and first >= 2 * second:
        return next(language for language, count in counts.items() if count == first)
    if expected and counts.get(expected, 0) == first > 0:
        return expected
    language, probability = _identifier().classify(text[:_READ])
    return str(language) if probability >= SURE else expected


def base(locale: str | None) -> str | None:
    """The language of a locale: `pt-BR` -> `pt`."""
    return locale.replace("_", "-").split("-")[0].lower() or None if locale else None


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(COVERED)
    return identifier
