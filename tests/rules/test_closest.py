"""Why a rule is silent, in its author's words: what it waits for, or the branch that came closest and what that lacks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from guidance.rules import PackFile, build_rulebook, read_packs
from guidance.rules.closest import as_written, lacking, waits_for
from guidance.rules.engine import explain, fires
from guidance.rules.examples import asked_of, situations_of
from guidance.rules.schema import Example
from tests.rules.test_variations import PACK

UPSET = {"last": "Which day will it come?", "draft": "Soon, I am sure."}


def situation_of(when, *, head="", **given):
    """The house's rule with this `when`, and the example as it stands before it."""
    text = PACK.replace("{last.says: [which day]}", when).replace("rules:", f"{head}rules:", 1)
    book = build_rulebook(read_packs([PackFile("house", text)]))
    rule = book.rules["house.day"]
    return rule, next(situations_of(rule, asked_of(Example(given=UPSET | given, line=1)), book))


@pytest.mark.parametrize(
    ("when", "lacks"),
    [
        ("{last.says: [which day]}", ()),
        ("{last.says: [which hour]}", ("last.says [which hour]",)),
        ("{all: [{last.says: [which day]}, {draft.says: [friday, monday]}]}", ("draft.says [friday, monday]",)),
        ("{not: {draft.says: [soon]}}", ("not draft.says [soon]",)),
        ("{not: {any: [{draft.says: [soon]}, {draft.says: [later]}]}}", ("not draft.says [soon]",)),
        (
            "{not: {any: [{draft.says: [soon]}, {draft.says: [i am sure]}]}}",
            ("not draft.says [soon]", "not draft.says [i am sure]"),
        ),
        ("{not: {all: [{draft.says: [soon]}, {draft.says: [i am sure]}]}}", ("not draft.says [soon]",)),
    ],
)
def test_what_is_lacking_is_told_condition_by_condition(when, lacks):
    rule, situation = situation_of(when)
    assert lacking(rule.when, situation) == lacks


def test_of_several_branches_the_one_that_came_closest_is_told():
    far = "{all: [{last.says: [a]}, {last.says: [b]}, {last.says: [c]}]}"
    near = "{all: [{last.says: [which day]}, {any: [{last.says: [olive tree]}, {draft.says: [friday]}]}]}"
    rule, situation = situation_of(f"{{any: [{far}, {near}]}}")
    assert lacking(rule.when, situation) == ("last.says [olive tree]",)


MACROS = """macros:
  names_a_day: {any: [{draft.says: [friday]}, {draft.says: [monday]}]}
  is_sure: {all: [{draft.says: [soon]}, {draft.says: [i am sure]}]}
  asks_when: {last.says: [which day]}
"""


@pytest.mark.parametrize(
    ("when", "lacks"),
    [
        ("{all: [asks_when, names_a_day]}", ("names_a_day",)),
        ("names_a_day", ("names_a_day",)),
        ("{all: [asks_when, {not: is_sure}]}", ("not is_sure",)),
        ("{not: {any: [names_a_day, is_sure]}}", ("not is_sure",)),
        ("is_sure\n    except: [asks_when]", ("not asks_when",)),
        ("names_a_day\n    except: [{last.says: [no hurry]}]", ("names_a_day",)),
    ],
)
def test_a_macro_is_told_by_its_name(when, lacks):
    rule, situation = situation_of(when, head=MACROS)
    assert lacking(rule.when, situation) == lacks


def test_what_could_be_written_comes_closer_than_another_ticket():
    rule, situation = situation_of("{any: [{ticket.channel: [chat]}, {draft.says: [friday]}]}")
    assert lacking(rule.when, situation) == ("draft.says [friday]",)


def test_a_rule_that_waits_says_for_what():
    rule, situation = situation_of("{last.says: [which day]}", settled=False)
    assert waits_for(rule, situation) == ""
    assert "has not settled" in waits_for(replace(rule, needs_settled=True), situation)


def test_what_may_stand_in_the_message_before_is_not_judged():
    rule, situation = situation_of("{not: draft.apology}", draft="...and we look at it tonight, Ann. 2/2")
    assert waits_for(rule, situation) == ""
    assert fires(rule, situation) is not None
    assert "carries on" in waits_for(replace(rule, needs_settled=True), situation)
    assert fires(replace(rule, needs_settled=True), situation) is None


def test_a_tree_says_of_what_combines_conditions_no_more_than_how():
    rule, situation = situation_of("{all: [{last.says: [which day]}, {not: {any: [draft.apology, draft.action]}}]}")
    told = explain(rule.when, situation)
    assert [told.label, *(child.label for child in told.children)] == ["all of", "last.says ['which day']", "not"]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("draft.says ['soon', 'in a bit']", "draft.says [soon, in a bit]"),
        ("last.upset {'at_least': 0.78, 'at_most': 1}", "last.upset {at_least: 0.78, at_most: 1}"),
        ("ticket.status {'is': 'open'}", "ticket.status {is: open}"),
        ("last.says [\"don't\", 'no']", 'last.says ["don\'t", no]'),
        ("draft.apology", "draft.apology"),
        (r"last.matches ['\\bno\\b']", r"last.matches [\bno\b]"),
    ],
)
def test_a_condition_is_told_as_its_author_wrote_it(label, shown):
    assert as_written(label) == shown
