import pytest

from guidance.rules.form import form_of
from guidance.rules.loader import PackFile
from guidance.rules.overlays import flaws_as_typed
from guidance.rules.splicing import Source

PACK = """pack: odd
version: 1
title: Odd
macros:
{macros}
rules:
  - id: odd.see-above
    principle: genuine-interest
    title: A brush-off
    moments: [draft]
    when: first
    hint: {{say: "That sounds curt.", why: "It sends them back to read."}}
    examples:
      fires: [{{last: "How do I log in?", draft: "See above."}}]
      silent: [{{last: "How do I log in?", draft: "Use the link in the mail."}}]
"""
OF_ITSELF = PACK.format(macros=f"  first: {{any: [{', '.join(['first'] * 8)}]}}")
EVER_MORE = PACK.format(
    macros="  first: {any: [m0]}\n"
    + "".join(f"  m{n}: {{any: [{', '.join([f'm{n + 1}'] * 8)}]}}\n" for n in range(8))
    + "  m8: {draft.says: [see above]}"
)


def test_a_macro_that_uses_itself_is_told_once():
    assert [flaw.message for flaw in flaws_as_typed(PackFile("odd", OF_ITSELF))][:1] == [
        "this nests too deeply; a macro may not use itself"
    ]


def test_macros_of_macros_that_ask_for_more_than_can_be_read_are_refused():
    (flaw,) = flaws_as_typed(PackFile("odd", EVER_MORE))
    assert "20,000 conditions at most" in flaw.message


@pytest.mark.parametrize("text", [OF_ITSELF, EVER_MORE, PACK.format(macros="  - first")])
def test_the_form_of_a_rule_with_such_macros_is_there_all_the_same(text):
    assert form_of(Source(text), 0).rule == "odd.see-above"
