"""What overlays bring about on the tickets for which they hold."""

from __future__ import annotations

import pytest

from guidance.rules import PackFile, build_rulebook, read_pack
from guidance.rules.beside import Beside
from guidance.rules.doubts import doubts_about, looked_over
from guidance.rules.doubts_there import doubts_there
from tests.rules.test_doubts import HEAD, STEADY, pack_of, rule

WIDE, NARROW = "courtesy.wide", "courtesy.narrow"
WHERE = "on tickets of the group Billing of zendesk:acme"
GROUP, ACCOUNT = "account: zendesk:acme, group: Billing", "account: zendesk:acme"


def family(wide="", narrow=""):
    """Two rules of one family, the one firing wherever the other does; as they stand neither hides the other."""
    return pack_of(
        rule("last.upset", name=WIDE, more=wide or "settled: false"),
        rule("{all: [last.upset, {not: draft.apology}]}", name=NARROW, more=narrow or "settled: false"),
    )


def overlay(changes, where=GROUP, name="ours"):
    text = f"pack: {name}\nversion: 1\ntitle: Ours\nfor: {{{where}}}\nchanges:\n{changes}\n"
    return read_pack(PackFile(name, text))


def told(pack, *others):
    rules = [one for other in others for one in other.rules]
    overlays = [other.overlay for other in others if other.overlay]
    return doubts_about(pack, rules, build_rulebook([pack]), STEADY, overlays)


def test_an_overlay_by_which_a_rule_hides_another_is_told_beside_the_change():
    (one,) = told(overlay(f"  {WIDE}: {{level: warning}}"), family())
    assert (one.line, one.rule) == (6, WIDE)
    assert one.message == (
        f"{WHERE}, this rule now goes first wherever {NARROW} of the same family fires: that one is shown only once this one "
        "is out of the way"
    )


def test_an_overlay_by_which_a_rule_is_hidden_is_told():
    (one,) = told(overlay(f"  {NARROW}: {{weight: 0.5}}"), family())
    assert one.message.startswith(f"{WHERE}, wherever this rule fires, {WIDE} of the same family fires too and goes")


def test_an_overlay_that_takes_from_a_rule_all_that_it_fires_on_is_told():
    (one,) = told(overlay(f"  {NARROW}: {{except: [last.upset]}}"), family())
    assert one.message == f"{WHERE}, this rule can never fire: `last.upset` and `not last.upset` rule each other out"


def test_an_overlay_that_leaves_a_rule_no_time_on_any_ticket_is_told():
    (one,) = told(overlay(f"  {WIDE}: {{limit: {{per_ticket: 0}}}}"), family())
    assert "this rule is never shown: its limit is 0" in one.message


def test_a_slow_pattern_in_an_exception_is_told():
    (one,) = told(overlay(f"  {WIDE}: {{except: [{{last.matches: ['kettle.{{0,900}}lid']}}]}}"), family())
    assert one.message.startswith("the pattern `kettle.{0,900}lid` is slow")


@pytest.mark.parametrize(
    ("changes", "before"),
    [
        (f"  {WIDE}: {{say: In other words.}}", {}),
        (f"  {WIDE}: {{level: warning, off: true}}", {}),
        (f"  {WIDE}: {{level: warning}}\n  {NARROW}: {{level: warning}}", {}),
        (f"  {WIDE}: {{weight: 3}}", {"wide": "level: warning"}),
        (f"  {WIDE}: {{level: warning}}\n  {NARROW}: {{off: true}}", {}),
    ],
    ids=["words", "off", "both", "hidden before", "the other off"],
)
def test_what_an_overlay_does_not_bring_about_is_not_told_of_it(changes, before):
    assert told(overlay(changes), family(**before)) == []


PLAIN, CAREFUL = "courtesy.plain", "other.careful"


def plain():
    return pack_of(rule("last.upset", name=PLAIN))


def careful():
    when = "{all: [last.upset, {not: draft.apology}]}"
    return pack_of(rule(when, name=CAREFUL, principle="tone"), head=HEAD.replace("courtesy", "other"))


def test_an_overlay_by_which_a_rule_asks_what_another_asks_is_told():
    assert told(plain(), careful()) == []
    (one,) = told(overlay(f"  {PLAIN}: {{except: [draft.apology]}}"), plain(), careful())
    assert (one.line, one.rule) == (6, PLAIN)
    assert one.message == f"{WHERE}, this rule asks the very same as {CAREFUL}; one of the two is enough"


def test_a_rule_that_asks_what_another_one_asks_where_an_overlay_holds_is_told_as_it_is_written():
    (one,) = told(careful(), plain(), overlay(f"  {PLAIN}: {{except: [draft.apology]}}"))
    assert (one.rule, one.line) == (CAREFUL, careful().rules[0].line)
    assert one.message == f"{WHERE}, this rule asks the very same as {PLAIN}; one of the two is enough"


@pytest.mark.parametrize(
    "changes",
    [
        f"  {PLAIN}: {{except: [draft.apology], off: true}}",
        f"  {PLAIN}: {{except: [draft.apology]}}\n  {CAREFUL}: {{off: true}}",
        f"  {PLAIN}: {{except: [draft.thanks]}}",
        f"  {PLAIN}: {{except: [draft.apology]}}\n  {CAREFUL}: {{except: [draft.thanks]}}",
    ],
    ids=["off", "the other off", "something else", "the other narrower"],
)
def test_an_overlay_that_leaves_two_rules_apart_is_not_told_of_a_double(changes):
    assert [one for one in told(overlay(changes), plain(), careful()) if "very same" in one.message] == []


def test_two_rules_that_asked_the_same_before_are_no_news_of_an_overlay():
    twin = pack_of(rule("last.upset", name=CAREFUL, principle="tone"), head=HEAD.replace("courtesy", "other"))
    both = f"  {PLAIN}: {{except: [draft.apology]}}\n  {CAREFUL}: {{except: [draft.apology]}}"
    assert told(overlay(both), plain(), twin) == []


def test_what_holds_for_the_whole_account_holds_in_its_groups():
    level = overlay(f"  {WIDE}: {{level: warning}}", ACCOUNT, "account")
    same = overlay(f"  {NARROW}: {{level: warning}}")
    assert told(same, family(), level) == []
    assert told(overlay(f"  {NARROW}: {{weight: 0.5}}"), family(), level) == []
    elsewhere = overlay(f"  {WIDE}: {{level: warning}}", "account: freshdesk:acme", "other")
    assert len(told(overlay(f"  {NARROW}: {{weight: 0.5}}"), family(), elsewhere)) == 1


def test_a_rule_that_an_overlay_in_force_hides_somewhere_is_told_as_it_is_written():
    pack = pack_of(rule("{all: [last.upset, {not: draft.apology}]}", name=NARROW))
    theirs = pack_of(rule("last.upset", name="other.wide"), head=HEAD.replace("courtesy", "other"))
    assert told(pack, theirs) == []
    (one,) = told(pack, theirs, overlay("  other.wide: {level: warning}"))
    assert (one.rule, one.line) == (NARROW, pack.rules[0].line)
    assert one.message.startswith(f"{WHERE}, wherever this rule fires, other.wide of the same family fires too")


def test_a_rule_that_there_is_not_is_told_while_the_overlay_is_typed():
    text = f"pack: ours\nversion: 1\ntitle: Ours\nfor: {{{GROUP}}}\nchanges:\n  courtesy.wild: {{off: true}}\n"
    flaws, beside = looked_over(PackFile("ours", text), [family()], STEADY)
    assert [(one.line, one.message) for one in flaws] == [(6, "there is no such rule in force")]
    assert beside == []


def test_what_an_overlay_hides_is_looked_for_among_thousands_without_comparing_each_with_each(monkeypatch):
    compared, hides = [], Beside.is_hidden_by
    monkeypatch.setattr(Beside, "is_hidden_by", lambda one, other: compared.append(other) or hides(one, other))
    asked = "{{all: [{{last.says: [refund]}}, {{draft.says: [word{n}]}}]}}"
    many = [rule(asked.format(n=n), name=f"courtesy.n{n}") for n in range(400)]
    wide = rule("{last.says: [refund]}", name="courtesy.wide", more="weight: 0.5")
    there = read_pack(
        PackFile("o", "pack: o\nversion: 1\ntitle: O\nfor: {account: a}\nchanges:\n  courtesy.wide: {weight: 9}\n")
    )
    found = list(doubts_there(pack_of(*many, wide), [], [there.overlay]))
    assert [one.rule for one in found] == [f"courtesy.n{n}" for n in range(400)]
    assert len(compared) < 4_000
