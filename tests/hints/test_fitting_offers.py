"""A line to insert that fits how the customer stands: where its condition holds it goes before those that fit anybody."""

from __future__ import annotations

import pytest

from guidance.errors import PackError
from guidance.pipeline import advance
from guidance.rules import PackFile, Rulebook, build_rulebook, read_packs
from tests.cast import NOW, amir_types, case, rana_says

PACK = """\
pack: house
version: 1
title: House
languages: [en, de]
rules:
  - id: house.lamp
    principle: three-as
    title: The lamp
    moments: [draft]
    any_language: true
    when: {last.says: [lamp, lampe]}
    hint:
      say: The lamp is on their mind.
      why: It is broken.
      offer: [About the lamp.]
      offer_where:
        - {when: {last.says: [nursery, kinderzimmer]}, offer: {en: ["A dark nursery for {waited} is no small thing.", A dark nursery is no small thing.], de: Ein dunkles Kinderzimmer.}}
        - {when: {last.says: [dark, dunkel]}, offer: I know how dark it gets.}
    examples:
      fires: [{last: "The lamp broke.", draft: "Noted."}]
      silent: [{last: "The shade broke.", draft: "Noted."}]
"""
OVERLAY = (
    "pack: ours\nversion: 1\ntitle: Ours\nfor: {account: zendesk:acme}\nchanges: {house.lamp: {offer: Your lamp.}}\n"
)


def book(*texts: str) -> Rulebook:
    return build_rulebook(read_packs([PackFile(f"p{n}", text) for n, text in enumerate(texts)]))


def offered(
    rulebook: Rulebook, said: str, draft: str = "We have noted that, and a new one leaves today."
) -> str | None:
    state = advance(case(), rana_says(said), rulebook, NOW).case
    (hint,) = advance(state, amir_types(draft), rulebook, NOW).advice.hints
    return hint.offer


@pytest.mark.parametrize(
    ("said", "offer"),
    [
        ("The lamp broke.", "About the lamp."),
        ("The lamp broke, and it is dark here.", "I know how dark it gets."),
        ("The lamp in the nursery broke, and it is dark.", "A dark nursery is no small thing."),
    ],
)
def test_the_first_line_that_fits_is_offered_and_else_one_for_anybody(said: str, offer: str):
    assert offered(book(PACK), said) == offer


def test_a_line_is_offered_in_the_language_of_the_reply_or_none():
    draft = "Wir haben das aufgenommen, und eine neue geht noch heute an Sie heraus."
    assert (
        offered(book(PACK), "Die Lampe im Kinderzimmer ist gestern kaputtgegangen.", draft)
        == "Ein dunkles Kinderzimmer."
    )
    assert offered(book(PACK), "Die Lampe ist kaputt, und jetzt ist es hier dunkel.", draft) is None


def test_an_account_with_words_of_its_own_is_offered_those_in_any_situation():
    assert offered(book(PACK, OVERLAY), "The lamp in the nursery broke.") == "Your lamp."


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("offer_where: dark", "a list"),
        ("offer_where: [{offer: Dark.}]", "`when` and `offer`"),
        ("offer_where: [{when: last.upset}]", "`when` and `offer`"),
        ("offer_where: [{when: last.upsett, offer: Dark.}]", "last.upset"),
        ("offer_where: [{when: last.upset, offer: 'For {someone}.'}]", "{someone}"),
    ],
)
def test_a_line_that_can_not_be_read_is_named_with_its_place(told: str, names: str):
    start, _, rest = PACK.partition("      offer_where:")
    text = f"{start}      {told}\n    examples:{rest.partition('    examples:')[2]}"
    with pytest.raises(PackError, match=r"p0:16: rule house\.lamp: ") as caught:
        book(text)
    assert names in str(caught.value)
