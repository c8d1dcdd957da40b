import re

import pytest
import yaml

from guidance.errors import PackError
from guidance.rules import yamlfile
from guidance.rules.loader import PackFile, read_pack
from guidance.rules.overlays import flaws_as_typed
from guidance.rules.yamlfile import LONGEST_NUMBER, Problem, read_yaml
from guidance.text.shipped import FAST_LOADER


@pytest.mark.parametrize("opened", ["[", "[a, ", "{a: ", "- ", "? ", "{? "])
def test_what_nests_without_an_end_is_refused_and_ends_nothing(opened):
    with pytest.raises(Problem, match="too deeply"):
        read_yaml(opened * 100_000)


def test_what_nests_too_deeply_is_told_with_its_line():
    with pytest.raises(Problem) as caught:
        read_yaml("pack: odd\nrules:\n  " + "- " * 100 + "a\n")
    assert caught.value.line == 3


def test_a_key_that_is_a_list_is_refused_in_words_of_the_file():
    with pytest.raises(PackError) as caught:
        read_pack(PackFile("odd.yaml", "pack: odd\n? [a, b]\n: c\n"))
    assert list(caught.value.problems) == ["odd.yaml:2: a key is a word or two, no list or mapping"]


@pytest.mark.parametrize("number", ["1:" * 100_000 + "1", "1:" * 500 + "1.5", "1" + "0" * 400, "0x" + "f" * 400])
def test_a_number_longer_than_any_field_holds_is_refused_at_once(number):
    with pytest.raises(Problem, match="too long for a number"):
        read_yaml(f"weight: {number}")


def test_a_number_of_the_longest_kind_is_read():
    assert read_yaml("weight: " + "9" * LONGEST_NUMBER).value == {"weight": int("9" * LONGEST_NUMBER)}


PACK = """pack: odd
version: 1
title: Odd
rules:
  - id: odd.see-above
    principle: genuine-interest
    title: A brush-off
    moments: [draft]
    when: {draft.says: [see above]}
    hint: {say: "That sounds curt.", why: "It sends them back to read.", offer: "It is this:"}
    examples:
      fires: [{last: "How do I log in?", draft: "See above."}]
      silent: [{last: "How do I log in?", draft: "Use the link in the mail."}]
"""


def told_of(old, new):
    assert old in PACK
    return [flaw.message for flaw in flaws_as_typed(PackFile("odd", PACK.replace(old, new)))]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rules:", "lists: [see above]\nrules:", "`lists` takes names"),
        ("rules:", "lists: {curt: [see above, '']}\nrules:", "list curt: a list of texts"),
        ("rules:", "macros: [last.upset]\nrules:", "`macros` takes names"),
        ("version: 1", "version: [1]", "`version` takes a text"),
        ("title: A brush-off", "title: {en: A brush-off}", "`title` takes a text"),
        ('"It sends them back to read."', "[It, sends]", "`why` takes a text"),
        ('"It is this:"', '["It is this:", 2]', "`offer` takes a text"),
        ('"It is this:"', "{en: null}", "`offer` takes a text"),
        ('"That sounds curt."', "[12]", "`say` takes a text"),
        ("    moments", "    default: []\n    moments", "`default` is on, off, or a list"),
        ("    moments", "    weight: .nan\n    moments", "`weight` takes a number"),
        ("{draft.says: [see above]}", "{draft.words: {at_least: .inf}}", "take numbers"),
        ("[see above]", '["\\u200b"]', "holds nothing that could be looked for"),
        ('[{last: "How do I log in?", draft: "See above."}]', "3", "examples are fires"),
        ('draft: "See above."', 'earlier: 3, draft: "See above."', "earlier turns are a list"),
    ],
)
def test_a_value_of_another_kind_is_told_in_words(old, new, told):
    assert any(told in one for one in told_of(old, new))


def test_a_thousand_bad_patterns_are_each_told_on_their_line():
    patterns = "".join(f"\n        - '({number}'" for number in range(1000))
    found = flaws_as_typed(
        PackFile("odd", PACK.replace("{draft.says: [see above]}", f"\n      draft.matches:{patterns}"))
    )
    assert [flaw.line for flaw in found] == list(range(11, 1011))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("say: Sorry: it is late\n", 1, "a colon with a space behind it needs quotes around its text"),
        ("hint:\n\tsay: Sorry\n", 2, "this line begins with a tab; set it in with spaces"),
        ("say: a\nwhy: b\nhint:\n  - a\n\t- b\n", 5, "this line begins with a tab"),
        ("say: @brush_off\n", 1, "what begins with @ needs quotes around it"),
        ("title: %what\n", 1, "what begins with % needs quotes around it"),
        ("say: a\n\xa0\xa0why: b\nhint: [\n", 2, "this line begins with no-break spaces"),
        ("when: [a, b\nhint: c\n", 2, "a bracket or brace is not closed"),
        ('say: "Sorry\n', 1, "a quote is opened here and never closed"),
        (
            'a:\n  say: "Sorry\n  why: b\n  c:\n    - {d: "e", f: g}\n',
            5,
            "perhaps a quote is missing at the end of line 2",
        ),
        ("hint:\n  say: a\n why: b\n", 3, "this line is set in otherwise than those it belongs to"),
        ("say: a\n---\nsay: b\n", 2, "a file holds one pack"),
        ('say: "\\q"\n', 1, "in double quotes a backslash is a sign of its own"),
        ("say: !!\n", 1, "it can't be read from here on"),
    ],
)
@pytest.mark.parametrize("loader", [FAST_LOADER, yaml.SafeLoader])
def test_text_that_is_no_yaml_is_told_in_plain_words(monkeypatch, loader, text, line, said):
    monkeypatch.setattr(yamlfile, "_Loader", loader)
    with pytest.raises(Problem, match=f"this is no YAML: .*{re.escape(said)}") as caught:
        read_yaml(text)
    assert caught.value.line == line


@pytest.mark.parametrize(("told", "place"), [("", "opening"), (", place: end", "end")])
def test_an_offer_has_its_place_in_a_reply(told, place):
    text = PACK.replace('offer: "It is this:"', f'offer: "It is this:"{told}')
    assert read_pack(PackFile("odd.yaml", text)).rules[0].hint.place == place


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("place: [top]", "`place` is opening or end"),
        ("quotes: [theirs]", "`quotes` is draft or conversation or nothing"),
    ],
)
def test_a_place_and_a_side_that_there_is_not_are_refused(told, why):
    problems = told_of('offer: "It is this:"', f'offer: "It is this:", {told}')
    assert why in problems[0]


def test_a_line_that_is_set_in_by_no_break_spaces_is_told_where_the_rest_can_be_read():
    with pytest.raises(Problem, match="begins with no-break spaces") as caught:
        read_yaml("a:\n  b: 1\n\xa0\xa0c: 2\n")
    assert caught.value.line == 3


@pytest.mark.parametrize(("sign", "told"), [("\0", "U+0000"), ("\x07", "U+0007"), ("\ufffe", "U+FFFE")])
def test_a_sign_that_yaml_forbids_is_told_where_it_stands(sign, told):
    with pytest.raises(Problem, match=re.escape(told)) as caught:
        read_yaml(f"pack: a\ntitle: b\nsay: c{sign}\n")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    moments", "    setled: true\n    moments", "a rule has no `setled`; did you mean `settled`?"),
        ("    moments", "    momets: [draft]\n    moments", "a rule has no `momets`; did you mean `moments`?"),
        ("    moments", "    qqqq: 1\n    moments", "a rule has no `qqqq`; it has after, any_language"),
        ("version: 1", "versoin: 1", "a pack has no `versoin`; did you mean `version`?"),
        (
            "draft.says: [see above]",
            "last.angry: true",
            "there is no condition `last.angry`; did you mean `last.upset`?",
        ),
        (
            "draft.says: [see above]",
            "last.thanks: true",
            "there is no condition `last.thanks`; did you mean `last.grateful`?",
        ),
        ("draft.says: [see above]", "last.sais: [a]", "did you mean `last.says`?"),
        ("draft.says: [see above]", "lst.says: [a]", "did you mean `last.says`?"),
        (
            "draft.says: [see above]",
            "last.zebra: [a]",
            "there is no condition `last.zebra`; of `last.` there are abusive, asks,",
        ),
        ("draft.says: [see above]", "draft.matches: ['(?=cup)']", "a pattern can't look ahead or behind"),
        ("draft.says: [see above]", "draft.matches: ['(a)\\1']", "a pattern can't refer back to what it found"),
    ],
)
def test_a_mistyped_name_is_told_with_what_may_have_been_meant(old, new, told):
    assert any(told in one for one in told_of(old, new)), told_of(old, new)
