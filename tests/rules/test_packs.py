import re

import pytest
import yaml
from msgspec.structs import replace

from guidance.errors import PackError
from guidance.rules import (
    PackFile,
    build_rulebook,
    check_examples,
    read_pack,
    read_packs,
    shipped_files,
    shipped_rulebook,
)
from guidance.rules.examples import fires_on
from guidance.rules.terms import Terms

GOOD = """
pack: courtesy
version: 1.0.0
title: Courtesy
lists:
  brush_off: [see above, as i said]
rules:
  - id: courtesy.see-above
    principle: genuine-interest
    title: A brush-off
    moments: [draft]
    when: {draft.says: ["@brush_off"]}
    hint: {say: "“{quote}” sounds curt.", why: "It sends them back to read."}
    examples:
      fires: [{last: "How do I log in?", draft: "See above."}]
      silent: [{last: "How do I log in?", draft: "Use the link in the mail."}]
"""


def problems_of(text):
    with pytest.raises(PackError) as caught:
        build_rulebook([read_pack(PackFile("courtesy.yaml", text))])
    return caught.value.problems


RULES = [rule for pack in read_packs(shipped_files()) for rule in pack.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_shipped_rule_keeps_what_its_examples_promise(rule):
    book = shipped_rulebook()
    assert [one.given for one in rule.examples.fires if not fires_on(rule, one, book)] == []
    assert [one.given for one in rule.examples.silent if fires_on(rule, one, book)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_shipped_rule_has_six_examples_of_each_kind(rule):
    assert len(rule.examples.fires) >= 6
    assert len(rule.examples.silent) >= 6


def test_a_line_counts_its_quote_as_long_as_the_card_shows_it():
    fitting, too_long = (PackFile("courtesy.yaml", GOOD.replace("sounds curt.", "x" * count)) for count in (89, 90))
    assert read_pack(fitting).rules
    assert "`say` has 141 characters" in problems_of(too_long.text)[0]


@pytest.mark.parametrize("file", shipped_files(), ids=lambda file: file.source)
def test_no_macro_and_no_list_of_a_shipped_pack_lies_idle(file):
    written = yaml.safe_load(file.text)
    macros = [name for name in written.get("macros", {}) if len(re.findall(rf"(?<![\w.]){name}(?!\w)", file.text)) < 2]
    named = set(re.findall(r"@(\w+)|\{([a-z]\w*)\}", file.text))
    assert macros + [name for name in written.get("lists", {}) if not {(name, ""), ("", name)} & named] == []


def test_a_good_pack_loads_and_its_examples_hold():
    pack = read_pack(PackFile("courtesy.yaml", GOOD))
    assert list(check_examples(pack, build_rulebook([pack]))) == []


def test_an_example_that_does_not_hold_is_told_with_file_line_and_rule():
    text = GOOD.replace('draft: "See above."', 'draft: "Use the link."')
    pack = read_pack(PackFile("courtesy.yaml", text))
    (told,) = check_examples(pack, build_rulebook([pack]))
    assert told == (
        "courtesy.yaml:15: rule courtesy.see-above: this example must fire, and is silent: "
        "`draft.says [@brush_off]` does not hold"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "moments: [draft]",
            "moments: [customer, sent]",
            "an example with a draft is at the moment `draft`, and this rule",
        ),
        ('draft: "See above."', 'draft: "See above.", settled: false', "its draft has not settled"),
        ('draft: "See above."', 'draft: "See above.", language: ja', "its language is not heard"),
        (
            '{draft.says: ["@brush_off"]}',
            "{all: [draft.says: ['@brush_off'], last.worry, last.joy, last.loss, draft.pitch]}",
            "`last.worry`, `last.joy`, `last.loss`, and 1 more do not hold",
        ),
    ],
)
def test_an_example_on_which_a_rule_is_silent_is_told_what_is_lacking(old, new, why):
    assert old in GOOD
    text = GOOD.replace("moments: [draft]", "moments: [draft]\n    settled: true").replace(old, new)
    pack = read_pack(PackFile("courtesy.yaml", text))
    assert why in next(check_examples(pack, build_rulebook([pack])))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pack: courtesy", "pack: courtesy\nowner: me", "courtesy.yaml:3: a pack has no `owner`"),
        ("draft.says", "draft.sayz", "there is no condition `draft.sayz`; did you mean `draft.says`?"),
        ("@brush_off", "@brushoff", "there is no list `brushoff` in this pack; its lists are: brush_off"),
        ("{quote}", "{qoute}", "there is no field {qoute}"),
        ("{quote}", "{quote.__class__}", "there is no field {quote.__class__}"),
        ("moments: [draft]", "moments: [soon]", "moments are among customer, draft, sent, timer, solved"),
        ("moments: [draft]", "moments: [timer]", "a rule of moment `timer` says `after:`"),
        ("courtesy.see-above", "See Above", "an id is lower-case words with dots"),
        ("    title: A brush-off\n", "", "courtesy.yaml:8: rule courtesy.see-above: `title` is missing"),
        (
            '{draft.says: ["@brush_off"]}',
            "{draft.matches: '(?=x)'}",
            "courtesy.yaml:12: rule courtesy.see-above: the pattern `(?=x)` is none that RE2 takes: a pattern can't look ahead",
        ),
        ('{draft.says: ["@brush_off"]}', "{draft.matches: 'a*'}", "matches the empty text"),
        (
            '{draft.says: ["@brush_off"]}',
            "{draft.matches: 'just {brushoff}'}",
            "courtesy.yaml:12: rule courtesy.see-above: draft.matches: there is no list `brushoff`",
        ),
        ('{draft.says: ["@brush_off"]}', "{draft.words: many}", "write `at_least:` or `at_most:` with a number"),
        ("title: Courtesy\n", "title: Courtesy\ntitle: Again\n", "`title` stands here twice"),
        ("title: Courtesy\n", "title: &a Courtesy\n", "anchors and aliases"),
        ("title: Courtesy\n", "title: !!python/object:os.system x\n", "tags such as"),
        ("title: Courtesy\n", "title: [Courtesy\n", "this is no YAML"),
        ("rules:\n", "rules:\n  hello:\n", "`rules` is a list, each rule begun with `- id:`"),
        ("moments: [draft]", "moments: [draft]\n    settled: maybe", "`settled` is true or false"),
        ("moments: [draft]", "moments: [draft]\n    any_language: 1", "`any_language` is true or false"),
        ("title: Courtesy\n", "title: Courtesy\nlanguages: [1]\n", "`languages` takes a text or a list of texts"),
    ],
)
def test_a_broken_pack_says_what_is_wrong_and_where(old, new, told):
    assert old in GOOD
    problems = problems_of(GOOD.replace(old, new))
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("courtesy.yaml:") for problem in problems)


def in_pattern(pattern, entries="see above, 'as i sa*'"):
    text = GOOD.replace('{draft.says: ["@brush_off"]}', f"{{draft.matches: '{pattern}'}}")
    return text.replace("see above, as i said", entries)


@pytest.mark.parametrize("pattern", [r"^{brush_off}\b", r"^(?:just )?{brush_off}$", r"^ {0,2}{brush_off}\w{0,3}$"])
def test_a_pattern_that_names_a_list_matches_with_any_of_its_entries(pattern):
    pack = read_pack(PackFile("courtesy.yaml", in_pattern(pattern)))
    (read,) = pack.patterns.values()
    assert [bool(re.search(read, text)) for text in ("see above", "as i saying", "as we said")] == [True, True, False]


@pytest.mark.parametrize("pattern", [r"\p{greek}+", r"\{brush_off\}", "a{2,3}"])
def test_a_brace_that_names_no_list_stays_what_it_is(pattern):
    terms = Terms("courtesy", {"greek": ["a"], "brush_off": ["b"]})
    terms.add_pattern(pattern)
    assert list(terms.patterns.values()) == [pattern]


def test_an_entry_that_ends_in_a_pattern_of_its_own_stays_as_it_is():
    pack = read_pack(PackFile("courtesy.yaml", in_pattern("{brush_off}", r"'see \w*', 'as i \d*', said*")))
    assert list(pack.patterns.values()) == [r"(?:see \w*|as i \d*|said\w*)"]


def test_what_is_wrong_in_a_list_is_told_where_its_pattern_stands():
    (told,) = problems_of(in_pattern("just {brush_off}", "see (above"))
    assert told.startswith("courtesy.yaml:12: rule courtesy.see-above: the pattern `just {brush_off}` is none that RE2")


def test_one_language_needs_no_list():
    pack = read_pack(PackFile("courtesy.yaml", GOOD.replace("title: Courtesy\n", "title: Courtesy\nlanguages: de\n")))
    assert pack.languages == ("de",)


def test_every_problem_is_told_at_once():
    text = (
        GOOD.replace("draft.says", "draft.sayz")
        .replace("{quote}", "{qoute}")
        .replace("moments: [draft]", "moments: [soon]")
    )
    assert len(problems_of(text)) == 3


def test_two_rules_of_one_id_are_refused():
    again = GOOD.replace("pack: courtesy", "pack: manners")
    with pytest.raises(PackError, match="this id is taken already, at courtesy.yaml:8"):
        build_rulebook([read_pack(PackFile("courtesy.yaml", GOOD)), read_pack(PackFile("manners.yaml", again))])


def test_two_packs_of_one_name_are_refused_since_each_would_look_for_the_others_words():
    other = GOOD.replace("courtesy.see-above", "courtesy.as-said").replace("see above, as i said", "as i said")
    with pytest.raises(PackError) as caught:
        build_rulebook([read_pack(PackFile("a.yaml", GOOD)), read_pack(PackFile("b.yaml", other))])
    (problem,) = caught.value.problems
    assert problem == "b.yaml:1: another pack is called `courtesy` already, a.yaml; give this one a name of its own"


def test_opposites_at_one_moment_are_refused():
    one = GOOD.replace("moments: [draft]", "moments: [draft]\n    asks: brevity")
    other = (
        GOOD.replace("courtesy", "manners")
        .replace("see-above", "be-long")
        .replace("moments: [draft]", "moments: [draft]\n    conflicts: [brevity]")
    )
    with pytest.raises(PackError, match="asks the opposite of courtesy.see-above"):
        build_rulebook([read_pack(PackFile("courtesy.yaml", one)), read_pack(PackFile("manners.yaml", other))])


def test_a_yaml_bomb_is_refused_before_it_grows():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert "anchors and aliases" in problems_of(bomb)[0]


def padded(size):
    """A good pack of so many characters."""
    return GOOD + "# " + "x" * (size - len(GOOD) - 2)


def test_a_pack_may_have_one_mebibyte():
    assert read_pack(PackFile("courtesy.yaml", padded(1 << 20))).rules


def test_a_pack_of_one_sign_more_than_a_mebibyte_is_refused_in_one_sentence():
    (told,) = problems_of(padded((1 << 20) + 1))
    assert told.endswith("a pack may have 1 MiB, this one has 1,048,577 characters")


@pytest.mark.parametrize(
    "told",
    [
        "level: reminder",
        "weight: 2",
        "limit: {per_ticket: 1}",
        "settled: true",
        "default: off",
        "status: experimental",
        "family: curt",
        "clears_when: {draft.words: {at_least: 8}}",
        "except: [{last.says: [no hurry]}]",
    ],
)
def test_a_rulebook_in_which_a_rule_says_anything_else_is_another_version(told):
    books = [
        build_rulebook([read_pack(PackFile("courtesy.yaml", text))])
        for text in (GOOD, GOOD.replace("    title:", f"    {told}\n    title:"))
    ]
    assert len({book.version for book in books}) == 2


def test_what_changes_no_words_to_listen_for_makes_no_text_be_read_again():
    heavier, with_words = (
        build_rulebook([read_pack(PackFile("courtesy.yaml", GOOD.replace(was, now)))])
        for was, now in (("    title:", "    weight: 2\n    title:"), ("as i said", "as we said"))
    )
    good = build_rulebook([read_pack(PackFile("courtesy.yaml", GOOD))])
    assert heavier.ear.version == good.ear.version != with_words.ear.version


def test_a_shipped_rule_that_the_house_tells_anew_leaves_another_version_behind():
    pack = read_pack(PackFile("courtesy.yaml", GOOD))
    assert build_rulebook([pack]).version != build_rulebook([replace(pack, rules=())]).version
