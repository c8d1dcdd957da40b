"""What commits without a verb of promising: "your parcel leaves tonight", "le llega el jueves", "der Monteur kommt um drei".

In German, French and Spanish the present tense is how most things are promised, and in English many. What tells such a
sentence from a plain fact is what is done, for whom, and what stands around it: a moment to come, and none of the words that
make it a condition, a rule, a hope, a denial, a report, or the customer's own task.
"""

from __future__ import annotations

from guidance.signals.undertaking.english import ENGLISH
from guidance.signals.undertaking.french import FRENCH
from guidance.signals.undertaking.german import GERMAN
from guidance.signals.undertaking.spanish import SPANISH
from guidance.text.patterns import Pattern, either, one_of, word_of

_REASSURES = word_of(
    r"don't (?:you )?worry|not to worry|no worries|never mind|no problem|no dramas|no bother|no stress|no need to worry",
    r"kein thema|kein problem|kein ding|keine sorge|keine bange|keine angst|mach(?:en sie)? (?:dir|"
    r"sich) keinen? (?:kopf|sorgen?|gedanken)",
    r"(?:ne )?(?:t'inquiete|vous inquietez|vous en faites) pas|pas de (?:souci|probleme|panique|stress)|aucun souci|sans souci",
    r"no (?:se|te) preocup[ea]s?|no hay problema|sin problema|no pasa nada|no se apure|no hace falta que [^:;,.]*",
)
"""What only calms: the "no" in it denies nothing."""

_ASKS_TIME = (
    r"\b(?:give (?:me|us)|gib (?:mir|uns)|geben sie (?:mir|uns)|(?:laissez|laisse|donnez|donne)-(?:moi|nous)"
    r"|(?:de|da|deje|deja|den)(?:me|nos)) (?:[\w'-]+ ){0,5}?(?:d')?"
    + one_of(
        r"hours?|minutes?|mins?|days?|stunden?|minuten?|tage?n?|heures?|jours?|horas?|horitas?|minut(?:o|ito)s?|dias?"
    )
    + r"\b(?:,? (?:please|bitte|s'il vous plait|por favor),?)?"
)
_GIVEN_TIME = Pattern(r"^\W*" + _ASKS_TIME + r"\W*$")
_SET_ASIDE = Pattern(
    either(
        _REASSURES,
        _ASKS_TIME,
        r"\b(?:frage|prufe|schaue|sehe|klare|kontrolliere|hore)n?,? (?:nach,? )?ob\b|\b(?:by|before) (?:the )?end of\b",
        r"\b(?:le|les|te|os) "
        + one_of(
            r"recuerdo|recordamos|informo|informamos|comento|comunico|comunicamos|agradezco|agradecemos|ruego|rogamos|confirmo",
            r"confirmamos|interesa|conviene|parece|gusta|falta|faltan|sobra|corresponde|toca|recomiendo|sugiero|aconsejo|saludo",
        )
        + r"\b",
        r"\bcon (?:mucho |todo )?gusto\b|\ben (?:un|el) plazo (?:maximo )?de\b|\bpasado manana\b|\bcomme si c'etait fait\b",
        r"\b(?:nicht|not|non pas|pas|no) (?:\w+ ){0,2}?(?:\w+day|today|tomorrow|\w+tag|mittwoch|heute|morgen|\w+di|dimanche|demain"
        r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|hoy),? (?:sondern|but|mais|sino)\b",
        r"\bne (?:vous|te) (?:donnez|donne|derangez|derange|fatiguez|fatigue|embetez|embete) pas\b[^,;:.]*",
    )
)
"""What calms, asks for the time that it takes, looks whether all is well, puts one day for another, or speaks of no past: no condition, no request, no denial."""

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}


def undertakes(folded: str, language: str) -> tuple[bool, bool]:
    """Whether these words commit us whatever the time, as we do something for the customer or say so outright; and whether they do if they name a moment to come."""
    words = LANGUAGES.get(language)
    if words is None:
        return False, False
    folded = _SET_ASIDE.sub(" ", folded)
    is_outright = words.outright.search(folded) or words.standing.search(folded)
    if is_outright and not words.condition.search(folded):
        return True, False
    if words.blocks.search(folded):
        return False, False
    does = bool(words.does.search(folded)) and not words.courtesies.search(folded)
    return does, bool(words.acts.search(folded))


def stands_for_good(folded: str, language: str) -> bool:
    """Whether a commitment holds from now on, and nothing is left to do by any day: "you won't be charged again"."""
    words = LANGUAGES.get(language)
    return words is not None and bool(words.standing.search(folded))


def asks_for_time(folded: str) -> bool:
    """Whether these words do no more than ask for the time that something takes: "give me an hour"."""
    return bool(_GIVEN_TIME.search(folded))


def is_news(folded: str, language: str) -> bool:
    """Whether a commitment only tells what happens to their matter: "the parcel is with the driver and comes at noon"."""
    words = LANGUAGES.get(language)
    return words is not None and not words.ours.search(folded)
