from guidance.rules import PackFile, read_pack
from guidance.rules.extracting import own_copy

PACK = """\
pack: courtesy
version: 1
title: Courtesy
lists:
  # how they send somebody away
  brush_off: [see above, as i said]
  # how they greet
  greets: [hello, good day]
  too_short: [hi, hey]
macros:
  is_short: {draft.matches: '^{too_short}$'}
  # nobody reads so far
  is_long: {draft.words: {at_least: 300}}
rules:
  - id: courtesy.see-above
    principle: courtesy
    title: A brush-off
    moments: [draft]
    when: {any: [{draft.says: ["@brush_off"]}, is_short]}
    hint: {say: Say it once more., why: It is quicker for them.}
    examples:
      fires: [{last: "How do I log in?", draft: "See above."}]
      silent: [{last: "How do I log in?", draft: "Use the link in the mail."}]
"""


def test_a_copy_of_a_rule_has_the_lists_and_macros_that_it_uses_each_under_its_own_comment():
    copy = own_copy(PackFile("courtesy.yaml", PACK), "courtesy.see-above")
    assert read_pack(PackFile("copy.yaml", copy)).rules[0].id == "courtesy.see-above"
    sections = copy[copy.index("lists:") : copy.index("rules:")]
    assert sections == (
        "lists:\n"
        "  # how they send somebody away\n"
        "  brush_off: [see above, as i said]\n"
        "  too_short: [hi, hey]\n"
        "\n"
        "macros:\n"
        "  is_short: {draft.matches: '^{too_short}$'}\n"
        "\n"
    )
