from itertools import count

import pytest
from msgspec.structs import replace

from guidance.model import Moment
from guidance.rules import PackFile, build_rulebook, read_pack, read_packs, shipped_files, shipped_rulebook
from guidance.rules.beside import Beside
from guidance.rules.conditions import KINDS, TYPING, WRITTEN
from guidance.rules.doubts import _beside, doubts_about, looked_over
from guidance.rules.engine import holds
from guidance.rules.examples import asked_of
from guidance.rules.pace import slow_in
from guidance.rules.schema import Combine, Node
from guidance.rules.situation import Situation
from guidance.rules.terms import Terms
from guidance.rules.yamlfile import Problem
from guidance.signals.view import hear
from tests.cast import NOW, case

ONE = """\
  - id: {id}
    principle: {principle}
    title: A brush-off
    moments: {moments}
    {more}
    when: {when}
    hint: {{say: Say it once more., why: It is quicker for them.}}
    examples:
      fires: [{{last: "How do I log in?", draft: "See above."}}]
      silent: [{{last: "How do I log in?", draft: "Use the link in the mail."}}]
"""
HEAD = """\
pack: courtesy
version: 1
title: Courtesy
lists:
  brush_off: [see above, as i said]
rules:
"""


STEADY = count().__next__
"""A clock by which every look takes as long as any other; one for all, as the shipped rules are measured once by each clock."""


def rule(when, *, name="courtesy.see-above", principle="three-as", moments="[draft]", more="settled: false"):
    return ONE.format(id=name, when=when, principle=principle, moments=moments, more=more)


def pack_of(*rules, head=HEAD):
    return read_pack(PackFile("courtesy.yaml", head + "".join(rules)))


def doubts(*rules, head=HEAD, others=(), pace=None):
    pack = pack_of(*rules, head=head)
    return doubts_about(pack, others, build_rulebook([pack]), pace or STEADY)


def told(*rules, **more):
    return [one.message for one in doubts(*rules, **more)]


def test_a_wait_at_moments_that_wait_for_nothing_is_pointed_out_where_it_stands():
    (doubt,) = doubts(rule("{draft.says: ['@brush_off']}", moments="[draft]", more="after: 4h"))
    assert (doubt.line, doubt.rule) == (len(HEAD.splitlines()) + 5, "courtesy.see-above")
    assert doubt.message == "`after` means nothing here: only the moment `timer` waits, and this rule speaks at draft"


def test_a_wait_of_a_rule_that_speaks_at_the_moment_timer_too_is_as_it_should_be():
    assert told(rule("{last.words: {at_least: 2}}", moments="[customer, timer]", more="after: 4h")) == []


def test_a_mistyped_principle_is_pointed_out_and_one_of_the_house_is_not():
    (doubt,) = doubts(rule("{draft.says: ['@brush_off']}", principle="acknowlege-apologize-act"))
    assert (
        doubt.message == "there is no principle `acknowlege-apologize-act`; did you mean `acknowledge-apologize-act`?"
    )
    assert told(rule("{draft.says: ['@brush_off']}", principle="water-sparingly")) == []


def test_a_title_that_fills_a_list_is_pointed_out():
    long = rule("{draft.says: ['@brush_off']}").replace("title: A brush-off", f"title: {'a brush-off ' * 45}")
    assert told(long) == ["this title has 539 characters; lists show 120 of them"]


@pytest.mark.parametrize("pack", read_packs(shipped_files()), ids=lambda pack: pack.name)
def test_nothing_is_doubtful_about_a_shipped_pack(pack):
    book = shipped_rulebook()
    assert doubts_about(pack, book.rules.values(), book, STEADY) == []


@pytest.mark.parametrize(
    ("when", "because"),
    [
        ("{all: [last.upset, {not: last.upset}]}", "`last.upset` and `not last.upset` rule each other out"),
        ("{all: [draft.apology, {any: [{not: draft.apology}, {not: {draft.apology: {at_least: 0.4}}}]}]}", "rule each"),
        ("{all: [{last.words: {at_least: 60}}, {last.words: {at_most: 40}}]}", "rule each other out"),
        ("{all: [last.upset, {last.upset: {at_most: 0.3}}]}", "rule each other out"),
        ("{last.upset: {at_least: 2}}", "nothing is within the bounds of"),
        ("{last.words: {at_least: 9, at_most: 3}}", "nothing is within the bounds of"),
        ("{all: [{ticket.channel: chat}, {ticket.channel: [email, web]}]}", "rule each other out"),
        ("{all: [{draft.says: [see above]}, {not: {draft.says: ['@brush_off']}}]}", "rule each other out"),
        ("{all: [{not: {any: [last.upset, last.worry]}}, last.worry]}", "rule each other out"),
    ],
)
def test_a_rule_that_contradicts_itself_is_told_beside_its_when(when, because):
    (one,) = doubts(rule(when))
    assert one.message.startswith("this rule can never fire: ")
    assert because in one.message
    assert (one.rule, one.line) == ("courtesy.see-above", 12)


@pytest.mark.parametrize(
    "when",
    [
        "{all: [last.upset, {not: last.grateful}]}",
        "{all: [{last.upset: {at_least: 0.7}}, {not: {last.upset: {at_least: 0.9}}}]}",
        "{all: [{last.words: {at_least: 40}}, {last.words: {at_most: 60}}]}",
        "{any: [{all: [last.upset, {not: last.upset}]}, draft.apology]}",
        "{all: [{ticket.tags: [vip]}, {ticket.tags: [late]}]}",
        "{all: [{ticket.channel: [chat, email]}, {not: {ticket.channel: chat}}]}",
        "{all: [{draft.says: ['@brush_off']}, {not: {draft.says: [see above]}}]}",
        "{all: [{draft.says: [see above]}, {draft.says: [as i said]}]}",
    ],
)
def test_a_rule_that_may_fire_is_not_doubted(when):
    assert told(rule(when)) == []


@pytest.mark.parametrize(
    ("when", "needless", "enough"),
    [
        ("{any: [last.upset, {all: [last.upset, last.worry]}]}", "all of (last.upset, last.worry)", "last.upset"),
        ("{any: [{all: [last.upset, last.worry]}, last.upset]}", "all of (last.upset, last.worry)", "last.upset"),
        ("{all: [last.upset, {last.upset: {at_least: 0.8}}]}", "last.upset", "last.upset {at_least: 0.8}"),
        (
            "{all: [{last.words: {at_least: 9}}, {not: {last.words: {at_most: 3}}}]}",
            "not last.words {at_most: 3}",
            "last.words {at_least: 9}",
        ),
        ("{any: [last.worry, {all: [draft.asks, {any: [last.upset, last.upset]}]}]}", "last.upset", "last.upset"),
        (
            "{any: [{draft.says: [see above]}, {draft.says: ['@brush_off']}]}",
            "draft.says [see above]",
            "draft.says [@brush_off]",
        ),
    ],
)
def test_a_condition_that_decides_nothing_is_told_with_the_one_that_is_enough(when, needless, enough):
    assert told(rule(when)) == [f"without `{needless}` this rule fires on the very same: `{enough}` is enough"]


def test_a_macro_that_decides_nothing_is_told_by_its_name():
    head = HEAD.replace("rules:", "macros:\n  is_cross: {all: [last.upset, {last.upset: {at_least: 0.8}}]}\nrules:")
    assert told(rule("{any: [last.upset, is_cross]}"), head=head)[0].startswith("without `is_cross` this rule fires")


@pytest.mark.parametrize(
    "when",
    [
        "{any: [last.upset, last.worry]}",
        "{any: [{all: [last.upset, draft.asks]}, {all: [last.upset, draft.apology]}]}",
        "{all: [{last.upset: {at_least: 0.4}}, {last.upset: {at_most: 0.8}}]}",
        "{all: [{any: [last.upset, last.worry]}, {any: [last.upset, last.sadness]}]}",
        "{any: [{draft.says_beside: {signal: action, says: [due]}}, {draft.says_beside: {signal: refusal, says: [due]}}]}",
    ],
)
def test_conditions_that_each_decide_something_are_not_doubted(when):
    assert told(rule(when)) == []


def test_a_tree_with_too_many_ways_is_left_alone():
    many = ", ".join(f"{{any: [{{draft.says: [word {n}]}}, {{last.says: [word {n}]}}]}}" for n in range(12))
    assert told(rule(f"{{all: [{many}, last.upset, {{not: last.upset}}]}}")) == []


def test_a_rule_whose_words_can_t_be_there_at_its_moments_never_fires():
    assert told(rule("draft.has_placeholder", moments="[customer, sent]")) == [
        "this rule can never fire: at the moment `customer`, `draft.has_placeholder` can't be known yet"
    ]
    assert told(rule("{all: [last.upset, {not: draft.apology}]}", moments="[customer]")) == []


def test_a_moment_at_which_nothing_can_be_known_is_one_too_many():
    assert told(rule("{draft.says: ['@brush_off']}", moments="[customer, draft]")) == [
        "at the moment `customer`, `draft.says [@brush_off]` can't be known yet, so this rule never fires then; leave that moment out"
    ]


def test_a_rule_on_for_one_channel_that_asks_for_another_never_fires_by_itself():
    asks = "{all: [{ticket.channel: email}, {draft.says: ['@brush_off']}]}"
    (one,) = told(rule(asks, more="default: [chat]"))
    assert one == "this rule is on for chat only, and asks for another channel: it never fires by itself"
    assert told(rule(asks, more="default: [chat, email]")) == []


def test_a_pack_in_languages_that_nobody_hears_never_fires():
    italian = HEAD.replace("title: Courtesy", "title: Courtesy\nlanguages: [it]")
    (one,) = told(rule("{draft.says: ['@brush_off']}"), head=italian)
    assert "none of it is a language that we hear" in one
    assert told(rule("{draft.says: ['@brush_off']}", more="any_language: true"), head=italian) == []


def test_a_rule_that_another_of_its_family_always_outranks_is_told():
    wide = rule("last.upset", name="courtesy.wide", more="level: warning")
    narrow = rule("{all: [{last.upset: {at_least: 0.7}}, {not: draft.apology}]}", name="courtesy.narrow")
    (one,) = doubts(wide, narrow)
    assert one.rule == "courtesy.narrow"
    assert "wherever this rule fires, courtesy.wide of the same family fires too and goes first" in one.message
    assert [d.rule for d in doubts(narrow, wide)] == ["courtesy.narrow"]


@pytest.mark.parametrize(
    "wide",
    [
        rule("last.upset", name="courtesy.wide"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    family: other"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    settled: true"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    default: [chat]"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    default: off"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    status: experimental"),
        rule("last.upset", name="courtesy.wide", more="level: warning", moments="[customer]"),
        rule("last.upset", name="courtesy.wide", more="level: warning\n    family: three-as", principle="thank-them"),
        rule("{last.upset: {at_least: 0.9}}", name="courtesy.wide", more="level: warning"),
    ],
    ids=["rank", "family", "settled", "channels", "off", "experimental", "moments", "principle", "asks more"],
)
def test_a_rule_that_may_still_be_seen_is_not_called_hidden(wide):
    assert told(wide, rule("{all: [last.upset, {not: draft.apology}]}", name="courtesy.narrow")) == []


def test_a_house_rule_that_a_rule_in_force_hides_is_told_and_one_in_its_place_is_not():
    theirs = pack_of(
        rule("last.upset", name="other.wide", more="level: warning"), head=HEAD.replace("courtesy", "other")
    )
    narrow = rule("{all: [last.upset, {not: draft.apology}]}", name="courtesy.narrow")
    assert len(told(narrow, others=theirs.rules)) == 1
    assert told(rule("last.upset", name="other.wide"), others=theirs.rules) == []


@pytest.fixture
def compared(monkeypatch):
    """The rules with which others were compared."""
    found, hides = [], Beside.is_hidden_by
    monkeypatch.setattr(Beside, "is_hidden_by", lambda one, other: found.append(other) or hides(one, other))
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "{{last.says: [refund]}}",
        "{{all: [{{last.says: [refund]}}, {{not: {{draft.says: [word{n}]}}}}]}}",
        "{{all: [{{last.says: [refund]}}, {{draft.words: {{at_least: {n}}}}}]}}",
        "{{all: [{{last.says: [refund]}}, {{draft.words: {{at_most: {n}}}}}]}}",
    ],
    ids=["the same", "without a word", "from so many words on", "up to so many words"],
)
def test_many_rules_that_ask_for_the_same_word_are_not_compared_each_with_each(compared, asked):
    many = [
        rule(asked.format(n=n + 1), name=f"courtesy.n{n}", more=f"weight: {2 + n / 1_000}\n    any_language: true")
        for n in range(600)
    ]
    list(_beside(pack_of(*many), []))
    assert len(compared) < 600 * 60


def test_of_many_rules_that_ask_the_same_each_but_the_first_is_told_to_be_hidden():
    many = [rule("{last.says: [refund]}", name=f"courtesy.n{n}", more=f"weight: {1 + n}") for n in range(80)]
    found = list(_beside(pack_of(*many), []))
    assert [one.rule for one in found] == [f"courtesy.n{n}" for n in range(79)]
    assert all("courtesy.n79 of the same family" in one.message for one in found)


def test_a_rule_that_names_more_words_that_must_not_be_there_is_hidden_by_one_that_names_fewer():
    wide = rule("{all: [{last.says: [refund]}, {not: {draft.says: [sorry]}}]}", name="courtesy.wide", more="weight: 2")
    narrow = rule("{all: [{last.says: [refund]}, {not: {draft.says: [sorry, never]}}]}", name="courtesy.narrow")
    assert [one.rule for one in _beside(pack_of(wide, narrow), [])] == ["courtesy.narrow"]


def test_many_rules_of_one_family_are_not_compared_each_with_each(compared):
    asked = "{{all: [{{ticket.channel: [email]}}, {{last.says: [word{n}]}}]}}"
    many = [rule(asked.format(n=n), name=f"courtesy.n{n}") for n in range(400)]
    wide = rule("{last.says: [word7, word9]}", name="courtesy.wide", more="level: warning")
    found = list(_beside(pack_of(*many, wide), []))
    assert [one.rule for one in found] == ["courtesy.n7", "courtesy.n9"]
    assert len(compared) < 2_000


def test_a_team_is_named_in_small_or_large_letters():
    book = build_rulebook([pack_of(rule("{ticket.group: [BILLING]}"))])
    tree = next(iter(book.rules.values())).when
    for group, is_there in (("Billing", True), ("Delivery", False), (None, False)):
        told = case()
        conversation = replace(told.conversation, ticket=replace(told.conversation.ticket, group=group))
        situation = Situation(replace(told, conversation=conversation), Moment.DRAFT, NOW, ear=book.ear)
        assert (holds(tree, situation) is not None) is is_there


def test_of_two_rules_that_ask_the_same_the_later_one_is_told():
    one = rule("{all: [last.upset, {draft.says: [see above, as i said]}]}", name="courtesy.one")
    same = rule("{all: [{draft.says: ['@brush_off']}, last.upset]}", name="courtesy.two", principle="thank-them")
    (found,) = doubts(one, same)
    assert (found.rule, found.message) == (
        "courtesy.two",
        "this rule asks the very same as courtesy.one; one of the two is enough",
    )
    assert told(one, same.replace("[draft]", "[sent]")) == []
    assert (
        told(one.replace("settled: false", "default: [chat]"), same.replace("settled: false", "default: [email]")) == []
    )


class Stepping:
    """A clock that goes a microsecond further with each look at it, and more where somebody moves it."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1e-6
        return self.now


def test_a_rule_that_takes_far_longer_than_the_shipped_ones_is_told(monkeypatch):
    clock = Stepping()
    pack = pack_of(rule("{draft.says: ['@brush_off']}"), rule("last.upset", name="courtesy.slow"))
    book = build_rulebook([pack])
    assert list(slow_in(pack, book, clock)) == []

    def fires(one, situation):
        clock.now += 50e-6 if one.id == "courtesy.slow" else 0

    monkeypatch.setattr("guidance.rules.pace.fires", fires)
    (found,) = slow_in(pack, book, clock)
    assert found.rule == "courtesy.slow"
    assert (
        found.message == "this rule is slow: looking at it takes 51 times as long as a usual one; ask for fewer things"
    )


def test_one_long_look_among_short_ones_is_the_machine_s_not_the_rule_s(monkeypatch):
    clock = Stepping()
    pack = pack_of(rule("{draft.says: ['@brush_off']}"))
    looks = count()

    def fires(one, situation):
        clock.now += 1.0 if one.pack.startswith("courtesy") and next(looks) == 1 else 0

    monkeypatch.setattr("guidance.rules.pace.fires", fires)
    assert list(slow_in(pack, build_rulebook([pack]), clock)) == []
    assert next(looks) > 2


@pytest.mark.parametrize(
    "when",
    [
        "{draft.matches: ['kettle.{0,900}lid']}",
        "{draft.sentences_match: {at_least: 2, matches: ['kettle.{0,900}lid']}}",
    ],
)
def test_a_pattern_with_long_repeats_is_told_with_what_would_be_quick(when):
    (one,) = told(rule(when))
    assert one.startswith("the pattern `kettle.{0,900}lid` is slow: it compiles to ")
    assert told(rule("{draft.matches: ['kettle.{0,40}lid']}")) == []


def test_a_pattern_is_as_slow_as_the_list_that_it_names():
    head = HEAD.replace("as i said]", "'kettle.{0,900}lid']")
    (one,) = told(rule("{draft.matches: ['the {brush_off}']}"), head=head)
    assert one.startswith("the pattern `the (?:see above|kettle.{0,900}lid)` is slow")


def test_a_file_with_flaws_is_told_those_and_nothing_else():
    broken = PackFile("courtesy.yaml", HEAD + rule("{all: [last.upset, {not: last.upset}]}"))
    flaws, beside = looked_over(broken, (), STEADY)
    assert "must fire, and is silent" in flaws[0].message
    assert beside == []


def known_only_sometimes():
    """Kinds of condition that need no argument, and say that they can't be known at some moment."""
    for name, build in KINDS.items():
        try:
            built = build(None, Terms("test", {}))
        except Problem:
            continue
        if built.moments is not None:
            yield Node(combine=Combine.TEST, label=name, test=built.test, moments=built.moments)


def test_what_is_said_not_to_be_known_at_a_moment_never_holds_there():
    """Over shipped examples as they stood before there was a draft: the customer has just written."""
    book, kinds, held = shipped_rulebook(), list(known_only_sometimes()), set()
    assert {kind.moments for kind in kinds} == {TYPING, WRITTEN}
    for one in book.rules.values():
        for example in (*one.examples.fires[:2], *one.examples.silent[:1]):
            asked = asked_of(example)
            comments = asked.case.conversation.comments
            if comments and comments[-1].is_customer:
                situation = Situation(hear(asked.case, book.ear), Moment.CUSTOMER, asked.now, ear=book.ear)
                held |= {kind.label for kind in kinds if holds(kind, situation) is not None}
    assert held == set()
