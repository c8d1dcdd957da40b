"""What the signals of one text say about each other: a way out is one only beside a no, care is no deed, a bare thanks closes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from guidance.model import Signal
from guidance.signals.models import ALONE_FROM, Model, words_in
from guidance.text.fold import fold
from guidance.text.patterns import Pattern, either
from guidance.text.sentences import sentences

BESIDE_A_NO: Final = 0.5
"""How much surer, in log-odds, a way out may be than the no that it stands beside."""

FARTHEST: Final = 6.0
"""Log-odds beyond this count no more."""

FEWEST_WORDS: Final = 4
"""Fewer words beside a no, or beside words of care, hold no step."""

BARE: Final = 2.0
"""How much, in log-odds, thanks that name nothing count against gratitude: they close a message, whoever writes it."""

SHORT: Final = 4
"""Letters in words that must end where they are found."""

_THANKS = r"\b(?:thank ?(?:s|you|u)|th(?:an)?xx?|thn?ks|cheers|ty|ta)\b"
_BARE_THANKS = Pattern(_THANKS + r"(?:[ ,]+(?:@\w+|[a-z]+))?[ ,]*(?:[^\w\s,]|\n|$)")
_THANKS_FOR = Pattern(
    either(
        _THANKS
        + r"[ ,]*(?:so much|very much|a lot|a (?:bunch|million|mil|ton)|(?:once )?again|to|for|(?:you )?guys|loads|heaps|tons)\b",
        r"\b(?:many|big|huge) " + _THANKS,
        r"\bappreciat|\bgr(?:ate|eat)ful",
    )
)
"""Thanks that name something, or say how much: what "Great. Thank you" does not."""

CARES_FROM: Final = 0.3
"""The value from which words are taken for care: what else they would be is a step."""

CARES: Final = ("empty_care", "acknowledgement", "apology")
"""Whose words tell of the customer's trouble or of our regret, and hold no step: "to find her like that at two"."""

_NO_WAY_OUT = Pattern(
    either(
        r"\b(?:before|until|till|unless) (?:you|we|i|it|they) (?:can|could|may|will)\b[^.!?\n]*",
        r"\b(?:i|we)(?:'ve| have|'d| had)? (?:just |now |already |also )?"
        r"(?:checked|looked|reviewed|examined|gone (?:through|over)|been through|seen|read|tried)\b[^.!?,;\n]*",
    )
)
"""What comes only afterwards, or was looked up: "before you can borrow again", "I checked your number"."""

_TURNS = Pattern(
    either(
        r"[,;]? \b(?:but|however|although|though|instead|please)\b,?|[,;] so\b",
        r"[:;] ",
        r"[,;:] (you(?:'ll| can| could| will| may)|feel free|try|visit|contact|call)\b",
    )
)
"""Where a sentence turns from the no to what there is beside it."""


def heard_together(model: Model, folded: str, listed: Mapping[str, Signal]) -> dict[str, float]:
    """The values that a model gives a folded text, 0..1, in view of each other. `listed`: what the lists heard in it.

    Thanks that name nothing are no gratitude. An alternative is a concrete step that stands beside a refusal: told outside
    the clauses that refuse. Words of care are no step themselves.
    """
    values = model.values(folded, listed)
    if "grateful" in values and "grateful" not in listed and _thanks_in_passing(folded):
        return values | {"grateful": _value(_odds(values["grateful"]) - BARE)}
    if {"alternative", "refusal", "action"} <= values.keys():
        return _with_way_out(values | _in_one_sentence(values, model, folded), model, folded, listed)
    return values


def _in_one_sentence(values: Mapping[str, float], model: Model, folded: str) -> dict[str, float]:
    """What one sentence of several says more surely than all of them together."""
    spoken = [folded[start:end] for start, end in sentences(folded)]
    pieces = [one for one in spoken if len(one.split()) >= FEWEST_WORDS]
    if not pieces or len(spoken) < 2:
        return {}
    alone = {name: _value(odds - ALONE_FROM[name]) for name, odds in model.in_one_of(pieces).items()}
    return {name: value for name, value in alone.items() if value > values[name]}


def _with_way_out(
    values: dict[str, float], model: Model, folded: str, listed: Mapping[str, Signal]
) -> dict[str, float]:
    if values.get("empty_care", 0.0) >= CARES_FROM:
        cares = [name for name in CARES if values.get(name, 0.0) >= CARES_FROM]
        values = values | {"action": min(values["action"], _step_beside(cares, model, folded, listed))}
    step = values["action"]
    if values["refusal"] >= 0.5:
        step = min(step, _step_beside(["refusal"], model, folded, listed))
    refusal, way_out, own = map(_odds, (values["refusal"], step, values["alternative"]))
    return values | {"alternative": _value(min(refusal + BESIDE_A_NO, (own + way_out) / 2))}


def _thanks_in_passing(folded: str) -> bool:
    """Whether all the thanks in a text are the word alone."""
    return bool(_BARE_THANKS.search(folded)) and not _THANKS_FOR.search(folded)


def _step_beside(names: Sequence[str], model: Model, folded: str, listed: Mapping[str, Signal]) -> float:
    """How surely a step is told in what stands beside the words of other signals."""
    taken = [words for name in names for words in _words_of(name, model, folded, listed)]
    left = _left_beside(taken, folded)
    if "refusal" in names:
        left = _NO_WAY_OUT.sub(" ", left)
    if sum(any(map(str.isalnum, word)) for word in left.split()) < FEWEST_WORDS:
        return 0.0
    there = {
        name for name, one in listed.items() if any(_stands_in(fold(found.text).text, left) for found in one.evidence)
    }
    return model.values(left, there)["action"]


def _words_of(name: str, model: Model, folded: str, listed: Mapping[str, Signal]) -> list[str]:
    if name in listed:
        return [fold(found.text).text for found in listed[name].evidence]
    span = model.strongest(words_in(folded), name)
    return [folded[slice(*span)]] if span else []


def _left_beside(refused: list[str], folded: str) -> str:
    """A text without the clauses that hold these words."""
    spoken = (folded[start:end] for start, end in sentences(folded))
    clauses = (clause for one in spoken for clause in _TURNS.sub(r"\n\1", one).split("\n"))
    return "\n".join(clause for clause in clauses if not any(_stands_in(words, clause) for words in refused))


def _stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text as words of their own: "no" does not in "know" and "noon". A pattern may end within a long word."""
    end = 0
    while words and (start := text.find(words, end)) >= 0:
        end = start + len(words)
        goes_on = len(words) <= SHORT and text[end : end + 1].isalnum()
        if not (text[start - 1 : start].isalnum() or goes_on):
            return True
    return False


def _value(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _odds(value: float) -> float:
    edge = _value(-FARTHEST)
    value = max(edge, min(1 - edge, value))
    return math.log(value / (1 - value))
