"""What a card quotes: clauses that can be read, and in its line the words of the side that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from guidance.hints.quoting import tidied
from guidance.model import Evidence, Hint
from guidance.pipeline import advance
from guidance.rules import PackFile, Rulebook, build_rulebook, read_pack, shipped_rulebook
from tests.cast import NOW, amir_types, case, rana_says

RULES = """\
pack: quotes
version: 1
title: Quotes
rules:
  - id: quotes.both
    principle: three-as
    family: one
    title: Both
    moments: [draft]
    when: {all: [{last.says: [flooded]}, {draft.says: [have a, blue moon]}]}
    hint: {say: ["“{draft.quote}” beside “{last.quote}”.", "“{last.quote}” alone."], why: It does.}
    examples: {fires: [{last: It flooded., draft: Once in a blue moon.}], silent: [{last: a, draft: Gladly.}]}
"""
BOOK = build_rulebook([read_pack(PackFile("quotes.yaml", RULES))])


def heard(last: str, draft: str, book: Rulebook = BOOK) -> Mapping[str, Hint]:
    state = advance(case(), rana_says(last), book, NOW).case
    advice = advance(state, amir_types(draft), book, NOW, everything=True).advice
    return {hint.rule: hint for hint in advice.hints}


def told(last: str, draft: str) -> Hint:
    return heard(last, draft)["quotes.both"]


def test_the_line_names_the_words_of_the_side_that_it_speaks_of():
    hint = told("Our cellar flooded on Monday, again.", "That is a blue moon event, Rana.")
    assert hint.say == "“blue moon” beside “Our cellar flooded on Monday”."


def test_the_customer_is_quoted_in_whole_clauses():
    hint = told("Hello. On Monday the cellar flooded and nobody came, would you believe it.", "Once in a blue moon.")
    assert [one.text for one in hint.evidence if one.where != "draft"] == [
        "On Monday the cellar flooded and nobody came",
    ]


@pytest.mark.parametrize(
    ("draft", "quote"),
    [("Once in a blue moon, it happens.", "blue moon"), ("It happens, have a good day.", "have a good day")],
)
def test_a_draft_is_quoted_to_the_word_unless_that_would_end_in_the_air(draft: str, quote: str):
    assert quote in [one.text for one in told("It flooded.", draft).evidence if one.where == "draft"]


def test_a_hint_about_the_draft_does_not_quote_the_customer_in_its_place():
    said = heard(
        "My mother passed away on Monday. What happens with her account?",
        "Before we can do anything we need the death certificate and form 12B.",
        shipped_rulebook(),
    )
    assert "passed away" not in said["dialogue.person-before-procedure"].say


@pytest.mark.parametrize(
    ("draft", "quote"),
    [
        ("Hi Rana, so sorry for the inconvenience.", "so sorry for the inconvenience"),
        ("Please accept our apologies, Rana.", "Please accept our apologies"),
        ("We regret any inconvenience caused by the delay of your parcel. A new one is packed.", "any inconvenience"),
    ],
)
def test_a_stock_phrase_of_two_words_is_quoted_in_its_clause_where_that_fits_the_line(draft: str, quote: str):
    hint = heard("Third time I write. Still no parcel.", draft, shipped_rulebook())["dialogue.not-a-script"]
    assert hint.say.startswith(f"“{quote}” reads as canned.")


@pytest.mark.parametrize(
    ("draft", "quote"),
    [
        (
            "We look into it ! — we want you to upgrade at the best price, Rana! ",
            "we want you to upgrade at the best price",
        ),
        (", and we are thrilled, Rana! 😊", "and we are thrilled, Rana! 😊"),
        ("😊", "😊"),
        (" :) ", ":)"),
    ],
)
def test_a_quote_begins_at_a_word_and_ends_without_a_loose_sign(draft: str, quote: str):
    start = draft.index("!") if draft.startswith("We look") else 0
    whole = Evidence("draft", start, len(draft), draft[start:])
    told = tidied(whole)
    assert told.text.startswith(quote)
    assert told.text == draft[told.start : told.end]


def test_what_is_asked_for_again_is_quoted_from_the_subject_as_well():
    asks = "Please send me your order number so I can look."
    state = advance(case(), rana_says("Where is my parcel?"), shipped_rulebook(), NOW).case
    ticket = replace(state.conversation.ticket, subject="Olive tree, order 20417")
    state = replace(state, conversation=replace(state.conversation, ticket=ticket))
    advice = advance(state, amir_types(asks), shipped_rulebook(), NOW).advice
    hint = next(one for one in advice.hints if one.rule == "slips.asks-again")
    assert "“order 20417”" in hint.say
    assert [(quote.where, quote.text) for quote in hint.evidence][1] == ("ticket.subject", "order 20417")


def test_a_question_is_quoted_without_what_was_asked_beside_it():
    state = advance(case(), rana_says("Is breakfast included and until when can I check out?"), shipped_rulebook(), NOW)
    reply = "Hi Rana, breakfast is included."
    advice = advance(state.case, amir_types(reply), shipped_rulebook(), NOW, everything=True).advice
    hint = next(one for one in advice.hints if one.rule == "relationship.answer-every-question")
    assert [one.text for one in hint.evidence] == ["until when can I check out?"]
