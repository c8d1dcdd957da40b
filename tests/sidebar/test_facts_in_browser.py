"""The facts above a draft, in the language of whoever writes it."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.resources import files

import msgspec
import pytest

from guidance.hints import recommending
from guidance.hints.strip import PROMISED, strip
from guidance.model import Calibration, Moment
from guidance.pipeline import advance
from guidance.rules import Situation, shipped_rulebook
from tests.cast import NOW, case, rana_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(60)]

BOOK = shipped_rulebook()
STRINGS = files("guidance.sidebar") / "static" / "strings"


WORDED = """async (m, locale, strip) => {
  const { loadWords } = await import("/words.js");
  const facts = new m.Facts(await loadWords(locale));
  facts.show(strip, []);
  return [...facts.list.children].map((one) => one.textContent.replaceAll("\\u00a0", " "));
}"""
ESTIMATE = {"kind": "estimate", "count": 40, "because": "upset", "says": "Estimate: 40 %"}


@pytest.mark.parametrize(
    ("locale", "fact", "told"),
    [
        ("de", {"kind": "message", "count": 3, "says": "Third message"}, "Dritte Nachricht"),
        ("fr", {"kind": "message", "count": 12, "says": "12 messages"}, "12 messages"),
        ("es", {"kind": "asks", "count": 1, "says": "Asks 1 thing"}, "Hace 1 pregunta"),
        ("de", ESTIMATE, "Schätzung: 40 % der Kunden in dieser Lage würden uns weiterempfehlen; am meisten wiegt: sie sind enttäuscht"),
        ("de", {"kind": "of a later service", "count": 2, "says": "Two of it"}, "Two of it"),
        ("de", ESTIMATE | {"because": "of a later service"}, "Estimate: 40 %"),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_the_agents_language_or_else_as_the_service_says_it(module, locale, fact, told):
    assert module("view/lists.js", WORDED, locale, [fact]) == [told]


def test_every_fact_is_told_in_english_as_the_service_says_it(module):
    told = [fact for fact in every_fact() if fact["kind"] != PROMISED]
    kinds = {"waited-minutes", "waited-hours", "waited-days", "message", "asks", "estimate", "estimate-uncalibrated"}
    assert {fact["kind"] for fact in told} == kinds
    assert module("view/lists.js", WORDED, "en", [fact | {"says": ""} for fact in told]) == [
        *dict.fromkeys(fact["says"] for fact in told)
    ]


def every_fact():
    fit = Calibration(slope=1.0, shift=0.5, answers=80)
    for waited, messages, settings in (
        (timedelta(minutes=45), 1, {"estimate_shown": True}),
        (timedelta(hours=3), 2, {"estimate_shown": True, "calibration": fit}),
        (timedelta(days=9), 12, {}),
    ):
        state = case(**settings)
        for number in range(1, messages + 1):
            state = advance(state, rana_says("Where is my tree? When does it come?", number), BOOK, NOW).case
        situation = Situation(state, Moment.CUSTOMER, state.conversation.comments[0].at + waited, ear=BOOK.ear)
        yield from msgspec.to_builtins(strip(situation))


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_whatever_an_estimate_rests_on_has_words_in_every_language(language):
    words = json.loads((STRINGS / f"{language}.json").read_text("utf8"))
    assert {key for key in words if key.startswith("fact.because-")} == {
        f"fact.because-{kind}" for kind in recommending.SAYS
    }
