"""Overlays: a rule in other words, of another weight, with more exceptions or off, on the tickets of one account, group or brand."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from guidance.errors import PackError
from guidance.hints.stages import OFF_HERE
from guidance.model import Stage, Ticket
from guidance.pipeline import advance
from guidance.rules import PackFile, Rulebook, build_rulebook, read_pack, read_packs, shipped_files
from guidance.rules.overlays import flaws_as_typed, flaws_of_all, flaws_together
from tests.cast import KEY, NOW, amir_types, case, rana_says

PACK = """\
pack: house
version: 1
title: House
rules:
  - id: house.day
    principle: three-as
    title: Name the day
    moments: [draft]
    when: {last.says: [which day]}
    limit: {per_ticket: 2, per_day: 3}
    hint: {say: {en: Say which day it is., de: Nennen Sie den Tag.}, why: A day is easier to wait for., offer: On Friday.}
    examples:
      fires:
        - {last: "Which day will it come?", draft: "Soon."}
      silent:
        - {last: "Thank you.", draft: "Glad to hear it."}
"""


def overlay(changes, where="account: zendesk:acme, group: Billing", name="ours"):
    return f"pack: {name}\nversion: 1\ntitle: Ours\nfor: {{{where}}}\nchanges:\n  house.day: {changes}\n"


def book(*overlays):
    return build_rulebook(
        read_packs([PackFile("house", PACK), *(PackFile(f"o{n}", text) for n, text in enumerate(overlays))])
    )


def on_ticket(group, brand=None, **settings):
    fresh = case(**settings)
    ticket = Ticket(id=KEY.ticket_id, group=group, brand=brand)
    return replace(fresh, conversation=replace(fresh.conversation, ticket=ticket))


def advised(rulebook, group="Billing", brand=None, said="Which day will it come?", **settings):
    state = advance(on_ticket(group, brand, **settings), rana_says(said), rulebook, NOW).case
    return advance(state, amir_types("Soon, I am sure."), rulebook, NOW).advice


def said(advice):
    return [one.say for one in advice.hints]


def test_a_group_has_its_own_words_and_another_group_has_not():
    ours = book(overlay("{say: Name the day., offer: [By Friday.], level: warning, weight: 2}"))
    (hint,) = advised(ours).hints
    assert (hint.say, hint.offer, hint.level, hint.why) == (
        "Name the day.",
        "By Friday.",
        "warning",
        "A day is easier to wait for.",
    )
    (hint,) = advised(ours, group="Delivery").hints
    assert (hint.say, hint.offer, hint.level) == ("Say which day it is.", "On Friday.", "suggestion")
    assert said(advised(ours, group=None)) == ["Say which day it is."]
    assert said(advised(ours, group="BILLING")) == ["Name the day."]


def test_other_languages_keep_their_words():
    ours = book(overlay("{say: Name the day.}"))
    assert said(advised(ours, agent_locale="de")) == ["Nennen Sie den Tag."]


def test_another_account_is_untouched():
    assert said(advised(book(overlay("{say: Name the day.}", "account: freshdesk:acme, group: Billing")))) == [
        "Say which day it is."
    ]


@pytest.mark.parametrize(
    ("group", "brand", "words"),
    [(None, None, "Account."), ("Billing", None, "Group."), (None, "Acme", "Brand."), ("Billing", "Acme", "Group.")],
)
def test_the_nearest_has_the_last_word(group, brand, words):
    ours = book(
        overlay("{say: Group.}", name="a"),
        overlay("{say: Account., level: reminder}", "account: zendesk:acme", name="b"),
        overlay("{say: Brand.}", "account: zendesk:acme, brand: Acme", name="c"),
    )
    advice = advised(ours, group=group, brand=brand)
    assert (said(advice), advice.hints[0].level) == ([words], "reminder")


@pytest.mark.parametrize("settings", [{}, {"stages": {"house.day": Stage.LIVE}}])
def test_a_rule_is_off_for_one_group_even_where_it_is_live(settings):
    ours = book(overlay("{off: true}"))
    advice = advised(ours, **settings)
    assert (said(advice), [one.because for one in advice.held_back]) == ([], [OFF_HERE])
    assert said(advised(ours, group="Delivery", **settings)) == ["Say which day it is."]


def test_more_exceptions_hold_there_only():
    ours = book(overlay("{except: [{last.says: [no hurry]}]}"))
    unhurried = "Which day will it come? No hurry at all."
    assert said(advised(ours, said=unhurried)) == []
    assert said(advised(ours)) == said(advised(ours, group="Delivery", said=unhurried)) == ["Say which day it is."]


def test_a_limit_that_is_named_changes_and_the_others_stay():
    ours = book(overlay("{limit: {per_ticket: 1}}"))
    rule = ours.rule_on(ours.rules["house.day"], "zendesk:acme", Ticket(group="billing"))
    assert (rule.limit.per_ticket, rule.limit.per_day, rule.limit.rest_slots) == (1, 3, 1)


def test_a_rulebook_with_another_overlay_is_another_version():
    versions = {
        book().version,
        *(book(overlay(told)).version for told in ("{off: true}", "{say: A.}", "{say: B.}", "{weight: 2}")),
    }
    assert len(versions) == 5


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (overlay("{say: Name the day.}", "group: Billing"), 4, "`for` names an `account`"),
        (overlay("{say: Name the day.}", "account: a, group: B, brand: C"), 4, "`for` names an `account`"),
        (overlay("{say: Name the day.}", "account: a, group: [B]"), 4, "`for` names an `account`"),
        (overlay("{shout: Name the day.}"), 6, "what may be other about a rule is"),
        (overlay("louder"), 6, "what may be other about a rule is"),
        (overlay("{level: loud}"), 6, "`level` is one of"),
        (overlay("{say: '{nobody}'}"), 6, "there is no field {nobody}"),
        (overlay(f"{{say: {'long ' * 40}}}"), 6, "an agent reads 140 at a glance"),
        (overlay("{except: [{last.sais: [a]}]}"), 6, "did you mean `last.says`?"),
        (overlay("{limit: often}"), 6, "`limit` has per_ticket"),
        (overlay("{off: true}") + "rules: [{id: a.b}]\n", 7, "not both"),
        ("pack: a\nversion: 1\ntitle: A\nfor: {account: a}\n", 1, "`changes` is missing"),
    ],
)
def test_what_is_wrong_with_an_overlay_has_its_line(text, line, told):
    found = flaws_as_typed(PackFile("ours", text))
    assert any(flaw.line == line and told in flaw.message for flaw in found), found


def test_an_overlay_of_a_rule_that_is_not_there_is_not_published_and_does_no_harm_where_it_is():
    text = overlay("{off: true}").replace("house.day", "house.month")
    (flaw,) = flaws_together([read_pack(PackFile("house", PACK))], {"ours": text}, "ours")
    assert (flaw.line, flaw.rule, flaw.message) == (6, "house.month", "there is no such rule in force")
    assert said(advised(book(text))) == ["Say which day it is."]


def test_an_exception_that_silences_a_rule_s_own_example_is_not_published():
    shipped = [read_pack(PackFile("house", PACK))]
    text = overlay("{except: [{draft.says: [soon]}]}")
    (flaw,) = flaws_together(shipped, {"ours": text}, "ours")
    assert (flaw.line, flaw.rule) == (6, "house.day")
    assert "silent on its own example “Soon.”" in flaw.message
    other = PACK.replace("pack: house\n", "pack: mine\n").replace("Soon.", "Soon, no hurry.")
    kept = overlay("{except: [{draft.says: [no hurry]}]}")
    assert flaws_together(shipped, {"ours": kept}, "ours") == []
    (flaw,) = flaws_together(shipped, {"ours": kept, "mine": other}, "mine")
    assert (flaw.line, "in ours: " in flaw.message) == (1, True)


def test_an_overlay_of_a_rule_that_is_gone_keeps_nobody_from_publishing_another_file():
    files = {"ours": overlay("{off: true}").replace("house.day", "house.gone"), "mine": PACK}
    assert flaws_together([], files, "mine") == []
    assert [(name, flaw.rule) for name, flaw in flaws_of_all([], files)] == [("ours", "house.gone")]


def test_two_rules_of_one_name_are_still_refused():
    with pytest.raises(PackError, match="taken already"):
        build_rulebook(read_packs([PackFile("a", PACK), PackFile("b", PACK)]))


def test_a_draft_is_no_slower_for_overlays_of_every_rule():
    packs = read_packs(shipped_files())
    names = [rule.id for pack in packs for rule in pack.rules]
    lines = "".join(f"  {name}: {{weight: 2, limit: {{per_ticket: 3}}}}\n" for name in names)
    told = f"pack: ours\nversion: 1\ntitle: Ours\nfor: {{account: zendesk:acme, group: Billing}}\nchanges:\n{lines}"
    plain, ours = Rulebook(packs), Rulebook([*packs, read_pack(PackFile("ours", told))])
    took = {"plain": [], "ours": []}
    for n in range(60):
        for name, rulebook in (("plain", plain), ("ours", ours)):
            said = rana_says(f"I am so disappointed, broken cup number {n}.")
            state = advance(on_ticket("Billing"), said, rulebook, NOW).case
            began = time.perf_counter()
            advance(state, amir_types(f"Please send me your order number {n}."), rulebook, NOW)
            took[name].append(time.perf_counter() - began)
    print({name: round(min(times) * 1e6) for name, times in took.items()}, "µs")
    assert min(took["ours"]) < min(took["plain"]) * 1.25 + 50e-6
