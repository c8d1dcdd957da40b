from pathlib import Path

import pytest

from guidance.model import Level, Moment
from guidance.rules import read_packs, shipped_files
from guidance.rules.principles import SOURCES, page, shipped_principles
from guidance.rules.schema import RuleStatus

PACKS = read_packs(shipped_files())
RULES = {rule.id: rule for pack in PACKS for rule in pack.rules}
PRINCIPLES = shipped_principles()
SHOWN = (Path(__file__).parents[2] / "docs" / "principles.md").read_text("utf8")


def rules_of(principle):
    return [rule for rule in RULES.values() if rule.principle == principle]


def test_the_page_is_what_the_packs_say_today():
    assert page(PACKS) == SHOWN, "make it anew: guidance principles > docs/principles.md"


def test_there_are_forty_two_principles_beside_the_slips():
    assert len(PRINCIPLES) == 43
    assert len({one.id for one in PRINCIPLES}) == 43


@pytest.mark.parametrize("principle", [one.id for one in PRINCIPLES if one.kind == "hint"])
def test_every_principle_of_kind_hint_has_a_rule(principle):
    assert rules_of(principle)


@pytest.mark.parametrize("principle", [one for one in PRINCIPLES if one.kind == "feature"], ids=lambda one: one.id)
def test_every_feature_says_where_it_lives(principle):
    assert principle.lives


def test_every_rule_serves_a_known_principle():
    known = {one.id for one in PRINCIPLES}
    assert [rule.id for rule in RULES.values() if rule.principle not in known] == []


def test_every_source_is_named():
    assert {letter for one in PRINCIPLES for letter in one.source} == set(SOURCES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_hint_speaks_like_a_kind_colleague(rule):
    for wordings in rule.hint.say.values():
        for say in wordings:
            assert len(say) <= 140
            assert "!" not in say
            assert "you should" not in say.lower()
            assert "you must" not in say.lower()
    assert rule.hint.why
    assert rule.evidence


@pytest.mark.parametrize(
    ("rule", "family"),
    [
        ("three-as.acknowledge", "understanding"),
        ("three-as.apologise", "understanding"),
        ("three-as.act", "understanding"),
        ("three-as.understand-first", "understanding"),
        ("feelings.meet-the-feeling", "understanding"),
        ("relationship.benefit-of-the-doubt", "no-blame"),
        ("dialogue.drop-the-defense", "no-blame"),
        ("feelings.not-about-you", "calm"),
        ("feelings.answer-calmly", "calm"),
        ("feelings.stay-kind", "calm"),
        ("limits.kind-no", "the-no"),
        ("limits.both-win", "the-no"),
        ("relationship.help-before-selling", "asking-too-soon"),
        ("relationship.give-before-asking", "asking-too-soon"),
    ],
)
def test_what_is_one_thing_to_say_is_one_family(rule, family):
    assert RULES[rule].family == family


def test_the_name_gives_way_to_every_other_hint():
    lowest = RULES["relationship.use-their-name"]
    others = [rule for rule in RULES.values() if rule.moments & lowest.moments and rule is not lowest]
    assert lowest.level is Level.SUGGESTION
    assert all(lowest.weight < rule.weight for rule in others)


def test_rules_ship_with_the_defaults_that_they_were_meant_to_have():
    assert RULES["relationship.learn-their-name"].channels == {"chat", "phone", "social"}
    assert RULES["relationship.listen-more"].status is RuleStatus.EXPERIMENTAL
    assert RULES["relationship.leave-the-door-open"].on is False
    assert RULES["relationship.leave-the-door-open"].hint.offers == {}
    assert RULES["feelings.stay-kind"].limit.per_day == 1
    assert RULES["slips.foreign-data"].level is Level.WARNING


def test_rules_about_time_say_after_how_long():
    assert RULES["network.colleague-waits"].moments == {Moment.TIMER}
    assert RULES["network.colleague-waits"].after.total_seconds() == 4 * 3600


def test_a_ticket_that_is_solved_with_an_open_promise_is_warned_of():
    rule = RULES["follow-through.open-promise"]
    assert (rule.level, rule.moments) == (Level.WARNING, {Moment.SOLVED})
