import re
from pathlib import Path

from guidance.rules import PackFile, build_rulebook, check_examples, read_pack
from guidance.rules.conditions import KINDS
from guidance.rules.doubts import LONGEST_TITLE
from guidance.rules.pace import TOO_LARGE, TOO_LONG, slow_patterns

TEXT = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf8")
WARNINGS = TEXT.partition("## Warnings")[2].partition("\n## ")[0]
RULE = """
pack: mine
version: 1.0.0
title: Mine
rules:
  - id: mine.kettle
    principle: acknowledge-apologize-act
    title: A kettle and its lid
    moments: [draft]
    when: {draft.matches: ['PATTERN']}
    hint: {say: "Name the lid first.", why: "It is what is missing."}
    examples:
      fires: [{last: "Hi", draft: "The kettle is here, and so is its lid."}]
      silent: [{last: "Hi", draft: "The pot is here."}]
"""


def test_every_condition_has_its_row():
    assert [name for name in KINDS if f"| `{name}` |" not in TEXT] == []


def test_no_row_names_a_condition_that_is_gone():
    rows = [line.split("`")[1] for line in TEXT.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row not in KINDS] == []


def warning(beginning):
    (row,) = [line for line in WARNINGS.splitlines() if line.startswith(f"| {beginning}")]
    return row


def test_the_warnings_have_the_limits_that_are_told():
    slow = warning("it is slow")
    assert f" {TOO_LONG} times as long " in slow
    assert f" {TOO_LARGE} times as many steps " in slow
    assert f" {LONGEST_TITLE} characters " in warning("its title is long")


def test_the_pattern_that_is_told_as_an_example_is_warned_of():
    (pattern,) = re.findall(r"as `(.+?)` does", warning("it is slow"))
    rule = RULE.replace("PATTERN", pattern)
    pack = read_pack(PackFile("mine.yaml", rule))
    assert [told for told in slow_patterns([pack.rules[0].when]) if f"`{pattern}` is slow" in told]
    assert list(check_examples(pack, build_rulebook([pack]))) == []
