"""What a hint quotes is what it says of its quotes: the words of the side that it speaks of, and none where it says so."""

from __future__ import annotations

from functools import cache

import pytest

from guidance.hints.attention import hint_of
from guidance.model import Hint
from guidance.rules import Fired, PackFile, Rule, build_rulebook, fires, read_packs, shipped_rulebook
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.reader import SAY_LIMIT
from guidance.rules.schema import Example

BOOK = shipped_rulebook()
RULES = list(BOOK.rules.values())

PACK = """\
pack: house
version: 1
title: House
rules:
  - id: house.day
    principle: three-as
    title: The day
    moments: [draft]
    when: {all: [{last.says: [which day]}, {draft.says: [soon]}]}
    hint: {say: Name the day., why: It is asked for.<QUOTES>}
    examples:
      fires: [{last: "Which day?", draft: "Soon."}]
      silent: [{last: "Which day?", draft: "On Friday."}]
"""


@pytest.mark.parametrize(
    ("quotes", "words"),
    [
        ("", ["Which day?", "Soon"]),
        (", quotes: draft", ["Soon"]),
        (", quotes: conversation", ["Which day?"]),
        (", quotes: nothing", []),
    ],
)
def test_a_hint_quotes_the_side_that_it_speaks_of(quotes, words):
    book = build_rulebook(read_packs([PackFile("house", PACK.replace("<QUOTES>", quotes))]))
    rule = book.rules["house.day"]
    (situation,) = situations_of(rule, asked_of(rule.examples.fires[0]), book)
    (fired,) = book.judge(situation)
    assert [one.text for one in hint_of(fired, situation).evidence] == words


@cache
def hints_of(rule_id: str) -> list[Hint]:
    """The hints that a shipped rule gives on its own examples."""
    rule = BOOK.rules[rule_id]
    return [hint for example in rule.examples.fires for hint in told_of(rule, example)]


def told_of(rule: Rule, example: Example) -> list[Hint]:
    situations = situations_of(rule, asked_of(example), BOOK)
    found = ((situation, fires(rule, situation)) for situation in situations)
    return [hint_of(Fired(rule, match), situation) for situation, match in found if match is not None]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_hint_that_speaks_of_quoted_words_has_some_and_one_that_says_there_are_none_has_none(rule):
    why = rule.hint.why
    speaks_of_quotes = "quote" in why and "no words to quote" not in why
    may_lack_them = "where there" in why
    quoted = [bool(hint.evidence) for hint in hints_of(rule.id)]
    assert all(quoted) if speaks_of_quotes and not may_lack_them else may_lack_them or not any(quoted)


@pytest.mark.parametrize(
    "rule", [one for one in RULES if "{draft.quote}" in str(one.hint.say)], ids=lambda rule: rule.id
)
def test_a_hint_whose_line_quotes_the_draft_quotes_nothing_else(rule):
    assert {one.where for hint in hints_of(rule.id) for one in hint.evidence} <= {"draft"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_line_of_a_hint_keeps_its_length_with_its_quote_in_it(rule):
    assert max(len(hint.say) for hint in hints_of(rule.id)) <= SAY_LIMIT
